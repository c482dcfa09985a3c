"""Numbers as people write them: `10,000`, `2.5%`, `$1.5M`, `2000ms`, `-€5k`."""

import re
from decimal import Decimal
from typing import NoReturn

from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.kinds import Number

SIGNS = "$€£¥₹"
CODES = "USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|SGD|HKD|KRW"
NUMBER = re.compile(
    rf"(?P<sign>[-+−])? ?(?P<before>(?:US)?[{SIGNS}]|(?:{CODES})(?= ?[\d.-]))? ?(?P<inner>[-−])?"
    r"(?P<digits>\d{1,3}(?:(?P<group>[,'’_ ])\d{3}(?!\d))(?:(?P=group)\d{3}(?!\d))*|\d+|(?=\.\d))"
    r"(?P<fraction>\.\d+)?(?P<exponent>[eE][-+]?\d{1,3})?(?P<rest>.*)",
    re.DOTALL,
)
GROUPING = str.maketrans("", "", ",'’_ ")
TIMES = {"k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "bn": 9, "billion": 9}
TIMED = re.compile(rf" ?({'|'.join(TIMES)})(?![^\W\d_]|/)")
UNIT = re.compile(rf" ?(?:[^\W\d_]|[%‰°/²³·{SIGNS}])+")
UNCLEAR = {
    "m": "Write M for millions, or min or metres",
    "B": "Write bn for billions, or bytes",
    "b": "Write bn for billions, or bytes",
    **dict.fromkeys(TIMES, "Write the number in digits"),
}
FOLLOWING = re.compile(r" ?(and|or|vs|versus|until|for|in|if|when|per|but|not|from|than|to)\b", re.IGNORECASE)
"""What is no unit, but a sentence that somebody hoped would be understood."""

ANOTHER = frozenset({"and", "or", "&", "&&", "||", ","})
LARGEST = 18
"""Powers of ten, to both sides."""

EMPTY = frozenset({"null", "none", "empty", "nothing", "nan"})


def number(text: str, at: int, end: int) -> Number:
    """What stands between `at` and `end`. Raises ConditionError."""
    match = NUMBER.fullmatch(text[at:end])
    if match is None:
        _refuse(text, at, text[at:end])
    size = _size(match)
    rest, start = match["rest"], at + match.start("rest")
    if times := TIMED.match(rest):
        size, rest, start = size.scaleb(TIMES[times[1]]), rest[times.end() :], start + times.end()
    if size and abs(size.adjusted()) > LARGEST:
        raise ConditionError("No report holds a number of this size", text, at)
    _check_unit(text, rest, start)
    currency = match["before"] or ""
    return Number(value=_exact(size), before=f"{currency} " if currency.isalpha() else currency, after=rest)


def refuse_rest(text: str, at: int) -> NoReturn:
    """What begins at `at`, after a value."""
    at += len(text[at:]) - len(text[at:].lstrip())
    if text[at:].split(" ")[0].lower() in ANOTHER:
        why = "Write each condition by itself, and choose whether all or any must hold"
        raise ConditionError(why, text, at)
    raise ConditionError("I do not understand what begins here", text, at)


def _size(match: re.Match[str]) -> Decimal:
    digits = (match["digits"] or "0").translate(GROUPING)
    size = Decimal(f"{digits}{match['fraction'] or ''}{match['exponent'] or ''}")
    is_negative = match["inner"] or match["sign"] in ("-", "−")
    return -size if is_negative else size


def _exact(size: Decimal) -> int | float:
    return int(size) if size == size.to_integral_value() else float(size)


def _check_unit(text: str, rest: str, at: int) -> None:
    unit = rest.strip()
    if rest[:1] in (",", ".", "'", "’", "_") or rest[:1].isdigit():
        why = "Group thousands like 10,000 and write decimals with a point, like 2.5"
        raise ConditionError(why, text, at)
    if unit in UNCLEAR:
        why = f"{UNCLEAR[unit]}: {unit} alone can mean several things"
        raise ConditionError(why, text, at + len(rest) - len(unit))
    if FOLLOWING.match(rest):
        refuse_rest(text, at)
    if unit and not UNIT.fullmatch(rest):
        begins = UNIT.match(rest)
        refuse_rest(text, at + (begins.end() if begins else 0))


def _refuse(text: str, at: int, written: str) -> NoReturn:
    why = "Write a number here, like 10000"
    if written:
        why = "Write a number, or put text in quotes"
    if written and written[0] in "\"'“‘`[":
        why = "This quote is never closed"
    if written.lower() in EMPTY:
        why = "Choose the rows with empty cells in the query, and write rows > 0"
    raise ConditionError(why, text, at)
