from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from store.columns import BigId, UtcTime


class Workspace(SQLModel, table=True):
    """A Slack team that installed Houston; `id` is Slack's team id."""

    __tablename__ = "workspace"

    id: str = Field(primary_key=True)
    name: str
    kind: str = "agency"
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    timezone: str = "UTC"
    bot_user_id: str = ""
    next_rule_number: int = 1
    active: bool = True
    created_at: datetime = Field(sa_type=UtcTime)

    @property
    def has_clients(self) -> bool:
        """Whether its people tell clients apart; a client's own workspace knows one only."""
        return self.kind == "agency"


class Client(SQLModel, table=True):
    """A customer of the agency, the unit of the wall."""

    __tablename__ = "client"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    slug: str = Field(unique=True)
    name: str
    created_at: datetime = Field(sa_type=UtcTime)


class Member(SQLModel, table=True):
    """A Slack user as Houston knows them."""

    __tablename__ = "member"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    name: str = ""
    timezone: str = "UTC"
    role: str = "member"
    seen_at: datetime = Field(sa_type=UtcTime)


class Channel(SQLModel, table=True):
    """A Slack channel that the bot is, or was, a member of."""

    __tablename__ = "channel"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = True


class ApiKey(SQLModel, table=True):
    """A bearer key of the HTTP API; only its hash is kept. No client: the agency's."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    name: str
    hash: str = Field(unique=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    created_at: datetime = Field(sa_type=UtcTime)


class ApiRequest(SQLModel, table=True):
    """An answered POST that carried an Idempotency-Key, so that its repeat gets the same answer."""

    __tablename__ = "api_request"

    api_key_id: int = Field(primary_key=True, foreign_key="api_key.id", sa_type=BigId)
    idempotency_key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    answer: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcTime)
