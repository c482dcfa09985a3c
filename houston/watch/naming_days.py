"""Points that stand for days, in the days of whoever asks.

A daily point is named by a date alone, which is midnight in UTC. It belongs to that date in every time
zone: read as a moment, the 12th would lie on the 11th for everybody west of Greenwich.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from houston.watch.detection.periods import DAILY

Readings = Sequence[tuple[datetime, float]]
"""Time and value, oldest first."""


def named_in(readings: Readings, zone: ZoneInfo) -> Readings:
    """Daily points at the midnights of their dates in this zone; all others as they are."""
    times = [at for at, _ in readings]
    return [
        (day_named(at, zone) if _is_apart(times, index) else at, value)
        for index, (at, value) in enumerate(readings)
    ]


def day_named(at: datetime, zone: ZoneInfo) -> datetime:
    """Of a daily point: the midnight in this zone of the date that names it."""
    utc = at.astimezone(UTC)
    if utc.time() != time() or at.astimezone(zone).time() == time():
        return at
    return datetime.combine(utc.date(), time(), zone).astimezone(UTC)


def _is_apart(times: Sequence[datetime], index: int) -> bool:
    """Whether no neighbour is nearer than a day."""
    before = index == 0 or times[index] - times[index - 1] >= DAILY
    return before and (index + 1 == len(times) or times[index + 1] - times[index] >= DAILY)
