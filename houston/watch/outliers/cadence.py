"""How far to look back, which follows from how often the points come."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True, kw_only=True)
class Cadence:
    #: equal slices of a day that have an expected value of their own
    slots: int
    #: rows to learn from before the first verdict
    warmup: int
    #: rows whose median is the level: whole weeks, or a day where points come often
    level: int
    #: rows that season and noise are learned from
    history: int
    #: rows that a deviation must rise above to be news
    quiet: int
    #: rows after which being outside the band makes it more severe
    lasting: int
    #: standard deviations below which nothing alerts
    floor: float


DAILY = Cadence(slots=1, warmup=14, level=14, history=98, quiet=3, lasting=3, floor=4.5)
#: one-minute points have four weeks of 40,000 rows; a week of them teaches as much
LONGEST_HISTORY = 10_000


def cadence(step: float) -> Cadence:
    """The cadence of points that are `step` seconds apart."""
    if step > DAY / 2:
        return DAILY
    day = round(DAY / step)
    if step > HOUR / 2:
        return Cadence(
            slots=24, warmup=2 * day, level=7 * day, history=35 * day, quiet=day, lasting=6, floor=4.5
        )
    return Cadence(
        slots=min(day, 96),
        warmup=min(day, 250),
        level=min(day, 1440),
        history=min(28 * day, LONGEST_HISTORY),
        quiet=100,
        lasting=12,
        floor=3.5,
    )
