from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from store.columns import BigId, UtcTime


class DataSource(SQLModel, table=True):
    """A user's database, of one client or of the agency (no client).

    Its URL is sealed in `secret` (owner `data_source/<id>`, name `url`); `place` is what people may
    see of it. `trusts_files` where the operator or an agency's admin added it. `error` is what was
    wrong when it was asked last.
    """

    __tablename__ = "data_source"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    name: str
    dialect: str
    place: str = ""
    trusts_files: bool = False
    created_by: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    error: str = ""


class Report(SQLModel, table=True):
    """A saved query of a data source, with a link to where people read it. `sql` may use `:now`."""

    __tablename__ = "report"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    source_id: int = Field(foreign_key="data_source.id", sa_type=BigId, index=True)
    name: str
    sql: str
    url: str = ""
    created_by: str = ""
    created_at: datetime = Field(sa_type=UtcTime)


class ReportRun(SQLModel, table=True):
    """What a report gave at one time: the first rows, which later conditions are compared with."""

    __tablename__ = "report_run"
    __table_args__ = (Index("ix_report_run_at", "report_id", "at"),)

    id: int = Field(primary_key=True, sa_type=BigId)
    report_id: int = Field(foreign_key="report.id", sa_type=BigId)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    at: datetime = Field(sa_type=UtcTime)
    columns: list[str] = Field(default_factory=list, sa_type=JSON)
    rows: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    row_count: int = 0
    is_cut: bool = False
    seconds: float = 0.0
    error: str = ""


class Alert(SQLModel, table=True):
    """Conditions on a report's rows, on a schedule in a time zone.

    `rules` are `{"text": "Revenue < 10000", "severity": "warning"}`; it breaches where `any` of them
    does, or `all`. It fires once `n` of the newest `m` checks breach. `owner` names a member as
    `T1/U1`. `no_data` is a lifecycle's reaction: tell, fire, ok or keep. `failures` counts the runs
    in a row that failed, `error` says how the last one did.
    """

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    report_id: int = Field(foreign_key="report.id", sa_type=BigId, index=True)
    name: str
    match: str = "any"
    rules: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    schedule: str = "1h"
    timezone: str = "UTC"
    owner: str = ""
    owner_name: str = ""
    runbook: str = ""
    n: int = 1
    m: int = 1
    no_data: str = "tell"
    active: bool = True
    created_by: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime = Field(sa_type=UtcTime, index=True)
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    failures: int = 0
    error: str = ""


class MetricFeed(SQLModel, table=True):
    """A scheduled query whose rows become points: columns `time`, `value`, and perhaps `metric`,
    `channel`, `client`. `metric` names those that have no such column."""

    __tablename__ = "metric_feed"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    source_id: int = Field(foreign_key="data_source.id", sa_type=BigId, index=True)
    name: str
    sql: str
    metric: str = ""
    schedule: str = "1h"
    timezone: str = "UTC"
    active: bool = True
    created_by: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime = Field(sa_type=UtcTime, index=True)
    checked_at: datetime | None = Field(default=None, sa_type=UtcTime)
    failures: int = 0
    error: str = ""
