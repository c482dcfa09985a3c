from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Points = tuple[tuple[datetime, float], ...]
"""(time in UTC, value), oldest first; where the value is nan there is a gap."""

Stretch = tuple[datetime, datetime]
"""From, until, in UTC."""

Breach = Literal["below", "above", ""]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One drawn series."""

    label: str
    points: Points


@dataclass(frozen=True, kw_only=True)
class Band:
    """The expected range: (time in UTC, lower, upper), oldest first."""

    points: tuple[tuple[datetime, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A threshold, and the side of it that breaks it ('' where neither does by itself)."""

    label: str
    points: Points
    breach: Breach = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a picture shows; bot/views/chart.py draws it. `alt` says the same in words.

    `compared` is drawn behind the lines, lighter and dashed. `marks` stand out, `gone` are those that
    stood out before a change; `left_out` is not judged. One with `panels` is made of several small ones
    and has no lines of its own.
    """

    title: str
    subtitle: str = ""
    unit: str
    timezone: ZoneInfo
    lines: tuple[Line, ...]
    compared: Line | None = None
    band: Band | None = None
    limits: tuple[Limit, ...] = ()
    marks: Points = ()
    mark_label: str = ""
    gone: Points = ()
    gone_label: str = ""
    left_out: tuple[Stretch, ...] = ()
    panels: tuple["Chart", ...] = ()
    alt: str
