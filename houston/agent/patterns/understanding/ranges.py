"""Periods that are named by their ends: `since Monday`, `1-14 Nov`, `between May and July`."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from houston.agent.patterns.understanding.dates import MONTH, MONTHS, day_of
from houston.agent.patterns.understanding.period import Period, ago, whole
from houston.agent.patterns.understanding.units import (
    NUMBERS,
    last_unit,
    month,
    newest,
    quarter,
    this_unit,
    year,
)

UNIT = r"(?:day|week|month|quarter|year)"
COUNT = rf"(?:\d{{1,3}}|(?:a )?couple(?: of)?|(?:a )?few|{'|'.join(NUMBERS)})"
FOR = r"(?:in |for |during |over |within |across |of )?(?:the |my |our )?"


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


def days_of_newest_month(match: re.Match[str], today: date) -> Period | None:
    """`from the 1st to the 5th`: of the newest month in which both have come."""
    first, last = (int(re.sub(r"[a-z]", "", match[end])) for end in ("first", "last"))
    for start in (whole(today, "month").start, ago(today, "month", 1).start):
        days = of_month(start, first, last, today)
        if days and days.end.day == last:
            return days
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
