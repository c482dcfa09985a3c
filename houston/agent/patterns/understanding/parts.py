"""Parts of a month, a quarter or a year: `last Friday of October`, `mid-May`, `the first half of 2025`."""

import re
from datetime import date, timedelta

from houston.agent.patterns.understanding.dates import MONTH, WEEKDAY, WEEKDAYS
from houston.agent.patterns.understanding.period import Period, Unit, whole
from houston.agent.patterns.understanding.ranges import COUNT, FOR, Rule, point, rule_of
from houston.agent.patterns.understanding.units import WORDED, number

WHICH = r"(?P<word>first|1st|second|2nd|third|3rd|fourth|4th|last|final)"
OF = (
    rf"(?:of|in) (?:the )?(?P<of>{MONTH}(?:,?\s+20\d\d)?|(?:(?:this|last|previous|current) )?"
    rf"(?:month|quarter|year)|q[1-4](?:\s+20\d\d)?|20\d\d)"
)


def named_part(match: re.Match[str], today: date) -> Period | None:
    """Whole, also where it is still to come; None where there is no such part."""
    full = _whole_of(match["of"], today)
    if full is None:
        return None
    said = match.groupdict()
    if said.get("third"):
        return _third_of(full, said["third"])
    place = WORDED.get(match["word"]) or number(match["word"])
    if said.get("day"):
        return _weekday_of(full, said["day"], place)
    if said.get("part") == "weekend":
        return _weekend_of(full, place)
    if said.get("part") == "half":
        return _half_of(full, place) if place in (1, 2, -1) else None
    counted = said.get("parts") or said.get("part") or "week"
    size = number(said.get("count") or "one") * (7 if counted.startswith("week") else 1)
    start = full.end - timedelta(days=size - 1) if place == -1 else full.start + _days(size * (place - 1))
    if not full.start <= start <= full.end:
        return None
    return Period(start=start, end=min(start + _days(size - 1), full.end))


def part(match: re.Match[str], today: date) -> Period | None:
    """Up to today, where it is still under way."""
    named = named_part(match, today)
    if named is None or named.start > today:
        return None
    return Period(start=named.start, end=min(named.end, today))


PARTS: tuple[tuple[re.Pattern[str], Rule], ...] = (
    rule_of(rf"(?:on |for )?(?:the )?{WHICH} (?P<day>{WEEKDAY}) {OF}", part),
    rule_of(
        rf"{FOR}{WHICH} (?:(?P<count>{COUNT}) (?P<parts>weeks|days)|(?P<part>half|week|day|weekend)) {OF}",
        part,
    ),
    rule_of(rf"{FOR}(?P<third>early|mid|late)[- ](?:in )?(?P<of>{MONTH}(?:,?\s+20\d\d)?)", part),
    rule_of(rf"{FOR}(?:week|wk) (?P<word>[1-4]|one|two|three|four) {OF}", part),
)


def part_in(text: str) -> re.Match[str] | None:
    return next((found for pattern, _ in PARTS if (found := pattern.search(text))), None)


def part_ahead(text: str, today: date) -> re.Match[str] | None:
    """Where a part is named that has not begun: `the last Friday of this month`, said on the 3rd."""
    found = part_in(text)
    named = named_part(found, today) if found else None
    return found if named and named.start > today else None


def _whole_of(words: str, today: date) -> Period | None:
    bare = words.replace("current", "this")
    found = point(f"this {bare}" if " " not in bare and bare in ("month", "quarter", "year") else bare, today)
    return whole(found.start, _unit_of(words)) if found else None


def _unit_of(words: str) -> Unit:
    if "quarter" in words or words.startswith("q"):
        return "quarter"
    return "year" if "year" in words or words.isdigit() else "month"


def _weekday_of(full: Period, day: str, place: int) -> Period | None:
    first = full.start + _days((WEEKDAYS.index(day) - full.start.weekday()) % 7)
    last = full.end - _days((full.end.weekday() - WEEKDAYS.index(day)) % 7)
    return Period.day(last if place == -1 else first + _days(7 * (place - 1)))


def _weekend_of(full: Period, place: int) -> Period | None:
    """With both of its days in the month."""
    within = Period(start=full.start, end=full.end - _days(1))
    saturday = _weekday_of(within, "saturday", place)
    return Period(start=saturday.start, end=saturday.start + _days(1)) if saturday else None


def _third_of(month: Period, which: str) -> Period:
    """Ten days each, and what is left of the month in the last."""
    tenth, twentieth = month.start + _days(9), month.start + _days(19)
    if which == "early":
        return Period(start=month.start, end=tenth)
    if which == "mid":
        return Period(start=tenth + _days(1), end=twentieth)
    return Period(start=twentieth + _days(1), end=month.end)


def _half_of(full: Period, place: int) -> Period:
    """A month's first half has 15 days, a year's ends in June."""
    days = (full.end - full.start).days + 1
    middle = date(full.start.year, 7, 1) if days > 92 else full.start + _days(15 if days <= 31 else days // 2)
    if place == 1:
        return Period(start=full.start, end=middle - _days(1))
    return Period(start=middle, end=full.end)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
