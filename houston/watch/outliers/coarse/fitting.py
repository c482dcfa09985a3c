"""Learning scale, season, dates and noise from the weeks at once, for the members whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse import scale as scales
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.noise import FLOAT_NOISE, TINIEST, noise_of, unevenness_of
from houston.watch.outliers.coarse.scale import LINEAR, LOGARITHM, ROOT, SCALES
from houston.watch.outliers.coarse.season import Past, Season, Wanted, fit_season
from houston.watch.outliers.coarse.special import special_dates
from houston.watch.outliers.coarse.state import CoarseState
from houston.watch.outliers.coarse.statistics import mean, spread

#: how much better another scale must be than the one in use, and how much is given to the root before:
#: logarithms of likelihood
BETTER, ROOT_BEFORE = 10.0, 5.0
#: the scale is chosen again when a series has so many times as many rows as have come since, or in time
CHOSEN = 8
#: values under this share of the median say nothing of the scale
SAYING = 0.1
#: rows that a new level rests upon count as this many days at the most
FIRST_DAYS = 10
#: mean size of normal noise
FIRST_MISS = 0.8


def refit(state: CoarseState, wanted: Wanted, cadence: Cadence) -> None:
    values, misses, broken = state.weeks.in_order()
    state.fit.is_still[:] = state.still.repeats > state.rows / 2
    wanted = wanted.only(~state.fit.is_still)
    choose(state, values, misses, broken, wanted, cadence)
    season = season_on(state.fit.scale, values, state, broken, wanted, cadence)
    state.fit.offsets[:] = season.offsets
    state.fit.trend[:] = np.where(state.fit.is_still, 0.0, season.trend)
    rest = on_scale(state.fit.scale, values, state.fit.least) - season.fitted
    if cadence.slots == 1:
        least = np.maximum(FLOAT_NOISE * np.abs(season.level), TINIEST)
        state.fit.dates[:] = special_dates(rest, least, state.weeks.week) * wanted.of_week[:, None]
    learn_noise(state, rest, misses, season.level, cadence)
    start(state, season.level, cadence)


def on_scale(scale: Ints, values: Floats, least: Floats) -> Floats:
    return scales.onto(scale[:, None, None], least[:, None, None], values)


def season_on(
    scale: Ints, values: Floats, state: CoarseState, broken: Bools, wanted: Wanted, cadence: Cadence
) -> Season:
    past = Past(broken=broken, trend=np.where(state.fit.scale == scale, state.fit.trend, 0.0))
    return fit_season(on_scale(scale, values, state.fit.least), past, wanted, cadence)


def choose(
    state: CoarseState, values: Floats, misses: Floats, broken: Bools, wanted: Wanted, cadence: Cadence
) -> None:
    """The scale anew, for those that have grown since, or have moved on for long."""
    grown = state.rows - state.fit.chosen >= np.minimum(state.rows // CHOSEN, cadence.choice)
    some = np.flatnonzero(grown | ~state.is_ready)
    if not some.size:
        return
    part, few = state.take(some), Wanted(of_week=wanted.of_week[some], of_day=wanted.of_day[some])
    was = part.fit.scale.copy()
    part.fit.least[:] = scales.least_of(values[some])
    rests = [
        on_scale(each, values[some], part.fit.least)
        - season_on(each, values[some], part, broken[some], few, cadence).fitted
        for each in (np.full(len(some), scale) for scale in SCALES)
    ]
    scale = best_scale(values[some], part.fit.least, rests, np.where(part.is_ready, was, -1))
    changed = np.flatnonzero((scale != was) & part.is_ready)
    rescale(part, changed, scale)
    misses[some[changed]] = part.weeks.misses[changed] = np.nan
    part.fit.trend[:] = np.where(scale == was, part.fit.trend, 0.0)
    part.fit.scale[:], part.fit.chosen[:] = scale, part.rows
    state.put(some, part)


def best_scale(values: Floats, least: Floats, rests: Sequence[Floats], was: Ints) -> Ints:
    """[members] the scale on which the noise is most even: Box and Cox's likelihood, Student's noise."""
    flat = values.reshape(len(values), -1)
    says = flat > SAYING * least[:, None] / scales.LEAST_SHARE
    count = np.maximum(says.sum(1), 1)
    logarithms = np.log(np.where(says, flat, 1.0)).sum(1) / count
    worth = {LINEAR: 0.0 * logarithms, ROOT: np.log(0.5) - logarithms / 2, LOGARITHM: -logarithms}
    costs = np.zeros((len(values), len(SCALES)))
    for scale, left in zip(SCALES, rests, strict=True):
        rest = np.where(says, left.reshape(flat.shape), np.nan)
        noise = np.maximum(spread(rest), 1e-12)
        surprise = 2 * mean(np.log1p((rest / noise[:, None]) ** 2 / 3))[0]
        costs[:, scale] = count * (np.log(noise) + surprise - worth[scale])
    costs[:, ROOT] -= ROOT_BEFORE
    known = np.flatnonzero(was >= 0)
    costs[known, was[known]] -= BETTER
    best: Ints = np.argmin(np.where(scales.impossible(values, least), np.inf, costs), axis=1)
    return best


def rescale(state: CoarseState, some: Ints, scale: Ints) -> None:
    """Brings levels onto another scale; the size of their misses is learned anew."""
    if not some.size:
        return
    old, new, least = state.fit.scale[some, None], scale[some, None], state.fit.least[some, None]
    for levels in (state.level.levels, state.sums.before, state.sums.after, state.home.level[:, None]):
        levels[some] = scales.onto(new, least, scales.back(old, levels[some]))
    state.level.misses[some] /= state.level.misses[some].mean(1)[:, None]
    state.fit.noise[some] = 0.0
    state.sums.forget(some)


def learn_noise(state: CoarseState, rest: Floats, misses: Floats, level: Floats, cadence: Cadence) -> None:
    rescaled = state.fit.noise == 0
    noise, sizes = noise_of(rest, misses, level, state.fit.scale, state.fit.is_still, cadence)
    state.fit.noise[:] = noise
    state.level.misses[rescaled] *= FIRST_MISS * noise[rescaled, None]
    uneven = unevenness_of(sizes / noise[:, None, None], cadence)
    state.fit.unevenness[:] = np.where(state.fit.is_still[:, None], 1.0, uneven)


def start(state: CoarseState, level: Floats, cadence: Cadence) -> None:
    new = ~state.is_ready
    state.level.levels[new] = level[new, None]
    state.level.misses[new] = FIRST_MISS * state.fit.noise[new, None]
    state.level.rows[new] = np.minimum(state.rows[new], FIRST_DAYS * cadence.slots)
    state.is_ready[:] = True
