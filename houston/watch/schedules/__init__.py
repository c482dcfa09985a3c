"""When something falls due, as people write it: `every 15 minutes`, `weekdays at 9:00`, or five cron fields.

One grammar for alerts, feeds and definitions. What is kept is `words(text)`, which reads back as itself.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.schedules.grammar import read
from houston.watch.schedules.intervals import Every
from houston.watch.schedules.reading import EXAMPLES, ScheduleError
from houston.watch.schedules.wording import in_words

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def check(schedule: str) -> None:
    """Raises ScheduleError (an Invalid of the field `schedule`) for what nobody can read, or what never
    falls due."""
    next_due(schedule, BEGINNING, ZoneInfo("UTC"))


def words(schedule: str) -> str:
    """As it is kept and shown: `weekdays at 9:00`, `every 15 minutes`, `cron 0 9 * * 1-5`. Raises
    ScheduleError."""
    return in_words(read(schedule))


def next_due(schedule: str, after: datetime, zone: ZoneInfo) -> datetime:
    """The first due time later than `after`, in UTC. Raises ScheduleError."""
    try:
        return read(schedule).next(after.astimezone(UTC), zone)
    except StopIteration as error:
        raise ScheduleError("This never falls due", schedule, 0) from error


def period(schedule: str, now: datetime, zone: ZoneInfo) -> timedelta:
    """How long it is from one due time to the next, around `now`. Raises ScheduleError."""
    due = read(schedule)
    if isinstance(due, Every):
        return due.length
    first = next_due(schedule, now, zone)
    return next_due(schedule, first, zone) - first


__all__ = ["EXAMPLES", "ScheduleError", "check", "next_due", "period", "words"]
