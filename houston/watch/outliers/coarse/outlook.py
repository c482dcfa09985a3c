"""What a row is expected to be, and how far off it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Bools, Floats, Ints
from houston.watch.outliers.coarse import scale as scales
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.calendar import Moment
from houston.watch.outliers.coarse.special import date_offset
from houston.watch.outliers.coarse.state import CoarseState

#: how strongly the level that has missed by less is preferred
PREFERENCE = 8.0
#: standard deviations from home that are still at home, and from the level that are away from it
AT_HOME, AWAY = 3.0, 2.5
#: how much less a value at home stands out
HOMELY = 0.5
#: a gap moves the level by the trend for as many days at the most
LONGEST_TREND = 14.0
#: weeks in which a time of the week may be new, and how much less is said of it then
NEW_WEEKS, UNKNOWN = 2, 2.5
#: special dates are known from a few months only
ON_DATES = 1.5


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Arrays [members], on the scale of the fit."""

    seen: Floats
    level: Floats
    offset: Floats
    #: standard deviation, and how many times further off a value may be after a gap or a new beginning
    noise: Floats
    width: Floats
    #: in standard deviations: from the level, from home, and from the nearer one with its width
    away: Floats
    from_home: Floats
    deviation: Floats

    @property
    def expected(self) -> Floats:
        return self.level + self.offset


def outlook(state: CoarseState, values: Floats, moment: Moment, days: Floats, cadence: Cadence) -> Outlook:
    everyone = np.arange(len(values))
    seen = scales.onto(state.fit.scale, state.fit.least, values)
    offset = state.fit.offsets[everyone, moment.cell]
    special = date_offset(state.fit.dates, moment.day) if cadence.slots == 1 else np.zeros_like(offset)
    offset = offset + special
    share, level = mixed(state)
    noise = state.fit.noise * state.fit.unevenness[everyone, moment.cell]
    width = np.sqrt(
        1 + gap(days, cadence) * swiftness(share, cadence) ** 2 + 1 / np.maximum(state.level.rows, 1)
    )
    width *= np.where(is_new(state, moment, cadence), UNKNOWN, 1.0) * np.where(special == 0, 1.0, ON_DATES)
    away = (seen - level - offset) / noise
    from_home, near = nearest(state, away, (seen - state.home.level - offset) / noise)
    return Outlook(
        seen=seen,
        level=level,
        offset=offset,
        noise=noise,
        width=width,
        away=away,
        from_home=from_home,
        deviation=near / width,
    )


def mixed(state: CoarseState) -> tuple[Floats, Floats]:
    """Shares of the levels [members, rates], and the level [members] that they make."""
    least = np.maximum(state.level.misses.min(1), 1e-300)[:, None]
    share = np.exp(PREFERENCE * (1 - state.level.misses / least))
    share /= share.sum(1)[:, None]
    return share, (share * state.level.levels).sum(1)


def swiftness(share: Floats, cadence: Cadence) -> Floats:
    swift: Floats = share @ np.array(cadence.rates)
    return swift


def gap(days: Floats, cadence: Cadence) -> Floats:
    """Rows that are missing before this one."""
    return np.maximum(days * cadence.slots - 1, 0.0)


def is_new(state: CoarseState, moment: Moment, cadence: Cadence) -> Bools:
    """Whether the first weeks have had no value at this time of the week."""
    values = state.weeks.values[np.arange(len(moment.cell)), :, moment.cell]
    never: Bools = (values != values).all(axis=1)
    return never & (state.rows < NEW_WEEKS * cadence.cells)


def nearest(state: CoarseState, away: Floats, from_home: Floats) -> tuple[Floats, Floats]:
    """Deviations from home, away from home's side 0, and the smaller of the two kinds."""
    lives = state.home.left > 0
    from_home = np.where(lives, np.where(from_home * away < 0, 0.0, from_home), away)
    near = np.where(np.abs(from_home) < np.abs(away), from_home, away)
    is_home = lives & (np.abs(from_home) < AT_HOME) & (np.abs(away) > AWAY)
    return from_home, np.where(is_home, HOMELY * near, near)


def pass_time(state: CoarseState, days: Floats) -> None:
    """Levels move with the trend."""
    state.level.levels += (state.fit.trend * np.minimum(days, LONGEST_TREND))[:, None]
    state.home.level += state.fit.trend * days
    state.sums.move(state.fit.trend * days)


def size(state: CoarseState, view: Outlook, values: Floats) -> tuple[Floats, Ints]:
    """How far out the value is, on the scale or in units, whichever is more; and its side."""
    unit = scales.slope(state.fit.scale, view.expected, view.noise) * view.noise * view.width
    plain = (values - scales.back(state.fit.scale, view.expected)) / np.maximum(unit, 1e-300)
    same = np.where(
        view.away == 0, 1.0, view.deviation * view.width / np.where(view.away == 0, 1.0, view.away)
    )
    sizes = np.maximum(np.abs(view.deviation), np.abs(plain * same))
    return sizes, (view.deviation < 0).astype(np.int64)


def band(state: CoarseState, view: Outlook, lines: Floats) -> tuple[Floats, Floats, Floats]:
    """Expected, lower and upper value; beyond a bound is beyond the line [members, sides]."""
    scale, expected = state.fit.scale, scales.back(state.fit.scale, view.expected)
    reach = lines * (view.noise * view.width)[:, None]
    unit = scales.slope(scale, view.expected, view.noise)
    upper = np.minimum(scales.back(scale, view.expected + reach[:, 0]), expected + unit * reach[:, 0])
    lower = np.maximum(scales.back(scale, view.expected - reach[:, 1]), expected - unit * reach[:, 1])
    return expected, np.where(scale == scales.LINEAR, lower, np.maximum(lower, 0.0)), upper
