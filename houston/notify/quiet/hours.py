"""Quiet hours: a weekly schedule in a time zone, in which messages wait. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from houston.notify.quiet.grammar import read
from houston.notify.quiet.spans import Span

MINUTE = timedelta(minutes=1)
BEFORE, AHEAD = 2, 16
"""Days around a moment: a night reaches into the day after, and no stretch lasts two weeks."""


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """When to be quiet. With `critical_passes` what is critical comes all the same."""

    spans: tuple[Span, ...]
    timezone: str
    critical_passes: bool = False

    @classmethod
    def parse(cls, text: str, timezone: str, critical_passes: bool = False) -> "QuietHours":
        """`weekdays 18:00-08:00, weekends`, with a time zone at the end where it is not `timezone`.

        Raises Invalid("quiet_hours"), which shows the spot.
        """
        spans, zone = read(text, timezone)
        return cls(spans=spans, timezone=zone, critical_passes=critical_passes)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "QuietHours":
        """What `as_dict` wrote."""
        return _kept(str(kept["text"]), str(kept["timezone"]), bool(kept["critical_passes"]))

    def as_dict(self) -> dict[str, Any]:
        return {"text": self.typed, "timezone": self.timezone, "critical_passes": self.critical_passes}

    @property
    def typed(self) -> str:
        """As somebody would type it: `weekdays 18:00-08:00, weekends`."""
        return ", ".join(str(span) for span in self.spans)

    def text(self) -> str:
        """As people read it: `weekdays 18:00–08:00, weekends`; without the time zone."""
        return self.typed.replace("-", "–")

    def __str__(self) -> str:
        """All of it: `weekdays 18:00–08:00 (Europe/Zurich, critical passes)`."""
        passes = ", critical passes" if self.critical_passes else ""
        return f"{self.text()} ({self.timezone}{passes})"

    def covers(self, moment: datetime) -> bool:
        return self.end(moment) is not None

    def end(self, moment: datetime) -> datetime | None:
        """In UTC, when the quiet stretch ends that covers this moment; None where none does.

        Stretches that follow on each other are one. Where clocks are set back over its edge, a
        stretch is as long as it can be.
        """
        found: datetime | None = None
        for start, end in self._around(moment):
            if start > (found or moment):
                break
            if end > (found or moment):
                found = end
        return found

    def _around(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of the days before and after, by when they begin."""
        zone = ZoneInfo(self.timezone)
        today = moment.astimezone(zone).date()
        spans = sorted(self.spans, key=lambda span: span.start)
        for offset in range(-BEFORE, AHEAD):
            day = today + timedelta(days=offset)
            for span in spans:
                if day.weekday() in span.days:
                    yield _instant(day, span.start, zone, fold=0), _instant(day, span.end, zone, fold=1)


def _instant(day: date, minute: int, zone: ZoneInfo, *, fold: int) -> datetime:
    """When the clocks there show this; where they skip it, the moment to which they jump."""
    wall = datetime.combine(day, time()) + minute * MINUTE
    while True:
        instant = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
            return instant
        wall += MINUTE


@lru_cache(maxsize=1024)
def _kept(text: str, timezone: str, critical_passes: bool) -> QuietHours:
    return QuietHours.parse(text, timezone, critical_passes)
