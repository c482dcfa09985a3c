"""Finds the periods that a question names, in the order in which it names them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import dateparser

from houston.agent.patterns.period import Period, Unit, ago, so_far, until_today, whole

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)day"
YEAR = r"(?:,?\s+(?:20\d\d))"
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{ORDINAL}\s+(?:of\s+)?{MONTH}\b{YEAR}?|{MONTH}\s+(?:the\s+)?{ORDINAL}\b{YEAR}?"
    rf"|(?:the\s+)?day before yesterday|yesterday|today|(?:last\s+|this\s+)?{WEEKDAY})"
)
COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
NUMBERS = {word: number for number, word in enumerate(COUNTED.split())} | {
    "a": 1,
    "couple": 2,
    "thirty": 30,
    "ninety": 90,
}
COUNT = rf"(?:\d{{1,3}}|(?:a )?couple of|{'|'.join(NUMBERS)})"
UNIT = r"(?:day|week|month|quarter|year)"
TO = r"\s*(?:-|–|to|and|until|through|till)\s*"
TO_DATE: dict[str, Unit] = {"wtd": "week", "mtd": "month", "qtd": "quarter", "ytd": "year"}


@dataclass(frozen=True, kw_only=True)
class Found:
    period: Period
    start: int
    end: int


Rule = Callable[[re.Match[str], date], Period | None]


def find_periods(text: str, today: date) -> list[Found]:
    """Earlier rules are more specific; what one has read, no later one reads again."""
    found: list[Found] = []
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < seen.end and seen.start < match.end() for seen in found):
                continue
            if period := rule(match, today):
                found.append(Found(period=period, start=match.start(), end=match.end()))
    return sorted(found, key=lambda seen: seen.start)


def _between(match: re.Match[str], today: date) -> Period | None:
    first, last = _point(match["first"], today), _point(match["last"], today)
    if first is None or last is None:
        return None
    start, end = first.start, last.end
    if end < start:
        start = _point_before(match["first"], end) or start
    return Period(start=start, end=end) if start <= end else None


def _days_of_month(match: re.Match[str], today: date) -> Period | None:
    ending = " ".join(filter(None, (match["month"], match["year"])))
    first = _point(f"{int(re.sub(r'[a-z]', '', match['first']))} {ending}", today)
    last = _point(f"{int(re.sub(r'[a-z]', '', match['last']))} {ending}", today)
    return Period(start=first.start, end=last.end) if first and last and first.start <= last.end else None


def _since(match: re.Match[str], today: date) -> Period | None:
    first = _point(match["first"], today)
    return Period(start=first.start, end=today) if first and first.start <= today else None


def _last_count(match: re.Match[str], today: date) -> Period:
    count = max(1, _number(match["count"]))
    if match["unit"] in ("day", "days"):
        return Period.last_days(count, today)
    if match["unit"] in ("hour", "hours"):
        return Period(start=today - timedelta(days=-(-count // 24)), end=today)
    unit = _unit(match["unit"])
    return Period(start=ago(today, unit, count).start, end=ago(today, unit, 1).end)


def _count_ago(match: re.Match[str], today: date) -> Period:
    unit = _unit(match["unit"])
    return ago(today, unit, _number(match["count"]))


def _this(match: re.Match[str], today: date) -> Period:
    unit = _unit(match["unit"])
    return so_far(today, unit)


def _to_date(match: re.Match[str], today: date) -> Period:
    return so_far(today, TO_DATE[match[0]])


def _last(match: re.Match[str], today: date) -> Period:
    if match["word"] == "past" and match["unit"] == "week":
        return Period.last_days(7, today)
    return ago(today, _unit(match["unit"]), 2 if match["before"] else 1)


def _weekend(match: re.Match[str], today: date) -> Period | None:
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
    if saturday > today or match["word"] == "last":
        saturday -= timedelta(days=7)
    return Period(start=saturday, end=min(saturday + timedelta(days=1), today))


def _quarter(match: re.Match[str], today: date) -> Period | None:
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = words.get(match["word"] or "") or int(match["number"] or 0)
    return _newest(today, "quarter", 3 * number - 2, match["year"])


def _half(match: re.Match[str], today: date) -> Period | None:
    second = match["number"] == "2"
    first = _newest(today, "quarter", 7 if second else 1, match["year"])
    if first is None:
        return None
    end = whole(first.start + timedelta(days=100), "quarter").end
    return Period(start=first.start, end=min(end, today))


def _month(match: re.Match[str], today: date) -> Period | None:
    return _newest(today, "month", MONTHS.index(match["month"][:3]) + 1, match["year"])


def _year(match: re.Match[str], today: date) -> Period | None:
    year = int(match["year"])
    return until_today(whole(date(year, 1, 1), "year"), "year", today) if year <= today.year else None


def _date(match: re.Match[str], today: date) -> Period | None:
    return _point(match["day"], today)


def _newest(today: date, unit: Unit, month: int, year: str | None) -> Period | None:
    """The newest one that has begun, unless a year is named."""
    start = date(int(year) if year else today.year, month, 1)
    if start > today and not year:
        start = start.replace(year=today.year - 1)
    return until_today(whole(start, unit), unit, today) if start <= today else None


def _point(words: str, today: date) -> Period | None:
    """What a single date expression means; never in the future unless it says so."""
    words = " ".join(words.lower().removeprefix("the ").split())
    if words == "day before yesterday":
        return Period.day(today - timedelta(days=2))
    if match := re.fullmatch(rf"(?P<word>last |this |on )?(?P<day>{WEEKDAY})", words):
        return Period.day(_weekday(match["day"], match["word"] or "", today))
    for pattern, rule in POINTS:
        if match := pattern.fullmatch(words):
            return rule(match, today)
    return _parsed(words, today)


def _point_before(words: str, end: date) -> date | None:
    point = _point(words, end)
    return point.start if point else None


def _weekday(name: str, word: str, today: date) -> date:
    wanted = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])
    back = (today.weekday() - wanted) % 7
    return today - timedelta(days=back or (7 if word == "last " else 0))


def _parsed(words: str, today: date) -> Period | None:
    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month"],
    }
    clean = re.sub(r"\b(of|the)\b", " ", words)
    parsed = dateparser.parse(clean, languages=["en"], settings=settings)
    return Period.day(parsed.date()) if parsed else None


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.removeprefix("a ").split()[0]]


def _unit(word: str) -> Unit:
    units: dict[str, Unit] = {unit: unit for unit in ("day", "week", "month", "quarter", "year")}
    return units[word.rstrip("s")]


def _rule(pattern: str, rule: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])"), rule


YEAR_NAMED = r"(?:\s+(?:of\s+)?(?P<year>20\d\d))?"
SPAN = rf"(?:{DATE}|{MONTH}(?:\s+20\d\d)?|{UNIT} before last|last {UNIT}|q[1-4](?:\s+20\d\d)?)"
POINTS = (
    _rule(rf"(?:in )?(?P<month>{MONTH}){YEAR_NAMED}", _month),
    _rule(rf"q(?P<number>[1-4])(?P<word>){YEAR_NAMED}", _quarter),
    _rule(rf"(?P<word>last) (?P<unit>{UNIT})(?P<before>)", _last),
)
FOR = r"(?:in |for |during |over )?(?:the )?"
RULES = (
    _rule(
        rf"(?:from |on |between )?(?:the )?(?P<first>{ORDINAL}){TO}(?:the )?(?P<last>{ORDINAL})"
        rf"\s+(?:of )?(?P<month>{MONTH}){YEAR_NAMED}",
        _days_of_month,
    ),
    _rule(
        rf"(?:on |from |between )?(?P<month>{MONTH})\s+(?P<first>{ORDINAL}){TO}(?P<last>{ORDINAL})"
        r"(?:,?\s+(?P<year>20\d\d))?",
        _days_of_month,
    ),
    _rule(rf"(?:from |between )(?P<first>{SPAN}){TO}(?P<last>{SPAN})", _between),
    _rule(rf"(?P<first>{DATE})\s*(?:-|–|to|until|through|till)\s*(?P<last>{DATE})", _between),
    _rule(rf"(?:ever )?since (?:the )?(?:start of |beginning of )?(?P<first>{SPAN})", _since),
    _rule(
        rf"{FOR}(?:last|past|previous|latest|recent)\s+(?P<count>{COUNT})\s+"
        r"(?P<unit>hours?|days?|weeks?|months?|quarters?|years?)",
        _last_count,
    ),
    _rule(rf"(?P<count>{COUNT})\s+(?P<unit>{UNIT})s?\s+ago", _count_ago),
    _rule(rf"{FOR}(?P<unit>{UNIT}) (?P<before>before last)(?P<word>)", _last),
    _rule(rf"(?:so far )?{FOR}(?:this|current) (?P<unit>{UNIT})(?: so far| to date)?", _this),
    _rule(rf"(?P<unit>{UNIT}) to date", _this),
    _rule(r"wtd|mtd|qtd|ytd", _to_date),
    _rule(rf"{FOR}(?P<word>last|previous|past|prior) (?P<unit>{UNIT})(?P<before>)", _last),
    _rule(rf"(?:on |at )?{FOR}(?P<word>last |this |past |)weekend", _weekend),
    _rule(rf"{FOR}(?P<word>first|second|third|fourth) quarter(?P<number>){YEAR_NAMED}", _quarter),
    _rule(rf"{FOR}q(?P<number>[1-4])(?P<word>){YEAR_NAMED}", _quarter),
    _rule(rf"{FOR}h(?P<number>[12]){YEAR_NAMED}", _half),
    _rule(rf"(?:on |for |at |around |of )?(?:the )?(?P<day>{DATE})", _date),
    _rule(rf"(?:in |for |during |of |last |this )(?P<month>{MONTH}){YEAR_NAMED}", _month),
    _rule(rf"(?<!\d )(?<!of )(?P<month>{MONTH}(?<!may)(?<!mar)){YEAR_NAMED}", _month),
    _rule(r"(?:in |for |during |of )(?P<year>20\d\d)", _year),
)
