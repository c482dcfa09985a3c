"""When something falls due: an interval (`90s`, `15m`, `1h`, `1d`) or five cron fields in a time zone.

Cron has Unix weekdays (1 is Monday) and fires once per local date on both days when clocks change.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from houston.errors import Invalid

INTERVAL = re.compile(r"(\d{1,6})\s*([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def check(schedule: str) -> None:
    """Raises Invalid for what is neither an interval nor cron."""
    next_due(schedule, datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))


def next_due(schedule: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The first due time later than `after`, in UTC."""
    every = interval(schedule)
    if every:
        return after + every
    try:
        return next(CronSim(schedule.strip(), after.astimezone(zone))).astimezone(UTC)
    except (CronSimError, StopIteration) as error:
        raise Invalid(
            "schedule",
            f"{schedule[:60]!r} is no schedule: write an interval like 15m or cron like 0 9 * * 1-5.",
        ) from error


def period(schedule: str, now: datetime, zone: ZoneInfo) -> timedelta:
    """How long it is from one due time to the next, around `now`."""
    first = next_due(schedule, now, zone)
    return interval(schedule) or next_due(schedule, first, zone) - first


def interval(schedule: str) -> timedelta | None:
    match = INTERVAL.fullmatch(schedule.strip().lower())
    if not match or int(match[1]) == 0:
        return None
    return timedelta(**{UNITS[match[2]]: int(match[1])})
