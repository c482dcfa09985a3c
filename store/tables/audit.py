from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from store.columns import BigId, UtcTime


class AuditEntry(SQLModel, table=True):
    """One change to configuration, access or secrets: who did what, before and after.

    `hash` covers `content_hash` and the entry before, so that none can be edited, removed or moved
    unseen. Nothing here is a foreign key: entries outlive what they speak of. Of a deleted client's
    entries only the hashes stay, and `erased_by` is the entry that says so; `salt` goes with the content.
    """

    __tablename__ = "audit_entry"

    seq: int = Field(primary_key=True, sa_type=BigId)
    at: datetime = Field(sa_type=UtcTime)
    actor: str = ""
    actor_name: str = ""
    workspace_id: str | None = Field(default=None, index=True)
    action: str = ""
    subject: str = ""
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    salt: str = ""
    content_hash: str
    hash: str
    erased_by: int | None = Field(default=None, sa_type=BigId)


class AuditClient(SQLModel, table=True):
    """A client that an audit entry speaks of."""

    __tablename__ = "audit_client"

    seq: int = Field(primary_key=True, sa_type=BigId)
    client_id: int = Field(primary_key=True, sa_type=BigId, index=True)


class AuditHead(SQLModel, table=True):
    """The chain's newest entry, sealed with the secret key: one row, which every append locks."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    seq: int = Field(default=0, sa_type=BigId)
    hash: str = ""
    key_id: str = ""
    seal: str = ""
