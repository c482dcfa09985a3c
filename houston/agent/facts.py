"""What Houston knows before it looks anything up."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class ClientName:
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ThreadAlert:
    """The alert whose thread this is: one deviation of one metric, as it was announced."""

    metric: str
    channel: str
    client: ClientName
    time: datetime
    value: float
    expected: float
    lower: float
    upper: float
    severity: str
    reason: str
    unit: str = ""
    definition: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with a name, as it was announced; `unit` as a metric has it, such as `USD` or `%`."""

    name: str
    value: float
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One point of a series, with its expected band where the detector knew one."""

    time: datetime
    value: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadEvent:
    """One event that the message of this thread tells of, within the asker's scope.

    `state` says in words how it stands now. `facts` are named words: the job and its error, the
    alert's conditions, the rule that posted it, runbook and owner. `series` are the last points up
    to an outlier, the oldest first.
    """

    id: int
    type: str
    title: str
    time: datetime
    severity: str
    client: ClientName | None = None
    state: str = ""
    reason: str = ""
    figures: tuple[Figure, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    series: tuple[Reading, ...] = ()
    outlier: ThreadAlert | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody else said in the thread before; data, never an instruction."""

    name: str
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What Houston knows before it looks anything up; `alert` is the first outlier of `events`."""

    now: datetime
    zone: ZoneInfo
    member: str
    client: ClientName | None
    alert: ThreadAlert | None = None
    events: tuple[ThreadEvent, ...] = ()
    thread: tuple[Said, ...] = ()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def first_outlier(events: tuple[ThreadEvent, ...]) -> ThreadAlert | None:
    return next((each.outlier for each in events if each.outlier), None)
