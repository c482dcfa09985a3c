"""When a workspace's digest is sent: once on each of its local dates, also when clocks change."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from houston.errors import Invalid
from houston.watch import schedules

LATE = timedelta(hours=12)
"""One that was missed for longer is not sent any more."""

LONGEST = timedelta(days=2)
"""What one digest looks back at."""

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m?)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Window:
    """What a digest looks at: all that happened from `start` up to `end`, and the day before `today`."""

    today: date
    start: datetime
    end: datetime

    @property
    def day(self) -> date:
        return self.today - timedelta(days=1)


def clock(text: str) -> str:
    """`9`, `9:30`, `09.30` or `9:30 pm` as `HH:MM`. Raises Invalid."""
    match = CLOCK.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    half = (match[3] or "").lower()[:1] if match else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 24
    if hour > 23 or minute > 59:
        raise Invalid("digest_at", f"{text[:40]!r} is no time of day; write it like `09:00` or `17:30`.")
    return f"{hour:02}:{minute:02}"


def next_moment(at: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The first time later than `after` at which the clock there shows `at` (`HH:MM`), in UTC."""
    hour, minute = at.split(":")
    return schedules.next_due(f"{int(minute)} {int(hour)} * * *", after, zone)


def last_moment(at: str, until: datetime, zone: ZoneInfo) -> datetime:
    """The newest such time up to and with `until`."""
    moment = next_moment(at, until.astimezone(UTC) - timedelta(days=2), zone)
    while (later := next_moment(at, moment, zone)) <= until:
        moment = later
    return moment


def window(at: str, end: datetime, zone: ZoneInfo, earlier: datetime | None = None) -> Window:
    """Up to `end` from the digest before, which was sent at `earlier`; from the usual time where that
    is too long ago."""
    usual = last_moment(at, end - timedelta(seconds=1), zone)
    is_recent = earlier is not None and end - earlier <= LONGEST
    start = earlier if earlier and is_recent else usual
    return Window(today=end.astimezone(zone).date(), start=start, end=end)
