from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from store.columns import BigId, UtcTime


class Workspace(SQLModel, table=True):
    """A Slack team that installed Houston; `id` is Slack's team id. Its tokens are Secrets.

    `kind` is agency, or client: bound to `client_id` for ever. One with its own Slack app has an
    `app_token` among its secrets; the others share the main app. `scopes` are those that Slack
    granted, by comma. `inactive_reason` is Slack's word for why it is no longer active.

    `daily_tokens` and `member_tokens` bound what its questions, and one member's, may cost in a day;
    None is Houston's own bound, 0 none at all.

    `default_destination_id` gets what concerns its admins and, with `catches_all`, what no rule
    matches. Until `paused_until` everything is held. `digest_at` is `HH:MM` in its time zone.
    """

    __tablename__ = "workspace"

    id: str = Field(primary_key=True)
    name: str
    kind: str = "agency"
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    timezone: str = "UTC"
    app_id: str = ""
    bot_id: str = ""
    bot_user_id: str = ""
    scopes: str = ""
    installed_by: str = ""
    token_expires_at: datetime | None = Field(default=None, sa_type=UtcTime)
    rotating_until: datetime | None = Field(default=None, sa_type=UtcTime)
    next_rule_number: int = 1
    default_destination_id: int | None = Field(default=None, sa_type=BigId)
    catches_all: bool = False
    paused_until: datetime | None = Field(default=None, sa_type=UtcTime)
    paused_by: str = ""
    daily_tokens: int | None = Field(default=None, sa_type=BigId)
    member_tokens: int | None = Field(default=None, sa_type=BigId)
    digest_on: bool = False
    digest_at: str = "09:00"
    digest_due_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    active: bool = True
    inactive_reason: str = ""
    created_at: datetime = Field(sa_type=UtcTime)

    @property
    def has_clients(self) -> bool:
        """Whether its people tell clients apart; a client's own workspace knows one only."""
        return self.kind == "agency"


class Client(SQLModel, table=True):
    """A customer of the agency, the unit of the wall. The id of a deleted one is never given again."""

    __tablename__ = "client"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    slug: str = Field(unique=True)
    name: str
    created_at: datetime = Field(sa_type=UtcTime)


class Member(SQLModel, table=True):
    """A Slack user as Houston knows them.

    `role` is what Houston's admins gave; `is_slack_admin` makes an admin too. `team_id` is the team
    they belong to: another one's is a stranger in a Slack Connect channel. Without `sees_all` an
    agency's member sees the clients in MemberClient only. `seen_at` is when Houston first met them.
    """

    __tablename__ = "member"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    team_id: str = ""
    name: str = ""
    email: str = ""
    timezone: str = "UTC"
    role: str = "member"
    is_slack_admin: bool = False
    is_guest: bool = False
    sees_all: bool = True
    active: bool = True
    seen_at: datetime = Field(sa_type=UtcTime)

    @property
    def is_stranger(self) -> bool:
        return self.team_id not in ("", self.workspace_id)

    @property
    def is_admin(self) -> bool:
        at_home = self.active and not self.is_stranger and not self.is_guest
        return at_home and (self.is_slack_admin or self.role == "admin")


class MemberClient(SQLModel, table=True):
    """A client that an agency's member may see."""

    __tablename__ = "member_client"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "user_id"], ["member.workspace_id", "member.user_id"]),
    )

    workspace_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    client_id: int = Field(primary_key=True, foreign_key="client.id", sa_type=BigId)


class Channel(SQLModel, table=True):
    """A Slack channel that the bot is, or was, a member of.

    Bound to `client_id`, nothing of another client is told there. `is_shared` is Slack Connect's:
    nothing is told there until an admin approved it. Without `answers` it gets alerts only.
    """

    __tablename__ = "channel"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    name: str
    is_private: bool = False
    is_archived: bool = False
    is_member: bool = True
    is_shared: bool = False
    approved_by: str = ""
    answers: bool = True
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)

    @property
    def is_open(self) -> bool:
        """Whether anything may be told there."""
        return not self.is_shared or bool(self.approved_by)


class Invitation(SQLModel, table=True):
    """Leave to install Houston once: as the workspace of `client_id`, or as an agency's."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    created_by: str
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    used_by: str = ""


class InstallState(SQLModel, table=True):
    """An install under way: redeemed once, in the browser that began it. Only hashes are kept."""

    __tablename__ = "install_state"

    hash: str = Field(primary_key=True)
    browser_hash: str
    invitation_id: str | None = Field(default=None, foreign_key="invitation.id")
    is_first: bool = False
    expires_at: datetime = Field(sa_type=UtcTime)


class ApiKey(SQLModel, table=True):
    """A bearer key of the HTTP API; only its hash is kept. No client: the agency's."""

    __tablename__ = "api_key"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    name: str
    hash: str = Field(unique=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    created_by: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ApiRequest(SQLModel, table=True):
    """An answered POST that carried an Idempotency-Key, so that its repeat gets the same answer."""

    __tablename__ = "api_request"

    api_key_id: int = Field(primary_key=True, foreign_key="api_key.id", sa_type=BigId)
    idempotency_key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    answer: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcTime)
