"""The dates that the parts of a written date mean."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
Span = tuple[date, date]
Known = Callable[[date], bool]
"""Whether something that was returned is of that day."""


def nothing_known(day: date) -> bool:
    return False


def dates(said: Mapping[str, str], today: date, known: Known) -> Span:
    """Of a day, a range of days in one month, or a month. Raises ValueError where there is none such."""
    month = int(said["number"]) if "number" in said else MONTHS.index(said["month"][:3].lower()) + 1
    if "day" not in said:
        return month_of(int(said.get("year", today.year)), month)
    day = int(said["day"])
    if month > 12 and "number" in said:
        day, month = month, day
    until = int(said.get("until", day))
    if "year" in said:
        year = int(said["year"])
        return date(year, month, day), date(year, month, until)
    near = [
        date(year, month, day)
        for year in (today.year - 1, today.year, today.year + 1)
        if _exists(year, month, day)
    ]
    if not near:
        raise ValueError
    first = min(near, key=lambda one: (not known(one), abs((one - today).days)))
    return first, first.replace(day=until)


def _exists(year: int, month: int, day: int) -> bool:
    return not (month == 2 and day == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def month_of(year: int, month: int) -> Span:
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def weeks_or_quarter(said: Mapping[str, str], today: date) -> Span | None:
    """Of `week 46`, `Q3`, `H1`; None where there is none such."""
    year = int(said.get("year", today.year))
    try:
        if "week" in said:
            first = date.fromisocalendar(year, int(said["week"]), 1)
            return first, first + timedelta(days=6)
        number, months = int(said["quarter"][1]), 3 if said["quarter"][0] in "Qq" else 6
        return month_of(year, (number - 1) * months + 1)[0], month_of(year, number * months)[1]
    except ValueError:
        return None


def relative(word: str, today: date) -> Span:
    """Of today, yesterday, this or last week or month."""
    if word in ("today", "yesterday"):
        day = today - timedelta(days=word == "yesterday")
        return day, day
    if word.endswith("week"):
        monday = today - timedelta(days=today.weekday() + 7 * word.startswith("last"))
        return monday, monday + timedelta(days=6)
    first = today.replace(day=1)
    if word.startswith("last"):
        first = (first - timedelta(days=1)).replace(day=1)
    return month_of(first.year, first.month)


def in_same_years(first: date, last: date) -> date:
    """The first day of a range whose year is said at its end only: the nearest before the last."""
    for year in (last.year, last.year - 1):
        if _exists(year, first.month, first.day) and (moved := first.replace(year=year)) <= last:
            return moved
    return first
