"""Periods that are named by their ends or as a part: `since Monday`, `the first half of May`."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from houston.agent.patterns.understanding.dates import MONTH, MONTHS, WEEKDAYS, day_of
from houston.agent.patterns.understanding.period import Period, ago, whole
from houston.agent.patterns.understanding.units import (
    WORDED,
    last_unit,
    month,
    newest,
    number,
    quarter,
    this_unit,
    year,
)

UNIT = r"(?:day|week|month|quarter|year)"


Rule = Callable[[re.Match[str], date], Period | None]


def of_month(month: date, first: int, last: int, today: date) -> Period | None:
    full = whole(month, "month")
    if not 1 <= first <= last <= full.end.day:
        return None
    start, end = full.start + timedelta(days=first - 1), full.start + timedelta(days=last - 1)
    return Period(start=start, end=min(end, today)) if start <= today else None


def day_of_month(match: re.Match[str], today: date) -> Period | None:
    """`on the 11th`: the newest one."""
    for start in (whole(today, "month").start, ago(today, "month", 1).start):
        day = of_month(start, int(match["number"]), int(match["number"]), today)
        if day and day.start.month == start.month:
            return day
    return None


def between(match: re.Match[str], today: date) -> Period | None:
    first, last = point(match["first"], today), point(match["last"], today)
    if first is None or last is None or MOVED.search(match.string[: match.start()]):
        return None
    start, end = first.start, last.end
    if end < start:
        earlier = point(match["first"], end)
        start = earlier.start if earlier else start
    return Period(start=start, end=end) if start <= end else None


def days_of_month(match: re.Match[str], today: date) -> Period | None:
    ending = " ".join(filter(None, (match["month"], match["year"])))
    first = day_of(f"{int(re.sub(r'[a-z]', '', match['first']))} {ending}", today)
    last = day_of(f"{int(re.sub(r'[a-z]', '', match['last']))} {ending}", today)
    return Period(start=first.start, end=last.end) if first and last and first.start <= last.end else None


def since(match: re.Match[str], today: date) -> Period | None:
    first = point(match["first"], today)
    if first is None or first.start > today:
        return None
    start = first.end + timedelta(days=1) if match["word"] == "after" else first.start
    return Period(start=start, end=today) if start <= today else None


def nth_weekday(match: re.Match[str], today: date) -> Period | None:
    """`the first Monday of September`"""
    of = point(match["of"], today)
    if of is None:
        return None
    full, place = whole(of.start, "month"), WORDED[match["word"]]
    days = [full.start + timedelta(days=n) for n in range((full.end - full.start).days + 1)]
    same = [day for day in days if WEEKDAYS[day.weekday()] == match["day"]]
    chosen = same[-1] if place == -1 else same[place - 1]
    return Period.day(chosen) if chosen <= today else None


def part(match: re.Match[str], today: date) -> Period | None:
    """`the first half of November`, `the last 3 days of October`, `the second week of this month`."""
    of = point(match["of"], today)
    if of is None:
        return None
    full = whole(of.start, "month") if (of.end - of.start).days < 31 else of
    place, last = WORDED[match["word"]], WORDED[match["word"]] == -1
    count = number(match["count"]) if match["count"] else 1
    days = (full.end - full.start).days + 1
    if match["part"] == "half":
        size, place = (days + 1) // 2, 2 if last else place
        middle = full.start + timedelta(days=15 if days <= 31 else size)
        period = (
            Period(start=full.start, end=middle - timedelta(days=1))
            if place == 1
            else Period(start=middle, end=full.end)
        )
    else:
        size = count * (7 if match["part"].startswith("week") else 1)
        start = (
            full.end - timedelta(days=size - 1) if last else full.start + timedelta(days=size * (place - 1))
        )
        period = Period(start=start, end=min(start + timedelta(days=size - 1), full.end))
    return Period(start=period.start, end=min(period.end, today)) if period.start <= today else None


def months(match: re.Match[str], today: date) -> Period | None:
    last = newest(today, "month", MONTHS.index(match["last"][:3]) + 1, match["year"])
    if last is None or MOVED.search(match.string[: match.start()]):
        return None
    first = newest(last.end, "month", MONTHS.index(match["first"][:3]) + 1, None)
    return Period(start=first.start, end=last.end) if first else None


def date_of(match: re.Match[str], today: date) -> Period | None:
    return day_of(match["day"], today)


def point(words: str, today: date) -> Period | None:
    words = " ".join(words.split()).removeprefix("the ").removeprefix("in ")
    for pattern, rule in POINTS:
        if match := pattern.fullmatch(words):
            return rule(match, today)
    return day_of(words, today)


def rule_of(pattern: str, rule: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), rule


YEAR_NAMED = r"(?:,?\s+(?:of\s+|in\s+)?(?P<year>20\d\d))?"

POINTS = (
    rule_of(rf"(?:in )?(?P<month>{MONTH})(?P<lastyear>){YEAR_NAMED}", month),
    rule_of(rf"(?P<whose>)q(?P<number>[1-4])(?P<word>){YEAR_NAMED}", quarter),
    rule_of(rf"(?P<word>last|previous) (?P<unit>{UNIT})(?P<before>)", last_unit),
    rule_of(rf"(?P<word>)(?P<unit>{UNIT}) (?P<before>before last)", last_unit),
    rule_of(rf"this (?P<unit>{UNIT})", this_unit),
    rule_of(r"(?P<year>20\d\d)", year),
)

MOVED = re.compile(
    r"\b(?:chang\w*|gr[eo]w\w*|increas\w*|decreas\w*|declin\w*|differ\w*|compar\w*|rose|"
    r"rise|fell|fall|drop\w*|went|jump\w*|moved?)\b.*$"
)
"""`changed from October to November` names two periods, not one."""
