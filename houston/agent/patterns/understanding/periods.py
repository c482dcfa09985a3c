"""Finds the periods that a question names, in the order in which it names them."""

import re
from dataclasses import dataclass
from datetime import date

from houston.agent.patterns.understanding.dates import WEEKDAY
from houston.agent.patterns.understanding.parts import part_ahead
from houston.agent.patterns.understanding.period import Period, unit_start, whole
from houston.agent.patterns.understanding.period_rules import RULES
from houston.agent.patterns.understanding.ranges import of_month


@dataclass(frozen=True, kw_only=True)
class Found:
    period: Period
    start: int
    end: int


def find_periods(text: str, today: date) -> list[Found]:
    """Earlier rules are more specific; what one has read, no later one reads again."""
    found: list[Found] = []
    ahead = part_ahead(text, today)
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < seen.end and seen.start < match.end() for seen in found):
                continue
            if ahead and match.start() < ahead.end() and ahead.start() < match.end():
                continue
            if period := rule(match, today):
                found.append(Found(period=period, start=match.start(), end=match.end()))
    return _with_bare_days(text, sorted(found, key=lambda seen: seen.start), today)


def _with_bare_days(text: str, found: list[Found], today: date) -> list[Found]:
    """`1-14 Nov against 15-17`, `the first week of November (2-8)`: days of the month before."""
    more: list[Found] = []
    for match in BARE_DAYS.finditer(text):
        before = [seen for seen in found if seen.end <= match.start()]
        taken = any(match.start() < seen.end and seen.start < match.end() for seen in found)
        if taken or not before or (before[-1].period.end - before[-1].period.start).days > 31:
            continue
        if period := of_month(before[-1].period.start, int(match["first"]), int(match["last"]), today):
            more.append(Found(period=period, start=match.start(), end=match.end()))
    return _with_halves(text, sorted([*found, *more], key=lambda seen: seen.start), today)


def _with_halves(text: str, found: list[Found], today: date) -> list[Found]:
    """`the first half of May against the second half`"""
    more: list[Found] = []
    for match in BARE_HALF.finditer(text):
        before = [
            seen for seen in found if seen.end <= match.start() and " half" in text[seen.start : seen.end]
        ]
        if not before or any(match.start() < seen.end and seen.start < match.end() for seen in found):
            continue
        if period := half_of(match, before[-1].period, today):
            more.append(Found(period=period, start=match.start(), end=match.end()))
    return sorted([*found, *more], key=lambda seen: seen.start)


def half_of(match: re.Match[str], talked_of: Period, today: date) -> Period | None:
    """Of the month in which the period begins that was talked of."""
    month = unit_start(talked_of.start, "month")
    last = match["which"] in ("second", "2nd", "last", "other")
    return of_month(month, *((16, whole(month, "month").end.day) if last else (1, 15)), today)


BARE_HALF = re.compile(r"\b(?:the )?(?P<which>first|second|1st|2nd|last|other) half\b(?! of)")
BARE_DAYS = re.compile(
    r"(?<![\w.,/-])(?P<first>\d{1,2})(?:\s*(?:-|–)\s*|(?:st|nd|rd|th)\s*(?:-|–|to|and|through|until|"
    r"till)\s*(?:the )?)(?P<last>\d{1,2})(?:st|nd|rd|th)?(?![\w.,/%-])"
)


__all__ = ["WEEKDAY", "Found", "find_periods"]
