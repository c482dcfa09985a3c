"""Hours of the day and a sum, as a message says them."""

import re

CLOCK = r"(\d{1,2})(?::00)?(?: ?(am|pm|o'?clock|h))?"
AT = re.compile(
    rf"\bat {CLOCK}\b(?! (?:november|december|%|percent))|\b(\d{{1,2}}) ?(am|pm)\b|\b(\d{{1,2}}):00()"
)
BETWEEN = re.compile(
    rf"\b(?:(?:between|from) )?{CLOCK} ?(?:-|–|and|to|until|till) ?{CLOCK}(?![\w/.:]| \w+ber\b)"
)
UNTIL = re.compile(rf"\b(?:before|until|till|up to) {CLOCK}(?![\w/.:])")
SINCE = re.compile(rf"\b(?:after|since|from) {CLOCK}(?: on| onwards?)?(?![\w/.:])")
PARTS = re.compile(
    r"\b(?:yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|in the|during the) (morning|"
    r"afternoon|evening)\b"
)
PARTS_OF_DAY = {"morning": (0, 11), "afternoon": (12, 17), "evening": (18, 23)}
TELLS_TIME = re.compile(r":00|\d ?[ap]m\b|o'?clock|\dh\b|\b(?:morning|afternoon|evening)\b")
BACK = re.compile(
    r"\b(?:last|past|previous) (\d{1,2}|few|couple of|two|three|four|five|six) ?(?:hours|hrs|h)\b"
)
COUNTS = {"few": 3, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
DAY = 24

Hours = tuple[int, int]
"""The first and the last one of a day; negative ones count back from the newest: (-3, -1)."""


def hours_of(text: str) -> Hours | None:
    """`at 9pm`, `between 8 and 10 am`, `the last 3 hours`; None where no hour is named."""
    if back := BACK.search(text):
        count = COUNTS.get(back[1]) or int(back[1])
        return (-count, -1) if 0 < count < DAY else None
    if (both := BETWEEN.search(text)) and TELLS_TIME.search(text):
        return _stretch(_hour(both[1], both[2] or both[4]), _hour(both[3], both[4]))
    if found := PARTS.search(text):
        return PARTS_OF_DAY[found[1]]
    if TELLS_TIME.search(text) and (until := UNTIL.search(text)):
        return _stretch(0, _hour(until[1], until[2]))
    if TELLS_TIME.search(text) and (since := SINCE.search(text)):
        return _stretch(_hour(since[1], since[2]), DAY)
    if found := AT.search(text):
        hour, half = next((found[at], found[at + 1]) for at in (1, 3, 5) if found[at])
        return _stretch(_hour(hour, half), _hour(hour, half) + 1)
    return None


def hour_spans(text: str) -> list[tuple[int, int]]:
    """Where hours are named."""
    patterns = (BACK, BETWEEN, UNTIL, SINCE, AT) if hours_of(text) else ()
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _hour(said: str, half: str | None) -> int:
    hour = int(said)
    return hour + 12 if half == "pm" and hour < 12 else 0 if half == "am" and hour == 12 else hour


def _stretch(start: int, end: int) -> Hours | None:
    """Until 10 o'clock, the last hour is that which begins at 9."""
    return (start, end - 1) if 0 <= start < end <= DAY else None


def expression_of(said: str) -> str:
    """`19% of 2,400` as `19 / 100 * 2400`."""
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", said)
    plain = re.sub(r"\s*(?:%|percent) of ", " / 100 * ", plain)
    for words, sign in ((r"plus", "+"), (r"minus", "-"), (r"times|x|×", "*"), (r"divided by|over|÷", "/")):
        plain = re.sub(rf"(?<=[\d)%\s])(?:{words})(?=[\s\d(])", sign, plain)
    return " ".join(plain.split())
