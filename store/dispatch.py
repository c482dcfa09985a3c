"""What passes between the outbox, its ledger and the lanes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from store.tables import Delivery, Event

Write = Callable[[Connection], object]
"""A change that is committed together with the event it belongs to."""

Decide = Callable[[Connection], Sequence[Event]]
"""A change that finds out in the same transaction what there is to tell, as a lifecycle's step does."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way for events to an address, with what routing needs to decide: an active rule and one
    destination of it, a member's preference (no rule, and `event_types`), or a workspace's default
    channel (`catches_all`).

    `channel_client_id` is that of the client to which the destination's channel is bound;
    `is_open` is false for a Slack Connect channel that no admin approved. `client_ids` are those
    that a preference asks for and its member may see, None all. Until `paused_until` the workspace
    holds everything; a paused destination does until it works again.
    """

    rule_id: int | None = None
    workspace_id: str
    workspace_client_id: int | None
    channel_client_id: int | None = None
    is_open: bool = True
    event_types: frozenset[str]
    subject: str = ""
    client_id: int | None = None
    client_ids: frozenset[int] | None = None
    minimum_severity: str = "info"
    destination_id: int
    address: str
    catches_all: bool = False
    quiet_hours: Mapping[str, Any] | None = None
    daily_at: str = ""
    timezone: str = "UTC"
    paused_until: datetime | None = None
    is_paused: bool = False
    escalate_minutes: int | None = None
    escalate_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class Escalating:
    """Where an event goes as well, if nobody takes its episode within `minutes`."""

    rule_id: int
    destination_id: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that an event goes to, and the rules that say so.

    With `held_until` it waits until then, and comes in one message with what waits for the same
    `bundle`.
    """

    workspace_id: str
    destination_id: int
    address: str
    rule_ids: list[int]
    held_until: datetime | None = None
    bundle: str = ""
    escalations: tuple[Escalating, ...] = ()


Routing = Callable[[Event, Sequence[Route], datetime], Sequence[Target]]
"""Which addresses an event goes to, as of a moment."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one caller wants kept: an event, if any, and the changes that belong to it.

    `targets` get the event whatever the rules say: Houston's own words to its admins. `decide`
    runs after the writes, and the events that it returns are kept as well.
    """

    event: Event | None
    writes: Sequence[Write] = ()
    targets: Sequence[Target] = ()
    decide: Decide | None = None


Place = tuple[str, str]
"""A workspace and an address in it."""


@dataclass(frozen=True, kw_only=True)
class Leased:
    """A delivery in this process's hands, with its event. `uncertain`: it may have been posted."""

    delivery: Delivery
    event: Event
    uncertain: bool = False


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """`event_id` is that of the first recording, where the event was a repeat; of several decided
    ones, the first."""

    event_id: int | None
    is_new: bool
    leased: list[Leased] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An episode that a message now shows, as of `version`; `leader_id` is that of the Post which the
    message's other episodes share, None for one of its own."""

    post_id: int
    leader_id: int | None
    episode_id: int
    version: int
    chart_file: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How one attempt at a delivery ended; `asked_at` since when it may have been posted unseen.

    `shown` is set where the message became an episode's Post.
    """

    delivery_id: int
    state: int
    tries: int
    due_at: datetime
    channel: str = ""
    ts: str = ""
    sent_at: datetime | None = None
    error: str = ""
    asked_at: datetime | None = None
    bundle: str = ""
    shown: Shown | None = None


@dataclass(frozen=True, kw_only=True)
class Edit:
    """How bringing a Post up to date ended: what it shows now; later, where it failed for now.

    `is_given_up`: it cannot be brought up, and no try will help. `is_gone`: the message `ts` is not
    there any more.
    """

    post_id: int
    shown: int
    due_at: datetime
    ts: str = ""
    chart_file: str = ""
    tries: int = 0
    error: str = ""
    is_given_up: bool = False
    is_gone: bool = False
