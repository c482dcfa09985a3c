from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Line:
    """One drawn series: (time in UTC, value), oldest first."""

    label: str
    points: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, kw_only=True)
class Band:
    """The expected range: (time in UTC, lower, upper), oldest first."""

    points: tuple[tuple[datetime, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a picture shows; bot/views/chart.py draws it. `alt` says the same in words.

    One with `panels` is made of several small ones and has no lines of its own.
    """

    title: str
    unit: str
    timezone: ZoneInfo
    lines: tuple[Line, ...]
    band: Band | None = None
    marks: tuple[tuple[datetime, float], ...] = ()
    panels: tuple["Chart", ...] = ()
    alt: str
