"""What passes between the outbox, its ledger and the lanes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from store.tables import Delivery, Event

Write = Callable[[Connection], object]
"""A change that is committed together with the event it belongs to."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One active rule and one destination of it, with what routing needs to decide.

    `channel_client_id` is that of the client to which the destination's channel is bound;
    `is_open` is false for a Slack Connect channel that no admin approved.
    """

    rule_id: int
    workspace_id: str
    workspace_client_id: int | None
    channel_client_id: int | None = None
    is_open: bool = True
    event_type: str
    subject: str
    client_id: int | None
    minimum_severity: str
    destination_id: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that an event goes to, and the rules that say so."""

    workspace_id: str
    destination_id: int
    address: str
    rule_ids: list[int]


Routing = Callable[[Event, Sequence[Route]], Sequence[Target]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one caller wants kept: an event, if any, and the changes that belong to it.

    `targets` get the event whatever the rules say: Houston's own words to its admins.
    """

    event: Event | None
    writes: Sequence[Write] = ()
    targets: Sequence[Target] = ()


@dataclass(frozen=True, kw_only=True)
class Leased:
    """A delivery in this process's hands, with its event. `uncertain`: it may have been posted."""

    delivery: Delivery
    event: Event
    uncertain: bool = False


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """`event_id` is that of the first recording, where the event was a repeat."""

    event_id: int | None
    is_new: bool
    leased: list[Leased] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How one attempt at a delivery ended; `asked_at` since when it may have been posted unseen."""

    delivery_id: int
    state: int
    tries: int
    due_at: datetime
    ts: str = ""
    sent_at: datetime | None = None
    error: str = ""
    asked_at: datetime | None = None
