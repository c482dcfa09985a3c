"""A metric feed as it is filled in, and as people see it."""

from dataclasses import dataclass
from datetime import datetime

from store.tables import MetricFeed


@dataclass(frozen=True, kw_only=True)
class FeedDraft:
    """A feed as somebody filled it in. `metric` names the points of rows that have no such column;
    without a time zone it is the workspace's. Of a client's data source it is that client's."""

    name: str
    source_id: int
    sql: str
    metric: str = ""
    schedule: str = "1h"
    timezone: str | None = None
    client_id: int | None = None
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class FeedSeen:
    """`words` is the schedule in words; `source_name` and `client` as in ReportSeen."""

    feed: MetricFeed
    source_name: str
    client: str | None
    words: str


@dataclass(frozen=True, kw_only=True)
class FeedPreview:
    """What a query would feed: `metrics` as `name` or `name/channel`; `problems` of rows that would be
    left out."""

    points: int
    metrics: tuple[str, ...]
    newest: datetime | None
    problems: tuple[str, ...]
