from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Metric(SQLModel, table=True):
    """A named series of one client, optionally of one marketing channel ('' is none).

    `aggregate` is sum, mean, last or ratio (of the metrics named `numerator` and `denominator`);
    '' is undeclared and counts as mean.
    """

    __tablename__ = "metric"
    __table_args__ = (UniqueConstraint("client_id", "name", "channel", name="uq_metric_name"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    client_id: int = Field(foreign_key="client.id", sa_type=BigId)
    name: str
    channel: str = ""
    unit: str = ""
    aggregate: str = ""
    numerator: str = ""
    denominator: str = ""
    direction: str = ""
    key: bool = False


class Point(SQLModel, table=True):
    """One (time, value) of a metric."""

    __tablename__ = "point"

    metric_id: int = Field(primary_key=True, foreign_key="metric.id", sa_type=BigId)
    time: datetime = Field(primary_key=True, sa_type=UtcTime)
    value: float


class OutlierDefinition(SQLModel, table=True):
    """What to check, how and when.

    `metrics` is a pattern over `name` or `name/channel` (`*` matches anything). `schedule` is an
    interval (`15m`, `1h`, `1d`) or five cron fields in the workspace's time zone.
    """

    __tablename__ = "outlier_definition"

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    workspace_id: str | None = Field(default=None, foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", sa_type=BigId)
    name: str
    metrics: str
    sensitivity: str = "normal"
    direction: str = "both"
    season: str = "auto"
    minimum_change: float | None = None
    minimum_change_percent: float | None = None
    schedule: str = "1h"
    active: bool = True
    created_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime = Field(sa_type=UtcTime, index=True)
    error: str = ""


class Occurrence(SQLModel, table=True):
    """One detected deviation."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("definition_id", "metric_id", "time", name="uq_occurrence_point"),
        Index("ix_occurrence_time", "client_id", "time"),
    )

    id: int = Field(primary_key=True, sa_type=BigId)
    definition_id: int = Field(foreign_key="outlier_definition.id", sa_type=BigId)
    metric_id: int = Field(foreign_key="metric.id", sa_type=BigId)
    client_id: int = Field(foreign_key="client.id", sa_type=BigId)
    time: datetime = Field(sa_type=UtcTime)
    value: float
    expected: float
    lower: float
    upper: float
    score: float
    severity: str
    reason: str
    found_at: datetime = Field(sa_type=UtcTime)
