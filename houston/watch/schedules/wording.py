"""A schedule as people read it, and as it can be typed again."""

from datetime import timedelta

from houston.watch.schedules.clock import LAST_DAY, Monthly, Weekly
from houston.watch.schedules.cron import Cron
from houston.watch.schedules.intervals import Every

Schedule = Every | Weekly | Monthly | Cron

NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
GROUPS = {tuple(range(7)): "daily", (0, 1, 2, 3, 4): "weekdays", (5, 6): "weekends"}
UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def in_words(schedule: Schedule) -> str:
    if isinstance(schedule, Every):
        return _every(schedule.length)
    if isinstance(schedule, Cron):
        return f"cron {schedule.fields}"
    days = _months(schedule) if isinstance(schedule, Monthly) else _week(schedule)
    return f"{days} at {listed([f'{each // 60}:{each % 60:02}' for each in schedule.minutes])}"


def listed(parts: list[str]) -> str:
    """`9:00`, `9:00 and 17:00`, `9:00, 13:00 and 17:00`."""
    return " and ".join([part for part in (", ".join(parts[:-1]), parts[-1]) if part])


def _every(length: timedelta) -> str:
    """A whole day is 24 hours, since `every day` goes by the clock."""
    seconds = length // timedelta(seconds=1)
    if seconds in (3_600, 86_400):
        return "hourly" if seconds == 3_600 else "every 24 hours"
    unit, size = next(each for each in UNITS if seconds % each[1] == 0)
    count = seconds // size
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def _week(schedule: Weekly) -> str:
    return GROUPS.get(schedule.days) or listed([NAMES[day] for day in schedule.days])


def _months(schedule: Monthly) -> str:
    days = [_ordinal(day) for day in schedule.days]
    return f"monthly on the {listed(days)}"


def _ordinal(day: int) -> str:
    if day == LAST_DAY:
        return "last day"
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
