"""The points of a stretch as rows: as they are, or by hour, day, week or month."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from houston.watch.performance import Series, first_day, total

Every = Literal["raw", "hour", "day", "week", "month"]
FINEST_FIRST: tuple[Every, ...] = ("raw", "hour", "day", "week", "month")

Bucketed = tuple[tuple[datetime, float], ...]
"""When each begins, and what it comes to; oldest first."""


def bucketed(
    aggregate: str, series: Sequence[Series], every: Every, zone: ZoneInfo, *, since: datetime
) -> Bucketed:
    """Those in which there is a figure; the first one, where it is cut short, begins at `since`."""
    parts: dict[datetime, set[datetime]] = {}
    for at in _times(series):
        parts.setdefault(max(begin(at, every, zone), since), set()).add(at)
    values = (
        (start, total(aggregate, [one.only(times.__contains__) for one in series]))
        for start, times in sorted(parts.items())
    )
    return tuple((start, value) for start, value in values if value is not None)


def count(series: Sequence[Series], every: Every, zone: ZoneInfo) -> int:
    return len({begin(at, every, zone) for at in _times(series)})


def begin(at: datetime, every: Every, zone: ZoneInfo) -> datetime:
    """Of the bucket that a time lies in."""
    if every == "raw":
        return at
    local = at.astimezone(zone)
    if every == "hour":
        return at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return _midnight(first_day(local.date(), every), zone)


def _times(series: Sequence[Series]) -> set[datetime]:
    return {at for one in series for readings in one.sides for at, _ in readings}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
