from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Destination(SQLModel, table=True):
    """An aliased place to send to.

    `address` is a Slack channel's id for kind `channel`, a person's for `dm`; a `webhook` and a
    `service` (an Apprise URL) have a random one, and their URL is a Secret of `destination/<id>`.
    `error` says why messages do not arrive, `failures` how often in a row; a paused one holds
    what is for it until it works again.
    """

    __tablename__ = "destination"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "address", name="uq_destination_address"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    kind: str = "channel"
    alias: str
    address: str
    error: str = ""
    failures: int = 0
    paused_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(sa_type=UtcTime)


class Rule(SQLModel, table=True):
    """Which events go where; `number` is what people call it, one sequence a workspace.

    `quiet_hours` are those of houston/notify/quiet/hours.py, as it writes them. What nobody acknowledges
    within `escalate_minutes` goes to the destination `escalate_to` as well. `paused_by` is the member,
    as `T1/U1`, who switched it off.
    """

    __tablename__ = "rule"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number", name="uq_rule_number"),
        Index("ix_rule_match", "event_type", "client_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    number: int
    event_type: str
    subject: str = ""
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    minimum_severity: str = "info"
    active: bool = True
    paused_by: str = ""
    paused_name: str = ""
    quiet_hours: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    escalate_minutes: int | None = None
    escalate_to: int | None = Field(default=None, foreign_key="destination.id", sa_type=BigId)
    owner: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)


class RuleDestination(SQLModel, table=True):
    __tablename__ = "rule_destination"

    rule_id: int = Field(primary_key=True, foreign_key="rule.id", ondelete="CASCADE", sa_type=BigId)
    destination_id: int = Field(primary_key=True, foreign_key="destination.id", sa_type=BigId)


class Preference(SQLModel, table=True):
    """A member's own choice of events to get by DM; without `client_ids`, of all that they may see.

    With `daily_at` (`HH:MM` in their own time zone) they come once a day, in one message.
    """

    __tablename__ = "preference"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "user_id"], ["member.workspace_id", "member.user_id"]),
    )

    workspace_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    destination_id: int = Field(foreign_key="destination.id", sa_type=BigId)
    event_types: list[str] = Field(default_factory=list, sa_type=JSON)
    client_ids: list[int] | None = Field(default=None, sa_type=JSON)
    minimum_severity: str = "info"
    quiet_hours: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    daily_at: str = ""
    active: bool = True
    updated_at: datetime = Field(sa_type=UtcTime)


class Event(SQLModel, table=True):
    """A thing that happened, recorded once; `dedupe_key` names it.

    It belongs to an episode where it tells of one, and to one workspace where it is nobody else's,
    as a digest is.
    """

    __tablename__ = "event"

    id: int = Field(primary_key=True, sa_type=BigId)
    type: str
    phase: str = ""
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    episode_id: int | None = Field(default=None, foreign_key="episode.id", sa_type=BigId, index=True)
    subject: str = ""
    severity: str = "info"
    occurred_at: datetime = Field(sa_type=UtcTime)
    recorded_at: datetime = Field(sa_type=UtcTime)
    dedupe_key: str = Field(unique=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


DUE, SENT, DEAD, HELD = 0, 1, 2, 3
"""The states of a delivery. A leased one is DUE at the end of its lease, a HELD one is let go then."""


class Delivery(SQLModel, table=True):
    """One event on its way to one address: the outbox row and the receipt.

    `asked_at` is set while a post may be under way, so whoever finds it set must first look
    whether the message arrived. Those of one `bundle` were held back together, and come as one
    message. `channel` and `ts` are the message's own: of a DM, Slack's channel for it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "workspace_id", "address", name="uq_delivery_address"),
        Index("ix_delivery_due", "id", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
        Index(
            "ix_delivery_waiting",
            "workspace_id",
            "address",
            sqlite_where=text("state = 0"),
            postgresql_where=text("state = 0"),
        ),
        Index(
            "ix_delivery_held", "due_at", sqlite_where=text("state = 3"), postgresql_where=text("state = 3")
        ),
        Index("ix_delivery_event", "event_id"),
        Index(
            "ix_delivery_message",
            "workspace_id",
            "address",
            "ts",
            sqlite_where=text("ts <> ''"),
            postgresql_where=text("ts <> ''"),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigId)
    event_id: int = Field(foreign_key="event.id", sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    client_id: int | None = Field(default=None, sa_type=BigId)
    destination_id: int = Field(foreign_key="destination.id", sa_type=BigId)
    address: str
    rule_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    state: int = DUE
    due_at: datetime = Field(sa_type=UtcTime)
    owner: str = ""
    asked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    tries: int = 0
    error: str = ""
    bundle: str = ""
    channel: str = ""
    ts: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Post(SQLModel, table=True):
    """The message that shows one episode at one address.

    Whoever changes the episode raises `wanted`; `shown` is what the message was last brought up to.
    Episodes that share a message share a `leader_id`, and only the leader's counts are used. An
    empty `ts`: the message was deleted, and the next news makes a new one.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("episode_id", "workspace_id", "address", name="uq_post_address"),
        Index(
            "ix_post_stale",
            "id",
            sqlite_where=text("wanted > shown"),
            postgresql_where=text("wanted > shown"),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigId)
    episode_id: int = Field(foreign_key="episode.id", sa_type=BigId)
    leader_id: int = Field(sa_type=BigId, index=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    address: str
    event_id: int = Field(foreign_key="event.id", sa_type=BigId)
    delivery_id: int = Field(foreign_key="delivery.id", sa_type=BigId)
    channel: str = ""
    ts: str = ""
    chart_file: str = ""
    wanted: int = 1
    shown: int = 0
    due_at: datetime = Field(sa_type=UtcTime)
    owner: str = ""
    tries: int = 0
    error: str = ""


class Escalation(SQLModel, table=True):
    """An episode that goes to a second destination at `due_at`, unless somebody takes it before."""

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("episode_id", "destination_id", name="uq_escalation"),
        Index(
            "ix_escalation_due",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigId)
    episode_id: int = Field(foreign_key="episode.id", sa_type=BigId)
    event_id: int = Field(foreign_key="event.id", sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    destination_id: int = Field(foreign_key="destination.id", sa_type=BigId)
    rule_id: int = Field(sa_type=BigId)
    due_at: datetime = Field(sa_type=UtcTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
