"""What is asked: a message read in the light of the conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from houston.agent.patterns.understanding.conditions import Bounds, Condition
from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.reckoned import Hours

Intent = Literal[
    "performance", "overview", "why", "outliers", "notes", "note", "customers", "new_customers", "returning",
    "customer_count", "tasks", "alerts", "episodes", "rules", "destinations", "reports", "report", "calendar",
    "definition", "calculate", "metrics", "clients", "switch", "help", "hello", "thanks", "write",
    "refused", "beyond", "briefing", "moment", "job_rank", "last_run", "job", "customer_share", "unpicked",
    "unknown",
]  # fmt: skip
MOST_METRICS = 6


@dataclass(frozen=True, kw_only=True)
class Question:
    intent: Intent = "unknown"
    metrics: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    client: str | None = None
    """The slug of a client that this very message names."""
    clients: tuple[str, ...] = ()
    """Names of several clients that are held against each other."""
    period: Period | None = None
    assumed_period: bool = False
    by: str = "total"
    compare: str | None = None
    against: Period | None = None
    rank: str | None = None
    limit: int | None = None
    measure: str | None = None
    counted: bool = False
    chart: bool = False
    status: str | None = None
    severity: str | None = None
    state: str | None = None
    search: str = ""
    author: str = ""
    segment: str | None = None
    order_by: str = "revenue"
    condition: Condition | None = None
    """Which customers are meant."""
    bounds: Bounds | None = None
    """Of the rows, only those between these."""
    weekdays: tuple[str, ...] = ()
    """Only these days of the week."""
    place: int = 1
    """Of what is ranked: 2 is the second best."""
    unclear: tuple[tuple[str, ...], ...] = ()
    """For each name that fits several things: those things."""
    strays: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    raw: str = ""
    declined: str = ""
    """The kind of a refusal, or the words that no data answers."""
    write: str = ""
    """The write tool that is asked for."""
    expression: str = ""
    formula: Formula | None = None
    earlier: Period | None = None
    """The period that was talked of before a follow-up moved on to this one."""
    hours: Hours | None = None
    follows: bool = False
    """It only changes a part of the question before."""
    moment: datetime | None = None
    """The time of the outlier that is talked of."""
    outlier: str = ""
    """The id of an outlier that was pointed at."""
    picked: bool = False
    """It is about one row of what was listed."""
    about: str = ""
    """The slug of the client that the last answer came to, though nobody chose it."""
    about_channel: str = ""
    """The channel that the last answer came to."""
    beside: tuple[str, ...] = ()
    """The channels that were talked of just before these: `both` are all of them."""
    job: str = ""
    """The job that `it` stands for."""
    elsewhere: bool = False
    """Whether it was the same for another client or channel."""
    refers: bool = False
    """What is searched for was not said, but talked of: `any notes about that?`"""
    listed: "Question | None" = None
    """The question whose rows `their` stands for."""
