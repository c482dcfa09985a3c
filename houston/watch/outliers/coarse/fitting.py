"""Learning scale, season, dates and noise from the weeks at once, for the members whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse import scale as scales
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.noise import noise_of, unevenness_of
from houston.watch.outliers.coarse.scale import LINEAR, LOGARITHM, ROOT, SCALES
from houston.watch.outliers.coarse.season import Past, Season, Wanted, fit_season
from houston.watch.outliers.coarse.special import special_dates
from houston.watch.outliers.coarse.state import CoarseState
from houston.watch.outliers.coarse.statistics import mean, spread

#: how much better another scale must be than the one in use, and how much is given to the root before:
#: logarithms of likelihood
BETTER, ROOT_BEFORE = 10.0, 5.0
#: values under this share of the median say nothing of the scale
SAYING = 0.1
#: rows that a new level rests upon count as this many days at the most
FIRST_DAYS = 10
#: mean size of normal noise
FIRST_MISS = 0.8


def refit(state: CoarseState, wanted: Wanted, cadence: Cadence) -> None:
    values, misses, broken = state.weeks.in_order()
    was, least = state.fit.scale.copy(), scales.least_of(values)
    seasons = [season_on(scale, values, least, state, broken, wanted, cadence) for scale in SCALES]
    scale = best_scale(values, least, seasons, np.where(state.is_ready, was, -1))
    season = chosen(seasons, scale)
    changed = scale != was
    rescale(state, changed & state.is_ready, scale, least)
    misses[changed] = state.weeks.misses[changed] = np.nan
    state.fit.scale[:], state.fit.least[:] = scale, least
    state.fit.offsets[:], state.fit.trend[:] = season.offsets, season.trend
    rest = scales.onto(scale[:, None, None], least[:, None, None], values) - season.fitted
    if cadence.slots == 1:
        state.fit.dates[:] = special_dates(rest, state.weeks.week) * wanted.of_week[:, None]
    learn_noise(state, rest, misses, season.level, cadence)
    state.level.misses[changed] *= FIRST_MISS * state.fit.noise[changed, None]
    start(state, season.level, cadence)


def season_on(
    scale: int,
    values: Floats,
    least: Floats,
    state: CoarseState,
    broken: Bools,
    wanted: Wanted,
    cadence: Cadence,
) -> Season:
    everyone = np.full((len(values), 1, 1), scale)
    scaled = scales.onto(everyone, least[:, None, None], values)
    past = Past(broken=broken, trend=np.where(state.fit.scale == scale, state.fit.trend, 0.0))
    return fit_season(scaled, past, wanted, cadence)


def best_scale(values: Floats, least: Floats, seasons: Sequence[Season], was: Ints) -> Ints:
    """[members] the scale on which the noise is most even: Box and Cox's likelihood, Student's noise."""
    flat = values.reshape(len(values), -1)
    says = flat > SAYING * least[:, None] / scales.LEAST_SHARE
    count = np.maximum(says.sum(1), 1)
    logarithms = np.log(np.where(says, flat, 1.0)).sum(1) / count
    worth = {LINEAR: 0.0 * logarithms, ROOT: np.log(0.5) - logarithms / 2, LOGARITHM: -logarithms}
    costs = np.zeros((len(values), len(SCALES)))
    for scale, season in zip(SCALES, seasons, strict=True):
        scaled = scales.onto(np.full((len(values), 1, 1), scale), least[:, None, None], values)
        rest = np.where(says, (scaled - season.fitted).reshape(flat.shape), np.nan)
        noise = np.maximum(spread(rest), 1e-12)
        surprise = 2 * mean(np.log1p((rest / noise[:, None]) ** 2 / 3))[0]
        costs[:, scale] = count * (np.log(noise) + surprise - worth[scale])
    costs[:, ROOT] -= ROOT_BEFORE
    known = np.flatnonzero(was >= 0)
    costs[known, was[known]] -= BETTER
    best: Ints = np.argmin(np.where(scales.impossible(values, least), np.inf, costs), axis=1)
    return best


def chosen(seasons: Sequence[Season], scale: Ints) -> Season:
    everyone = np.arange(len(scale))
    return Season(
        **{
            field.name: np.stack([getattr(each, field.name) for each in seasons])[scale, everyone]
            for field in fields(Season)
        }
    )


def rescale(state: CoarseState, members: Bools, scale: Ints, least: Floats) -> None:
    """Brings levels onto another scale; the size of their misses is learned anew."""
    some = np.flatnonzero(members)
    if not some.size:
        return
    for levels in (state.level.levels, state.sums.before, state.sums.after, state.home.level[:, None]):
        value = scales.back(state.fit.scale[some, None], levels[some])
        levels[some] = scales.onto(scale[some, None], least[some, None], value)
    state.level.misses[some] /= state.level.misses[some].mean(1)[:, None]
    state.sums.forget(members)


def learn_noise(state: CoarseState, rest: Floats, misses: Floats, level: Floats, cadence: Cadence) -> None:
    state.fit.is_still[:] = state.still.repeats > state.rows / 2
    noise, sizes = noise_of(rest, misses, level, state.fit.scale, state.fit.is_still)
    state.fit.noise[:] = noise
    uneven = unevenness_of(sizes / noise[:, None, None], cadence)
    state.fit.unevenness[:] = np.where(state.fit.is_still[:, None], 1.0, uneven)


def start(state: CoarseState, level: Floats, cadence: Cadence) -> None:
    new = ~state.is_ready
    state.level.levels[new] = level[new, None]
    state.level.misses[new] = FIRST_MISS * state.fit.noise[new, None]
    state.level.rows[new] = np.minimum(state.rows[new], FIRST_DAYS * cadence.slots)
    state.is_ready[:] = True
