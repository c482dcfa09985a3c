"""When what is scheduled falls due; shared by alerts and feeds."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from houston.access import Actor
from houston.errors import Invalid
from houston.watch import schedules
from store import UnitOfWork

LEASE = timedelta(minutes=5)
"""How long the one who looks has it alone; after a crash another one looks then."""

LONGEST_TURN = 240.0
"""Seconds, well within the lease."""

RETRY = timedelta(minutes=5)
"""A failure is not left for tomorrow, until it is told."""

TOLD_AFTER = 3
"""Failures in a row."""

UNREADABLE = timedelta(hours=1)


def zone(name: str) -> ZoneInfo:
    """Raises Invalid for `timezone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "timezone", f"I know no time zone {name[:60]!r}: write one like Europe/Berlin."
        ) from error


async def zone_name(uow: UnitOfWork, actor: Actor, wanted: str | None) -> str:
    """What was chosen, else the workspace's. Raises Invalid for `timezone`."""
    if wanted:
        return zone(wanted.strip()).key
    home = actor.scope.workspace_id
    workspace = await uow.workspaces.find(id=home) if home else None
    return workspace.timezone if workspace else "UTC"


def first_due(schedule: str, now: datetime, where: ZoneInfo) -> datetime:
    """At once where it goes by an interval; what goes by the clock waits for its time, since before that
    a day is not complete. Raises Invalid."""
    due = schedules.next_due(schedule, now, where)
    is_interval = schedules.next_due(schedule, now + timedelta(seconds=1), where) != due
    return now if is_interval else due


def due_after(schedule: str, now: datetime, where: ZoneInfo, *, failures: int) -> datetime:
    """Sooner than the schedule says while a failure has not been told."""
    due = schedules.next_due(schedule, now, where)
    return min(due, now + RETRY) if 0 < failures < TOLD_AFTER else due


def words(schedule: str) -> str:
    """In words; as it is kept, where nobody can read it any more."""
    try:
        return schedules.words(schedule)
    except Invalid:
        return schedule
