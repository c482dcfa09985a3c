"""What is usual at a time of the day, on a day of the week and on a date of the month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.cadence import DAY
from houston.watch.outliers.settings import SeasonChoice

Floats = NDArray[np.float64]
Seconds = NDArray[np.int64]

WEEK = 7 * DAY
#: a richer season must leave less than this share of what the plainer one leaves unexplained
WORTH = 0.9
#: standard deviations that every past month must stray on a date (payday) to make the date special
SPECIAL_DATE = 3.0


@dataclass(frozen=True, kw_only=True)
class Season:
    #: usual distance from the level, by weekday (Monday first) and slot of the day
    table: Floats
    #: further distance by day of the month; daily points only
    dates: Floats | None = None

    def at(self, time: int) -> float:
        weekday, second = divmod((time + 3 * DAY) % WEEK, DAY)
        usual = float(self.table[weekday, second * self.table.shape[1] // DAY])
        if self.dates is None:
            return usual
        return usual + float(self.dates[datetime.fromtimestamp(time, UTC).day])

    def over(self, times: Seconds) -> Floats:
        usual = self.table[phases(times, self.table.shape[1])]
        return usual if self.dates is None else usual + self.dates[month_days(times)]


NO_SEASON = Season(table=np.zeros((7, 1)))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    fit: Callable[[Seconds, Floats], Season]
    #: seconds of the blocks whose medians are the slow trend beside this season
    block: int
    #: how often its pattern has been seen
    cycles: float


def fit_season(times: Seconds, values: Floats, *, slots: int, choice: SeasonChoice) -> Season:
    """The plainest season that explains the points: none, one of the day, or one of the week."""
    best = NO_SEASON
    left = unexplained(best, times, values, WEEK if slots == 1 else DAY)
    for candidate in candidates((times[-1] - times[0]) / DAY, slots, choice):
        season = candidate.fit(times, values)
        # a pattern fitted to few cycles explains part of their noise too
        remains = unexplained(season, times, values, candidate.block)
        remains *= candidate.cycles / (candidate.cycles - 1)
        if choice != "auto" or remains < WORTH * left:
            best, left = season, remains
    return with_special_dates(best, times, values) if slots == 1 and choice == "auto" else best


def candidates(days: float, slots: int, choice: SeasonChoice) -> Iterator[Candidate]:
    if choice == "none":
        return
    if slots > 1 and days >= 2 and choice != "weekly":
        yield Candidate(fit=lambda t, v: daily(t, v, slots), block=DAY, cycles=days)
    if days >= 13:
        of_day = 1 if choice == "weekly" else slots
        yield Candidate(fit=lambda t, v: weekly(t, v, of_day), block=WEEK, cycles=days / 7)


def unexplained(season: Season, times: Seconds, values: Floats, block: int) -> float:
    rest = values - season.over(times)
    return float(np.mean(np.abs(rest - trend(times, rest, block))))


def daily(times: Seconds, values: Floats, slots: int) -> Season:
    _, slot = phases(times, slots)
    usual = medians(values - trend(times, values, DAY), slot, slots)
    return Season(table=np.tile(usual, (7, 1)))


def weekly(times: Seconds, values: Floats, slots: int) -> Season:
    """One shape of the day for workdays and one for weekends, each moved up or down by weekday."""
    rest = values - trend(times, values, WEEK)
    weekday, slot = phases(times, slots)
    if slots == 1:
        return Season(table=medians(rest, weekday, 7)[:, None])
    weekend = (weekday >= 5).astype(np.int64)
    shapes = medians(rest, weekend * slots + slot, 2 * slots).reshape(2, slots)
    offsets = medians(rest - shapes[weekend, slot], weekday, 7)
    return Season(table=shapes[[0, 0, 0, 0, 0, 1, 1]] + offsets[:, None])


def with_special_dates(season: Season, times: Seconds, values: Floats) -> Season:
    rest = values - season.over(times)
    rest = rest - trend(times, rest, WEEK)
    noise = 1.4826 * float(np.median(np.abs(rest)))
    date = month_days(times)
    least, most = np.full(32, np.inf), np.full(32, -np.inf)
    np.minimum.at(least, date, rest)
    np.maximum.at(most, date, rest)
    special = (np.bincount(date, minlength=32) >= 2) & (
        (least > SPECIAL_DATE * noise) | (most < -SPECIAL_DATE * noise)
    )
    return Season(table=season.table, dates=np.where(special, medians(rest, date, 32), 0.0))


def trend(times: Seconds, values: Floats, block: int) -> Floats:
    """The medians of blocks of time, joined by straight lines."""
    age = times[-1] - times
    number = age // block
    count = np.bincount(number)
    filled = np.flatnonzero(count)
    centres = np.bincount(number, weights=age)[filled] / count[filled]
    joined: Floats = np.interp(age, centres, medians(values, number, len(count))[filled])
    return joined


def medians(values: Floats, group: Seconds, groups: int) -> Floats:
    """The median of each group; 0 for a group without values."""
    ordered = values[np.lexsort((values, group))]
    count = np.bincount(group, minlength=groups)
    first = np.cumsum(count) - count
    low = np.minimum(first + (count - 1) // 2, len(values) - 1)
    high = np.minimum(first + count // 2, len(values) - 1)
    return np.where(count > 0, (ordered[low] + ordered[high]) / 2, 0.0)


def phases(times: Seconds, slots: int) -> tuple[Seconds, Seconds]:
    weekday, second = np.divmod((times + 3 * DAY) % WEEK, DAY)  # the epoch was a Thursday
    return weekday, second * slots // DAY


def month_days(times: Seconds) -> Seconds:
    days = times.astype("datetime64[s]").astype("datetime64[D]")
    date: Seconds = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    return date
