from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Name = tuple[str, ...]
"""The words of a name in their plain form: ("google", "ad")."""
Measure = Literal["percent", "plain", "time"]
Role = Literal["level", "change", "count", "id", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that was returned, with all that is known of what it stands for."""

    value: float
    path: str
    """`r3.rows[2].value`"""
    key: str
    measure: Measure = "plain"
    role: Role = "level"
    unit: str = ""
    """A currency's code, `?` where it may be money, seconds in one unit for times, else as returned."""
    names: Mapping[str, Name] = field(default_factory=dict)
    """What it belongs to, by dimension: metric, channel, client, segment, …"""
    nouns: tuple[Name, ...] = ()
    """Of a count: what is counted."""
    kind: Name = ()
    """Of a count of some rows of a list: what these rows have in common."""
    span: tuple[date, date] | None = None
    other_span: tuple[date, date] | None = None
    """Of a change: what it is held against."""
    clock: str = ""
    """Its hour, where it is of one hour."""
    trusted: bool = True
    """Not read out of a text that somebody outside wrote."""

    @property
    def what(self) -> str:
        """Where it stands and of what it is, for the model: `r3.rows[2].value, revenue · google ad`."""
        known = " · ".join(
            " ".join(self.names[name]) for name in ("metric", "channel", "client") if name in self.names
        )
        return f"{self.path} ({known})" if known else self.path
