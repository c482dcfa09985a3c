"""What depends on how often the points come."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class Cadence:
    #: equal slices of a day that have an expected value of their own
    slots: int
    #: weeks of points that are kept to learn the season from
    weeks: int
    #: rows to learn from before the first verdict
    warmup: int
    #: shares of a new deviation that the levels take over: slow ones are precise, swift ones follow
    rates: tuple[float, ...]
    #: share of its past that the record of a level's misses keeps per row
    keeping: float
    #: rows that an outlier must rise above to be news
    quiet: int
    #: rows of a shift after which its level is the usual one
    settling: int
    #: share of a new row in the level that a shift seems to lead to
    swiftness: float
    #: rows after an alert during which a return to the level before it is no outlier
    home: int
    #: times the third largest deviation so far that is news: fewer rows say less of how large they get
    further: float
    #: sum of deviations, in standard deviations, below which no shift alerts
    sum_floor: float
    #: rows after which an outlier that goes on is more severe
    lasting: int
    #: weeks whose growth is the trend
    trend: int
    #: rows after which the season is learned again, and the scale chosen again
    fitting: int
    choice: int

    @property
    def cells(self) -> int:
        """Slots of a week."""
        return 7 * self.slots


DAILY = Cadence(
    slots=1,
    weeks=26,
    warmup=14,
    rates=(0.02, 0.06, 0.15, 0.4),
    keeping=0.97,
    quiet=3,
    settling=5,
    swiftness=0.25,
    home=45,
    further=1.6,
    sum_floor=6.0,
    lasting=3,
    trend=8,
    fitting=14,
    choice=28,
)
HOURLY = Cadence(
    slots=24,
    weeks=6,
    warmup=72,
    rates=(0.002, 0.01, 0.04, 0.15),
    keeping=0.995,
    quiet=24,
    settling=24,
    swiftness=0.08,
    home=14 * 24,
    further=1.4,
    sum_floor=8.0,
    lasting=6,
    trend=4,
    fitting=7 * 24,
    choice=7 * 24,
)
