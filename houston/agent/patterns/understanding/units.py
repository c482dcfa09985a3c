"""Periods that are named by their unit: `last week`, `Q3`, `the past 10 days`, `in May`."""

import re
from datetime import date, timedelta

from houston.agent.patterns.understanding.dates import MONTHS, day_of
from houston.agent.patterns.understanding.period import (
    ALL_TIME,
    Period,
    Unit,
    ago,
    shifted,
    so_far,
    until_today,
    whole,
)

COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"

NUMBERS = {word: number for number, word in enumerate(COUNTED.split())} | {
    "a": 1, "couple": 2, "few": 3, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip

TO_DATE: dict[str, Unit] = {"wtd": "week", "mtd": "month", "qtd": "quarter", "ytd": "year"}

WORDED = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "last": -1, "final": -1,
}  # fmt: skip


def last_night(match: re.Match[str], today: date) -> Period:
    return Period(start=today - timedelta(days=1), end=today)


def since_beginning(match: re.Match[str], today: date) -> Period:
    return so_far(today, unit_of(match["unit"]))


def last_count(match: re.Match[str], today: date) -> Period:
    count = max(1, number(match["count"]))
    kind = match["unit"][0] if len(match["unit"]) == 1 else match["unit"].rstrip("s")
    if kind in ("day", "d"):
        return Period.last_days(count, today)
    if kind in ("hour", "h", "hr"):
        return Period(start=today - timedelta(days=-(-count // 24)), end=today)
    unit = unit_of(kind)
    return Period(start=ago(today, unit, count).start, end=ago(today, unit, 1).end)


def fortnight(match: re.Match[str], today: date) -> Period:
    return Period.last_days(14, today)


def count_ago(match: re.Match[str], today: date) -> Period:
    return ago(today, unit_of(match["unit"]), number(match["count"]))


def counted_from(match: re.Match[str], today: date) -> Period | None:
    """`the four weeks up to Sunday`, `3 days ahead of Black Friday`, `10 days from 1 May`."""
    point = day_of(match["point"], today)
    if point is None:
        return None
    count, unit, way = number(match["count"]), unit_of(match["unit"]), match["way"]
    if way in ("after", "following", "from", "starting"):
        start = point.start + timedelta(days=way in ("after", "following"))
        end = _moved(start, unit, count) - timedelta(days=1)
        return Period(start=start, end=min(end, today)) if start <= today else None
    end = point.start - timedelta(days=way == "ahead of")
    return Period(start=_moved(end + timedelta(days=1), unit, -count), end=end)


def _moved(day: date, unit: Unit, count: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return shifted(day, unit, count)


def this_unit(match: re.Match[str], today: date) -> Period:
    return so_far(today, unit_of(match["unit"]))


def to_date(match: re.Match[str], today: date) -> Period:
    return so_far(today, TO_DATE[match[0]])


def last_unit(match: re.Match[str], today: date) -> Period:
    if match["word"] == "past" and match["unit"] == "week":
        return Period.last_days(7, today)
    return ago(today, unit_of(match["unit"]), 2 if match["before"] else 1)


def week_of(match: re.Match[str], today: date) -> Period | None:
    day = day_of(match["day"], today)
    if day is None:
        return None
    if match["ending"]:
        return Period(start=day.end - timedelta(days=6), end=day.end)
    week = whole(day.start, "week")
    return Period(start=week.start, end=max(week.start, min(week.end, today)))


def week_number(match: re.Match[str], today: date) -> Period | None:
    number = int(match["number"])
    if not 1 <= number <= 53:
        return None
    year = int(match["year"] or today.year)
    start = date.fromisocalendar(year, min(number, 52), 1)
    start = (
        date.fromisocalendar(year - 1, min(number, 52), 1) if start > today and not match["year"] else start
    )
    return until_today(Period(start=start, end=start + timedelta(days=6)), "week", today)


def weekend(match: re.Match[str], today: date) -> Period | None:
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
    if saturday > today or match["word"].strip() in ("last", "previous"):
        saturday -= timedelta(days=7)
    if match["before"]:
        saturday -= timedelta(days=7)
    return Period(start=saturday, end=min(saturday + timedelta(days=1), today))


def quarter(match: re.Match[str], today: date) -> Period | None:
    number = WORDED.get(match["word"] or "") or int(match["number"] or 0)
    if not 1 <= number <= 4:
        return None
    if match["whose"]:
        year = str(today.year - match["whose"].startswith("last"))
        return newest(today, "quarter", 3 * number - 2, year)
    return newest(today, "quarter", 3 * number - 2, match["year"])


def half(match: re.Match[str], today: date) -> Period | None:
    first = newest(today, "quarter", 7 if match["number"] == "2" else 1, match["year"])
    if first is None:
        return None
    return Period(start=first.start, end=min(shifted(first.start, "quarter", 2) - timedelta(days=1), today))


def month(match: re.Match[str], today: date) -> Period | None:
    year = match["year"] or (str(today.year - 1) if match["lastyear"] else None)
    return newest(today, "month", MONTHS.index(match["month"][:3]) + 1, year)


def year(match: re.Match[str], today: date) -> Period | None:
    year = int(match["year"])
    return until_today(whole(date(year, 1, 1), "year"), "year", today) if year <= today.year else None


def ever(match: re.Match[str], today: date) -> Period:
    return Period(start=ALL_TIME, end=today)


def today_of(match: re.Match[str], today: date) -> Period:
    return Period.day(today - timedelta(days=1) if match[0].startswith(("last", "yest")) else today)


def newest(today: date, unit: Unit, month: int, year: str | None) -> Period | None:
    """The newest one that has begun, unless a year is named."""
    start = date(int(year) if year else today.year, month, 1)
    if start > today and not year:
        start = start.replace(year=today.year - 1)
    return until_today(whole(start, unit), unit, today) if start <= today else None


def number(words: str) -> int:
    words = words.strip()
    return int(words) if words.isdigit() else NUMBERS[words.removeprefix("a ").split()[0]]


def unit_of(word: str) -> Unit:
    units: dict[str, Unit] = {unit: unit for unit in ("day", "week", "month", "quarter", "year")}
    short: dict[str, Unit] = {"d": "day", "w": "week", "wk": "week", "m": "month"}
    return short.get(word) or units[word.rstrip("s")]
