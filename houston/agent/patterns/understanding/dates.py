"""Single points in time: what `3 Nov`, `last Tuesday`, `Black Friday` or `2026-11-03` mean."""

import re
from datetime import date, timedelta

from houston.agent.patterns.understanding.period import Period

MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep"
    r"|october|oct|november|nov|december|dec)"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:,?\s+20\d\d)"
FEAST = (
    r"(?:easter (?:sunday|monday)|good friday|easter|black friday|cyber monday|thanksgiving|"
    r"singles?'? day|halloween|christmas eve|christmas(?: day)?|xmas"
    r"|boxing day|new year(?:'?s)? eve|new year(?:'?s)?(?: day)?|valentine(?:'?s)?(?: day)?)"
)
FIXED = {
    "single": (11, 11), "halloween": (10, 31), "christmas eve": (12, 24), "christmas": (12, 25),
    "xmas": (12, 25), "boxing": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31),
    "new year eve": (12, 31),
    "new year": (1, 1), "valentine": (2, 14),
}  # fmt: skip
AROUND_EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}
AFTER_THANKSGIVING = {"thanksgiving": 0, "black friday": 1, "cyber monday": 4}
DATE = (
    rf"(?:\d{{4}}[-/.]\d{{2}}[-/.]\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d|"
    rf"\d{{1,2}}\.\d{{1,2}}\.(?!\d)|\d{{1,2}}/\d{{1,2}}|{ORDINAL}(?:\s+|-)?(?:of\s+)?{MONTH}\b{YEAR}?|"
    rf"{MONTH}(?:\s+|-)(?:the\s+)?{ORDINAL}\b(?!\s*(?:days|weeks)){YEAR}?|(?:the\s+)?day before yesterday|"
    rf"yesterday|today|{WEEKDAY} (?:of )?(?:last|this|the previous) week|(?:last|this) week'?s? {WEEKDAY}|"
    rf"(?:last\s+|this\s+|past\s+)?{WEEKDAY}|(?:last year'?s\s+|this year'?s\s+)?{FEAST}{YEAR}?)"
)
SPOKEN = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|-)?(?:of\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>20\d\d))?"
)
AMERICAN = re.compile(
    rf"(?P<month>{MONTH})(?:\s+|-)(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>20\d\d))?"
)
MONTH_FIRST = re.compile(
    r"(?<![\d/.])(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])(?=/\d{2,4}\b|(?![\d/]))"
)
AMERICAN_ZONES = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")
AMERICAN_CITIES = frozenset(
    ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
     "America/Detroit", "America/Boise", "America/Anchorage", "America/Juneau", "America/Adak",
     "America/Nome", "America/Sitka", "America/Menominee", "Pacific/Honolulu", "EST5EDT", "CST6CDT",
     "MST7MDT", "PST8PDT"]
)  # fmt: skip
ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{2})[-/.](?P<day>\d{2})")
SLASHED = re.compile(r"(?P<first>\d{1,2})(?P<by>[./])(?P<second>\d{1,2})(?:[./](?P<year>(?:20)?\d\d))?")
ON_WEEKDAY = re.compile(rf"(?P<word>last |this |past |on )?(?P<day>{WEEKDAY})")
OF_WEEK = re.compile(
    rf"(?:(?P<day>{WEEKDAY}) (?:of )?(?P<word>last|this|the previous) week|(?P<word2>last|"
    rf"this) week'?s? (?P<day2>{WEEKDAY}))"
)
FEASTS = re.compile(rf"(?P<whose>last year'?s |this year'?s )?(?P<name>{FEAST})(?:,?\s+(?P<year>20\d\d))?")


def with_days_first(text: str) -> str:
    """`11/3`, as an American writes it, as `3/11`."""
    return MONTH_FIRST.sub(lambda match: f"{match['day']}/{match['month']}", text)


def writes_month_first(zone: str) -> bool:
    """Whether people there write the month before the day."""
    return zone.startswith(AMERICAN_ZONES) or zone in AMERICAN_CITIES


def day_of(words: str, today: date) -> Period | None:
    """The day that a single date expression means; one without a year is the newest that has come."""
    words = " ".join(words.split()).removeprefix("the ").removeprefix("on ")
    if words in ("today", "yesterday", "day before yesterday"):
        return Period.day(today - timedelta(days=("today", "yesterday", "day before yesterday").index(words)))
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", words):
        return _newest_of_month(int(words[:-2]), today)
    if match := OF_WEEK.fullmatch(words):
        return _of_week(match["day"] or match["day2"], match["word"] or match["word2"], today)
    if match := ON_WEEKDAY.fullmatch(words):
        return Period.day(_weekday(match["day"], match["word"] or "", today))
    if match := FEASTS.fullmatch(words):
        return _feast(match, today)
    if match := SPOKEN.fullmatch(words) or AMERICAN.fullmatch(words):
        return _newest(int(match["day"]), MONTHS.index(match["month"][:3]) + 1, match["year"], today)
    if match := ISO.fullmatch(words):
        return _newest(int(match["day"]), int(match["month"]), match["year"], today)
    match = SLASHED.fullmatch(words.rstrip("."))
    return _slashed(match, today) if match else None


def _newest_of_month(day: int, today: date) -> Period | None:
    before = today.replace(day=1) - timedelta(days=1)
    for month in (today, before):
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if found <= today:
            return Period.day(found)
    return None


def _of_week(day: str, word: str, today: date) -> Period:
    monday = today - timedelta(days=today.weekday() + (0 if word == "this" else 7))
    return Period.day(monday + timedelta(days=WEEKDAYS.index(day)))


def _weekday(name: str, word: str, today: date) -> date:
    back = (today.weekday() - WEEKDAYS.index(name)) % 7
    return today - timedelta(days=back or (7 if word.strip() in ("last", "past") else 0))


def _feast(match: re.Match[str], today: date) -> Period | None:
    year = int(match["year"]) if match["year"] else None
    if match["whose"]:
        year = today.year - (match["whose"].startswith("last"))
    if year:
        return Period.day(_feast_in(match["name"], year))
    this_year = _feast_in(match["name"], today.year)
    return Period.day(this_year if this_year <= today else _feast_in(match["name"], today.year - 1))


def _feast_in(name: str, year: int) -> date:
    if name in AROUND_EASTER:
        return _easter(year) + timedelta(days=AROUND_EASTER[name])
    if name in AFTER_THANKSGIVING:
        first = date(year, 11, 1)
        fourth_thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        return fourth_thursday + timedelta(days=AFTER_THANKSGIVING[name])
    month, day = next(at for known, at in FIXED.items() if name.startswith(known))
    return date(year, month, day)


def _easter(year: int) -> date:
    """The Gregorian one, by Butcher's rule."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moved = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _slashed(match: re.Match[str], today: date) -> Period | None:
    """Day first; month first only where nothing else is a day that has come."""
    year = match["year"]
    year = f"20{year}" if year and len(year) == 2 else year
    first, second = int(match["first"]), int(match["second"])
    readings = [_newest(first, second, year, today)]
    if match["by"] == "/":
        readings.append(_newest(second, first, year, today))
    come = [reading for reading in readings if reading and reading.start <= today]
    return come[0] if come else None


def _newest(day: int, month: int, year: str | None, today: date) -> Period | None:
    try:
        if year:
            return Period.day(date(int(year), month, day))
        this_year = date(today.year, month, day)
        return Period.day(this_year if this_year <= today else date(today.year - 1, month, day))
    except ValueError:
        return None
