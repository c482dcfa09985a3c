"""What is kept of each series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from houston.watch.outliers.arrays import Arrays, Bools, Floats, Ints
from houston.watch.outliers.coarse.cadence import Cadence
from houston.watch.outliers.coarse.calendar import paces
from houston.watch.outliers.coarse.scale import ROOT
from houston.watch.outliers.coarse.special import DATES
from houston.watch.outliers.coarse.still import Stillness
from houston.watch.outliers.coarse.sums import Largest, Sums

LONG_AGO = -(10**9)


@dataclass(kw_only=True)
class Weeks(Arrays):
    """The last weeks, [members, weeks, cells], each at the place of its number modulo the weeks."""

    values: Floats
    #: by how much each was expected wrongly, on the scale of the fit
    misses: Floats
    #: [members, weeks] in which the level jumped
    broken: Bools
    #: number of the last week that has begun
    week: Ints

    def move_to(self, week: Ints) -> Bools:
        """Goes on to this week where it is later; which members have nothing left."""
        kept = self.broken.shape[1]
        ahead = np.clip(week - self.week, 0, kept)
        for past in range(int(ahead.max(initial=0))):
            members = np.flatnonzero(ahead > past)
            place = (week[members] - past) % kept
            self.values[members, place] = self.misses[members, place] = np.nan
            self.broken[members, place] = False
        self.week[:] = np.maximum(week, self.week)
        lost: Bools = ahead == kept
        return lost

    def in_order(self) -> tuple[Floats, Floats, Bools]:
        """Values, misses and broken weeks, last week last."""
        order = (self.week[:, None] + 1 + np.arange(self.broken.shape[1])) % self.broken.shape[1]
        everyone = np.arange(len(order))[:, None]
        return self.values[everyone, order], self.misses[everyone, order], self.broken[everyone, order]


@dataclass(kw_only=True)
class Fit(Arrays):
    """What is learned from the weeks at once; on the scale where it is not said to be something else."""

    scale: Ints
    #: value from where on the logarithm is taken
    least: Floats
    offsets: Floats
    dates: Floats
    #: per day
    trend: Floats
    #: standard deviation of the noise, and its size in each cell beside that
    noise: Floats
    unevenness: Floats
    #: which series mostly repeat their value
    is_still: Bools
    #: day of the last fit, the rows that it knew, and those of the last choice of the scale
    day: Ints
    rows: Ints
    chosen: Ints


@dataclass(kw_only=True)
class Level(Arrays):
    #: [members, rates]
    levels: Floats
    misses: Floats
    #: rows that the levels rest upon
    rows: Floats


@dataclass(kw_only=True)
class Home(Arrays):
    """The level before the last outlier: back there is no outlier."""

    level: Floats
    #: rows for which it counts still
    left: Floats
    #: how much speaks for being there
    evidence: Floats


@dataclass(kw_only=True)
class CoarseState(Arrays):
    pace: Ints
    #: days since the epoch
    time: Floats
    rows: Ints
    is_ready: Bools
    weeks: Weeks
    fit: Fit
    level: Level
    home: Home
    sums: Sums
    #: of deviations, and of sums
    largest: Largest
    still: Stillness
    #: excess of the last rows, and rows for which it has been above 1
    recent: Floats
    outside: Ints


def begin(spacing: Floats, *, cadence: Cadence) -> CoarseState:
    count, kept = len(spacing), (cadence.weeks, cadence.cells)
    integers = np.zeros((3, count), np.int64)
    return CoarseState(
        pace=paces(spacing),
        time=np.full(count, np.nan),
        rows=integers[0],
        is_ready=np.zeros(count, np.bool_),
        weeks=Weeks(
            values=np.full((count, *kept), np.nan),
            misses=np.full((count, *kept), np.nan),
            broken=np.zeros((count, cadence.weeks), np.bool_),
            week=integers[1] + LONG_AGO,
        ),
        fit=no_fit(count, cadence),
        level=Level(
            levels=np.zeros((count, len(cadence.rates))),
            misses=np.ones((count, len(cadence.rates))),
            rows=np.zeros(count),
        ),
        home=Home(level=np.zeros(count), left=np.zeros(count), evidence=np.zeros(count)),
        sums=Sums.empty(count),
        largest=Largest.empty(count),
        still=Stillness.empty(count),
        recent=np.zeros((count, cadence.quiet)),
        outside=integers[2],
    )


def no_fit(count: int, cadence: Cadence) -> Fit:
    return Fit(
        scale=np.full(count, ROOT, np.int64),
        least=np.full(count, 1e-300),
        offsets=np.zeros((count, cadence.cells)),
        dates=np.zeros((count, DATES)),
        trend=np.zeros(count),
        noise=np.ones(count),
        unevenness=np.ones((count, cadence.cells)),
        is_still=np.zeros(count, np.bool_),
        day=np.full(count, LONG_AGO, np.int64),
        rows=np.zeros(count, np.int64),
        chosen=np.zeros(count, np.int64),
    )
