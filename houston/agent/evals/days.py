"""How a day may be written."""

from collections.abc import Iterator
from datetime import date, timedelta


def spellings(day: date, today: date) -> Iterator[str]:
    """The usual ones, without capitals."""
    number, short, long = day.day, f"{day:%b}".lower(), f"{day:%B}".lower()
    yield day.isoformat()
    for month in (short, long):
        yield from (f"{number} {month}", f"{month} {number}", f"{month} {number:02}")
        yield from (f"{number}{_ordinal(number)} {month}", f"{number}{_ordinal(number)} of {month}")
    yield from {today: ("today",), today - timedelta(days=1): ("yesterday",)}.get(day, ())


def _ordinal(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(0 if 10 < number < 14 else number % 10, "th")
