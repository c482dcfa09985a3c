from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Every:
    """So long after the time before, whatever the clocks show."""

    length: timedelta

    def next(self, after: datetime, zone: ZoneInfo) -> datetime:
        return after + self.length
