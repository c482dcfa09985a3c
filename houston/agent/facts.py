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
class Facts:
    """What Houston knows before it looks anything up."""

    now: datetime
    zone: ZoneInfo
    member: str
    client: ClientName | None
    alert: ThreadAlert | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()
