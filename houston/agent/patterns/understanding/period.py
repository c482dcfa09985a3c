from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year"]
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
ALL_TIME = date(2000, 1, 1)
"""Before any point: `all time` begins here."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days, the last one included."""

    start: date
    end: date
    so_far: Unit | None = None
    """The unit that is still under way, where the period is one up to today."""

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls(start=day, end=day)

    @classmethod
    def last_days(cls, count: int, today: date) -> "Period":
        """Full days: today, which is not over, is left out."""
        return cls(start=today - timedelta(days=count), end=today - timedelta(days=1))

    @classmethod
    def around(cls, day: date, today: date) -> "Period":
        return cls(start=day - timedelta(days=6), end=min(day + timedelta(days=1), today))


def unit_start(day: date, unit: Unit) -> date:
    """The first day of the week (a Monday), month, quarter or year that this day is in."""
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case "year":
            return date(day.year, 1, 1)


def shifted(start: date, unit: Unit, count: int) -> date:
    """The first day of the unit that lies `count` units later."""
    if unit in ("day", "week"):
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    months = start.year * 12 + start.month - 1 + count * MONTHS_IN[unit]
    return date(months // 12, months % 12 + 1, 1)


def whole(day: date, unit: Unit) -> Period:
    """The whole unit that this day is in."""
    start = unit_start(day, unit)
    return Period(start=start, end=shifted(start, unit, 1) - timedelta(days=1))


def so_far(today: date, unit: Unit) -> Period:
    return Period(start=unit_start(today, unit), end=today, so_far=unit)


def ago(today: date, unit: Unit, count: int) -> Period:
    return whole(shifted(unit_start(today, unit), unit, -count), unit)


def until_today(period: Period, unit: Unit, today: date) -> Period:
    """A unit that is still under way ends today."""
    return so_far(today, unit) if period.start <= today < period.end else period
