"""Where in a tool result a value stands, and what was found in the result."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from houston.agent.grounding.cell import Cell, Name

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a result the reading is, and what holds there."""

    path: str = ""
    unit: str = ""
    names: Mapping[str, Name] = field(default_factory=dict)
    span: Span | None = None
    other_span: Span | None = None
    nouns: tuple[Name, ...] = ()
    """What the lists here are lists of."""
    told: frozenset[Name] = frozenset()
    """What is counted in whole, where a list here leaves some out."""
    clock: str = ""
    """The hour, where what stands here is of one hour."""
    kind: str = ""
    """The key of the list that this is an item of."""

    def at(self, key: str) -> "Place":
        return replace(self, path=f"{self.path}.{key}" if self.path else key)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A returned time of day, with what happened then."""

    clock: str
    day: date
    names: Mapping[str, Name]


@dataclass(slots=True)
class Harvest:
    """What one result held."""

    cells: list[Cell] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    """(dimension, text as returned)."""
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """Two names of one client: slug and name."""
    nouns: set[Name] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)
    stamps: list[Stamp] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    texts: list[tuple[str, str, bool]] = field(default_factory=list)
    """(path, free text, whether Houston wrote it)."""
