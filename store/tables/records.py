from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Note(SQLModel, table=True):
    """What the team writes down; a private one never leaves. No client: the agency's own."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("source_key", name="uq_note_source"),)

    id: int = Field(primary_key=True, sa_type=BigId)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId, index=True)
    title: str
    body: str = ""
    status: str = "open"
    author: str = ""
    private: bool = False
    source_key: str | None = None
    created_at: datetime = Field(sa_type=UtcTime)
    updated_at: datetime = Field(sa_type=UtcTime)


class TaskRun(SQLModel, table=True):
    """One report about one run of a pipeline job."""

    __tablename__ = "task_run"
    __table_args__ = (Index("ix_task_run_report", "job", "run_id"),)

    id: int = Field(primary_key=True, sa_type=BigId)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    job: str = Field(index=True)
    run_id: str
    state: str
    attempt: int = 1
    error: str = ""
    url: str = ""
    occurred_at: datetime = Field(sa_type=UtcTime)


class Fault(SQLModel, table=True):
    """One kind of error by fingerprint; the same fault is counted, not repeated."""

    __tablename__ = "fault"

    id: int = Field(primary_key=True, sa_type=BigId)
    fingerprint: str = Field(unique=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    title: str
    message: str = ""
    service: str = ""
    severity: str = "critical"
    url: str = ""
    count: int = 1
    first_at: datetime = Field(sa_type=UtcTime)
    last_at: datetime = Field(sa_type=UtcTime)


class Customer(SQLModel, table=True):
    """Who buys from a client."""

    __tablename__ = "customer"
    __table_args__ = (UniqueConstraint("client_id", "customer_id", name="uq_customer"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    client_id: int = Field(foreign_key="client.id", sa_type=BigId)
    customer_id: str
    name: str
    email: str = ""
    segment: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    orders: int = 0
    revenue: float = 0.0
