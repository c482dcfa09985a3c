"""What a point stands for: a day, an hour, a moment; and whether that is over.

A point is named after the beginning of its period. Sums and ratios grow until their period is over, and a
daily figure of any kind does. Shorter means and last values are taken as they come.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
DAILY = 0.75 * DAY
"""Points that are at least so far apart stand for days."""

MONTHLY = (28, 31)
"""Days between points that stand for months."""

GROWING = frozenset({"sum", "ratio"})


def day_of(at: datetime, spacing: timedelta, zone: ZoneInfo) -> date:
    """The day that a point belongs to. A daily one that is named by a date alone, which is midnight in
    UTC, belongs to that date in every time zone."""
    local = at.astimezone(zone)
    if spacing >= DAILY and local.time() != time() and at.astimezone(UTC).time() == time():
        return at.astimezone(UTC).date()
    return local.date()


def is_running(at: datetime, spacing: timedelta, aggregate: str, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the newest point of a series may still change, since its period is not over."""
    return now < ends(at, spacing, aggregate, zone)


def ends(at: datetime, spacing: timedelta, aggregate: str, zone: ZoneInfo) -> datetime:
    """From when on a point is final, where no later one says so before."""
    if spacing < DAILY:
        return at + spacing if aggregate in GROWING else at
    local, utc = at.astimezone(zone), at.astimezone(UTC)
    if time() not in (local.time(), utc.time()):
        return at  # measured at a moment, and not the sum of a day
    length = _days(spacing)
    if local.time() == time():
        return _midnight(_later(local.date(), length), zone)
    after = _later(utc.date(), length)
    return max(_midnight(after, zone), datetime.combine(after, time(), UTC))


def _days(spacing: timedelta) -> int:
    return max(round(spacing / DAY), 1)


def _later(first: date, length: int) -> date:
    """The day after a period of so many days, or of a month."""
    if MONTHLY[0] <= length <= MONTHLY[1] and first.day == 1:
        return (first + timedelta(days=32)).replace(day=1)
    return first + timedelta(days=length)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
