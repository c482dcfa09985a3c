"""Last week's line, for comparison."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.captions import spacing
from houston.watch.chart import Line, Points

WEEK = timedelta(days=7)
LABEL = "Last week"

APART = timedelta(days=3)
"""Between points that are further apart than that there is nothing to compare by weekday."""


def last_week(points: Points, zone: ZoneInfo, *, shown_from: datetime) -> Line | None:
    """Each point a week later, at the same time on the clock. `points` begin a week before `shown_from`.

    None where points are too far apart, or there is no line to draw.
    """
    if spacing(time for time, _ in points) >= APART:
        return None
    near = spacing(time for time, _ in points) / 2
    last = max((time for time, _ in points), default=shown_from)
    moved = [(a_week_later(time, zone), value) for time, value in points]
    compared = tuple((time, value) for time, value in moved if shown_from - near < time < last + near)
    return Line(label=LABEL, points=compared) if len(compared) > 1 else None


def a_week_later(time: datetime, zone: ZoneInfo) -> datetime:
    """On the clock, not in seconds: a clock change lies between."""
    return (time.astimezone(zone) + WEEK).astimezone(UTC)


def at(line: Line | None, time: datetime, *, within: timedelta) -> float | None:
    """The line's value at that time or near it: days that begin at midnight UTC move with the clock."""
    if line is None:
        return None
    nearest, value = min(line.points, key=lambda point: abs(point[0] - time))
    return value if abs(nearest - time) < within else None
