from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from store.columns import BigId, UtcTime


class Metric(SQLModel, table=True):
    """A named series of one client, optionally of one marketing channel ('' is none).

    `aggregate` is sum, mean, last or ratio (of the metrics named `numerator` and `denominator`);
    '' is undeclared and counts as mean. `freshness` is how old its newest point may be (`3h`), '' any age.
    `revision` goes up with each change of its past: points that were corrected, or came late;
    `revisions` are the earliest times of the newest such changes.
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
    freshness: str = ""
    revision: int = 0
    revisions: list[str] = Field(default_factory=list, sa_type=JSON)


class Point(SQLModel, table=True):
    """One (time, value) of a metric."""

    __tablename__ = "point"

    metric_id: int = Field(primary_key=True, foreign_key="metric.id", sa_type=BigId)
    time: datetime = Field(primary_key=True, sa_type=UtcTime)
    value: float


class OutlierDefinition(SQLModel, table=True):
    """What to check, how and when.

    `metrics` is a pattern over `name` or `name/channel` (`*` matches anything). `schedule` is an
    interval (`15m`, `1h`, `1d`) or five cron fields in the workspace's time zone. Days in `excluded`
    (`2026-12-24`, `2026-12-24..2027-01-02`) and the public holidays of `country` (ISO 3166) are learned
    from and never told.
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
    country: str = ""
    excluded: list[str] = Field(default_factory=list, sa_type=JSON)
    active: bool = True
    created_by: str = ""
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


class Episode(SQLModel, table=True):
    """From firing to resolved, of one thing that is watched, for one client.

    `fired` is the payload of the event that opened it, `current` that of the newest check: the value
    that fired stays beside the one of now. `count` is how often it was seen. `acknowledged_by` and
    `assigned_to` name members as `T1/U1`. `version` goes up with whatever a message shows of it.
    """

    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_opened", "client_id", "opened_at"),
        Index("ix_episode_state", "state"),
    )

    id: int = Field(primary_key=True, sa_type=BigId)
    key: str = Field(index=True)
    type: str
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    subject: str = ""
    severity: str = "warning"
    state: str = "firing"
    opened_at: datetime = Field(sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcTime)
    count: int = 1
    fired: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    current: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    acknowledged_by: str = ""
    acknowledged_name: str = ""
    acknowledged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    assigned_to: str = ""
    assigned_name: str = ""
    assigned_by: str = ""
    dismissed_by: str = ""
    dismissed_name: str = ""
    version: int = 1


class Review(SQLModel, table=True):
    """What somebody said of an episode that outliers opened: that it was none. One for each episode."""

    __tablename__ = "review"

    episode_id: int = Field(primary_key=True, foreign_key="episode.id", sa_type=BigId)
    definition_id: int = Field(foreign_key="outlier_definition.id", sa_type=BigId, index=True)
    client_id: int = Field(foreign_key="client.id", sa_type=BigId)
    said_by: str
    said_name: str
    said_at: datetime = Field(sa_type=UtcTime)
    change: str = ""


class Lifecycle(SQLModel, table=True):
    """Where one thing that is watched stands: the memory of houston/watch/lifecycle.py.

    `key` names it: `outlier:<definition>`, `freshness:<client>:<metric>`, `task:<client>:<job>`,
    `fault:<fingerprint>`, `alert:<id>`. `recent` are the newest verdicts of N of M, `told` the phase
    that was announced last for the episode.
    """

    __tablename__ = "lifecycle"

    key: str = Field(primary_key=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", sa_type=BigId)
    state: str = "ok"
    since: datetime = Field(sa_type=UtcTime)
    recent: list[bool] = Field(default_factory=list, sa_type=JSON)
    seen_at: datetime | None = Field(default=None, sa_type=UtcTime)
    breached_at: datetime | None = Field(default=None, sa_type=UtcTime)
    episode_id: int | None = Field(default=None, foreign_key="episode.id", sa_type=BigId)
    told: str = ""
    told_at: datetime | None = Field(default=None, sa_type=UtcTime)
    told_severity: str = ""
    failures: int = 0
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    snoozed_until_change: bool = False
    snoozed_by: str = ""
    snoozed_name: str = ""
