"""Days for the calendar, which may lie ahead: `Black Friday` asked about in November is this year's."""

import re
from dataclasses import replace
from datetime import date, timedelta

from houston.agent.patterns.understanding.dates import FEAST, MONTH, MONTHS, WEEKDAY, WEEKDAYS
from houston.agent.patterns.understanding.parts import named_part, part_in
from houston.agent.patterns.understanding.period import Period, Unit, shifted, unit_start
from houston.agent.patterns.understanding.periods import find_periods
from houston.agent.patterns.understanding.units import NUMBERS, number, unit_of

MOST_DAYS_AHEAD = 45
NAMED_DAY = re.compile(
    rf"\b(?:{FEAST}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|"
    rf"{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)\b(?!,? 20\d\d)"
)
PAST = re.compile(r"\b(?:was|were|did|had|ago|since|last|fell|past)\b")
NEXT = re.compile(rf"\b(?:next|coming|upcoming) (?P<unit>week|month|quarter|year|{WEEKDAY})\b")
ENDING = re.compile(
    r"\bend of (?:the|this) (?:current )?(?P<unit>week|month|quarter|year)\b|"
    r"\b(?P<unit2>week|month|quarter|year)[' -]?s?[ -]end\b|"
    r"\b(?:left|remain\w*|to go) (?:in|of) (?:the|this) (?P<unit3>week|month|quarter|year)\b"
)
LEFT = re.compile(r"\b(?:left|remain\w*)\b")
PARTLY = re.compile(r"\b(?:working|business|week) ?(?:days?|ends?)\b|\bholidays?\b|\bweekends?\b")
"""What is counted of the days that are left."""
MONTH_AHEAD = re.compile(rf"\b(?:in|this|next) (?P<month>{MONTH})\b(?!,? 20\d\d)")
AGO = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)}) (?P<unit>day|week|month|year)s? (?:ago|back|earlier|before "
    rf"today)\b"
)
MONTH_NAMED = re.compile(
    rf"(?<!\d )(?<!st )(?<!nd )(?<!rd )(?<!th )\b(?P<month>{MONTH}),? (?P<year>20\d\d)\b"
)
COUNTRIES = {
    "germany": "DE", "german": "DE", "austria": "AT", "austrian": "AT", "switzerland": "CH",
    "swiss": "CH", "france": "FR", "french": "FR", "uk": "GB", "england": "GB", "britain": "GB",
    "british": "GB", "united kingdom": "GB", "usa": "US", "us": "US", "america": "US", "american": "US",
    "united states": "US", "spain": "ES", "spanish": "ES", "italy": "IT", "italian": "IT",
    "netherlands": "NL", "dutch": "NL", "holland": "NL", "belgium": "BE", "poland": "PL", "polish": "PL",
    "sweden": "SE", "swedish": "SE", "denmark": "DK", "danish": "DK", "norway": "NO", "norwegian": "NO",
    "finland": "FI", "ireland": "IE", "irish": "IE", "portugal": "PT", "canada": "CA", "australia": "AU",
    "japan": "JP", "india": "IN", "brazil": "BR", "mexico": "MX", "bavaria": "DE-BY", "berlin": "DE-BE",
    "scotland": "GB-SCT", "wales": "GB-WLS", "luxembourg": "LU", "greece": "GR", "turkey": "TR",
    "china": "CN", "new zealand": "NZ", "south africa": "ZA", "czechia": "CZ",
}  # fmt: skip


def country_of(text: str) -> str | None:
    found = re.search(rf"\b(?:{'|'.join(sorted(COUNTRIES, key=len, reverse=True))})\b", text)
    return COUNTRIES[found[0]] if found else None


def day_named_ahead(words: str, period: Period, today: date) -> str:
    """The words of a day and month that come within weeks; '' where they do not."""
    said = re.fullmatch(rf"(?:on |for |at )?(?:the )?(?:{NAMED_DAY.pattern})", words)
    if not said or re.search(rf"\b{FEAST}\b", words) or period.start != period.end:
        return ""
    try:
        ahead = period.start.replace(year=period.start.year + 1)
    except ValueError:
        return ""
    return words if 0 < (ahead - today).days <= MOST_DAYS_AHEAD else ""


def calendar_period(text: str, today: date) -> Period:
    """What a question about the calendar is about; today where it names nothing."""
    if found := NEXT.search(text):
        return _next(found["unit"], today)
    if found := ENDING.search(text):
        unit = unit_of(found["unit"] or found["unit2"] or found["unit3"])
        end = shifted(unit_start(today, unit), unit, 1) - timedelta(days=1)
        return Period(start=today if PARTLY.search(text) else end, end=end)
    if found := AGO.search(text):
        return Period.day(back(number(found["count"]), unit_of(found["unit"]), today))
    if re.search(r"\btomorrow\b", text):
        return Period.day(today + timedelta(days=1))
    ahead = not PAST.search(text)
    if named := _part_named(text, today, ahead=ahead):
        return named
    later = [
        found
        for found in find_periods(text, today + timedelta(days=365))
        if NAMED_DAY.search(text[found.start : found.end])
    ]
    if ahead and later:
        return later[0].period
    month = MONTH_AHEAD.search(text)
    if ahead and month:
        months = find_periods(f"in {month['month']}", today + timedelta(days=335))
        return _left_of(text, _whole_month(months[0].period), today) if months else Period.day(today)
    if dated := MONTH_NAMED.search(text):
        start = date(int(dated["year"]), MONTHS.index(dated["month"][:3]) + 1, 1)
        if start > today:
            return _whole_month(Period.day(start))
    known = find_periods(text, today)
    if not known:
        return Period.day(today)
    whole = _rest(known[0].period, today) if ahead and known[0].period.so_far else known[0].period
    return _left_of(text, whole, today)


def _part_named(text: str, today: date, *, ahead: bool) -> Period | None:
    """`the first Monday of October`: that of next year, once this year's is over, unless it is told of."""
    found = part_in(text)
    if found is None:
        return None
    month = re.match(MONTH, found["of"]) is not None
    return named_part(found, today + timedelta(days=335) if ahead and month else today)


def _left_of(text: str, period: Period, today: date) -> Period:
    left = LEFT.search(text) and period.end > today
    return replace(period, start=max(today, period.start)) if left else period


def back(count: int, unit: Unit, today: date) -> date:
    """The same day of the month before, or its last one where it has no such day."""
    if unit in ("day", "week"):
        return shifted(today, unit, -count)
    start = shifted(unit_start(today, "month"), unit, -count)
    last = shifted(start, "month", 1) - timedelta(days=1)
    return min(last, start + timedelta(days=today.day - 1))


def _whole_month(period: Period) -> Period:
    start = unit_start(period.start, "month")
    return Period(start=start, end=shifted(start, "month", 1) - timedelta(days=1))


def _rest(period: Period, today: date) -> Period:
    """`this month` of the calendar is all of it."""
    unit = period.so_far
    assert unit is not None
    return replace(period, end=shifted(period.start, unit, 1) - timedelta(days=1))


def _next(unit: str, today: date) -> Period:
    if unit in WEEKDAYS:
        return Period.day(today + timedelta(days=(WEEKDAYS.index(unit) - today.weekday()) % 7 or 7))
    start = shifted(unit_start(today, unit), unit, 1)  # type: ignore[arg-type]
    return Period(start=start, end=shifted(start, unit, 1) - timedelta(days=1))  # type: ignore[arg-type]
