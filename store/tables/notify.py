from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Destination(SQLModel, table=True):
    """An aliased place to send to. `address` is a Slack channel's id for kind `channel`."""

    __tablename__ = "destination"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "address", name="uq_destination_address"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str = Field(foreign_key="workspace.id")
    kind: str = "channel"
    alias: str
    address: str
    error: str = ""
    created_at: datetime = Field(sa_type=UtcTime)


class Rule(SQLModel, table=True):
    """Which events go where; `number` is what people call it, one sequence a workspace."""

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
    owner: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)


class RuleDestination(SQLModel, table=True):
    __tablename__ = "rule_destination"

    rule_id: int = Field(primary_key=True, foreign_key="rule.id", ondelete="CASCADE", sa_type=BigId)
    destination_id: int = Field(primary_key=True, foreign_key="destination.id", sa_type=BigId)


class Event(SQLModel, table=True):
    """A thing that happened, recorded once; `dedupe_key` names it."""

    __tablename__ = "event"

    id: int = Field(primary_key=True, sa_type=BigId)
    type: str
    phase: str = ""
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    subject: str = ""
    severity: str = "info"
    occurred_at: datetime = Field(sa_type=UtcTime)
    recorded_at: datetime = Field(sa_type=UtcTime)
    dedupe_key: str = Field(unique=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


DUE, SENT, DEAD = 0, 1, 2
"""The states of a delivery. A leased one is DUE at the end of its lease."""


class Delivery(SQLModel, table=True):
    """One event on its way to one address: the outbox row and the receipt.

    `asked_at` is set while a post may be under way, so whoever finds it set must first look
    whether the message arrived.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "workspace_id", "address", name="uq_delivery_address"),
        Index("ix_delivery_due", "id", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
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
    ts: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime)
