"""Five cron fields with Unix weekdays (1 is Monday)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

FIELDS = ("minute", "hour", "day-of-month", "month", "day-of-week")
FIELD = re.compile(r"[\d*,/\-]+")
NAMED_FIELD = re.compile(r"[\d*,/#\-a-z]+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Cron:
    """Fires once per local date on both days when clocks change; only what names no hour (`*`) follows
    the time that passes."""

    fields: str

    def next(self, after: datetime, zone: ZoneInfo) -> datetime:
        """The first such moment later than `after`, in UTC. Raises StopIteration where there is none."""
        for local in CronSim(self.fields, after.astimezone(zone)):
            if (at := local.astimezone(UTC)) > after:
                return at
        raise StopIteration


def is_meant(text: str) -> bool:
    """Whether this is cron, or was meant to be."""
    fields = text.split()
    if "*" in text or (len(fields) > 1 and all(FIELD.fullmatch(each) for each in fields)):
        return True
    named = len(fields) == len(FIELDS) and all(NAMED_FIELD.fullmatch(each) for each in fields)
    return named and all(FIELD.fullmatch(each) for each in fields[:2])


def mistake(text: str) -> tuple[str, int] | None:
    """What is wrong and where; None for cron that falls due some day."""
    spots = [each.start() for each in re.finditer(r"\S+", text)]
    if len(spots) != len(FIELDS):
        at = spots[len(FIELDS)] if len(spots) > len(FIELDS) else len(text)
        return f"Cron has five fields (minute, hour, day, month, weekday) and this has {len(spots)}", at
    try:
        next(CronSim(text, datetime(2026, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        name = str(error).removeprefix("Bad ")
        return f"Cron knows no such {name}", spots[FIELDS.index(name)] if name in FIELDS else 0
    except StopIteration:
        return "This never falls due", 0
    return None
