"""Times by the wall clock: each of them once per local date, also on the days on which clocks change."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LAST_DAY = 31


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """On these days (0 is Monday), at these minutes after midnight."""

    days: tuple[int, ...]
    minutes: tuple[int, ...]

    def next(self, after: datetime, zone: ZoneInfo) -> datetime:
        """The first such moment later than `after`, in UTC."""
        dates = (day for day in _dates(after, zone) if day.weekday() in self.days)
        return _first(dates, self.minutes, after, zone)


@dataclass(frozen=True, kw_only=True)
class Monthly:
    """On these days of each month; in a month that is too short, on its last day."""

    days: tuple[int, ...]
    minutes: tuple[int, ...]

    def next(self, after: datetime, zone: ZoneInfo) -> datetime:
        """The first such moment later than `after`, in UTC."""
        return _first((day for day in _dates(after, zone) if self._holds(day)), self.minutes, after, zone)

    def _holds(self, day: date) -> bool:
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day in {min(each, last) for each in self.days}


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """When the clock there shows this, in UTC: the first of two times, and where clocks skip it the first
    moment after the gap. None where they skip the whole day."""
    shown = datetime.combine(day, time(minute // 60, minute % 60), zone)
    at = shown.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return at
    return _end_of_gap(shown.replace(fold=1).astimezone(UTC), at, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime | None:
    """When the clocks were changed, to the second."""
    if after - before >= DAY:
        return None
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _dates(after: datetime, zone: ZoneInfo) -> Iterator[date]:
    """From the day before on: what a gap at midnight skips falls due on the next day."""
    day = after.astimezone(zone).date() - DAY
    while True:
        yield day
        day += DAY


def _first(dates: Iterator[date], minutes: tuple[int, ...], after: datetime, zone: ZoneInfo) -> datetime:
    found = (moment(day, minute, zone) for day in dates for minute in minutes)
    return next(at for at in found if at and at > after)
