"""What a daily digest says, as data: an event's payload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

DAILY_DIGEST = "daily_digest"
"""The event type."""


@dataclass(frozen=True, kw_only=True)
class Incident:
    """An episode by name. `link` leads to its thread; `taken_by` has acknowledged it or was assigned."""

    type: str
    severity: str
    name: str
    unit: str = ""
    value: float | None = None
    expected: float | None = None
    opened_at: datetime
    is_open: bool
    taken_by: str = ""
    is_snoozed: bool = False
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class FailedTask:
    """`dead` of the failures are in dead letter; `is_mended` where a later run succeeded."""

    job: str
    failures: int
    dead: int
    is_mended: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A metric on one day against the same day a week before. `days` are two weeks, that day the last."""

    name: str
    unit: str
    direction: str
    value: float | None
    before: float | None
    percent: float | None
    days: tuple[float | None, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What goes on: nobody has taken it, or it is snoozed. `named` are the longest waiting."""

    untaken: int = 0
    snoozed: int = 0
    named: tuple[Incident, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """One client's day; without a name it is what belongs to no client, or the only client's.

    `notes` counts by status, `incidents` by severity, of which `over` are over already.
    """

    name: str = ""
    slug: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)
    incidents: Mapping[str, int] = field(default_factory=dict)
    over: int = 0
    worst: tuple[Incident, ...] = ()
    tasks: tuple[FailedTask, ...] = ()
    waiting: Waiting = Waiting()
    figures: tuple[Figure, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened; figures there are every day."""
        waits = self.waiting.untaken + self.waiting.snoozed
        return not (self.notes or self.incidents or self.tasks or waits)


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """Messages that Houston gave up; `why` says what to do."""

    where: str
    count: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RuleSeldom:
    """A rule that nobody reacts to (`messages` in 30 days), or that never fired (none)."""

    number: int
    event_type: str
    client: str = ""
    messages: int = 0


@dataclass(frozen=True, kw_only=True)
class Review:
    """Once a month: what makes noise, what does nothing, what does not work."""

    unheeded: tuple[RuleSeldom, ...] = ()
    silent: tuple[RuleSeldom, ...] = ()
    failing: tuple[Undelivered, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.unheeded or self.silent or self.failing)


@dataclass(frozen=True, kw_only=True)
class Digest:
    """`today` is the reader's; figures are of `day`, the one before; the rest happened from `start` up
    to `end`.

    `sections` are the clients with news, the busiest first; `more` of those were left out, and of
    the `quiet` ones there is nothing to say. With `has_clients` clients are told apart. It speaks of
    `client_ids` only, None all.
    """

    today: date
    day: date
    start: datetime
    end: datetime
    has_clients: bool
    client_ids: tuple[int, ...] | None = None
    sections: tuple[Section, ...] = ()
    quiet: tuple[Section, ...] = ()
    more: int = 0
    more_quiet: int = 0
    undelivered: tuple[Undelivered, ...] = ()
    review: Review | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether one line says it all."""
        return not (self.sections or self.undelivered or self.review)

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        kept: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return kept

    @classmethod
    def from_dict(cls, payload: Mapping[str, Any]) -> "Digest":
        return _ADAPTER.validate_python(dict(payload))


_ADAPTER = TypeAdapter(Digest)
