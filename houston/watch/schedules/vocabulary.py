"""The words in which people write schedules."""

import re
from dataclasses import dataclass

DAY = 24 * 60

TOKEN = re.compile(
    r"(?P<time>\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?(?![\w:])|\d{1,2}\s*[ap]\.?m\b\.?|(?:noon|midnight)\b)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+)"
    r"|(?P<to>[-\u2013\u2014]|(?:to|through|until|till)\b)"
    r"|(?P<also>[,;&+]|and\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>\S\w*)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)

SKIPPED = frozenset({"at", "on", "the", "of", "o", "clock"})
"""Said by people, and nothing depends on it."""

EVERY = frozenset({"every", "each"})
UNITS = {
    1: ("s", "sec", "secs", "second", "seconds"),
    60: ("m", "min", "mins", "minute", "minutes"),
    3_600: ("h", "hr", "hrs", "hour", "hours"),
    86_400: ("d", "day", "days"),
    604_800: ("w", "week", "weeks"),
}
SECONDS = {name: size for size, names in UNITS.items() for name in names}

EVERY_DAY = tuple(range(7))
GROUPS = {
    **dict.fromkeys(("daily", "everyday", "day", "days"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "workday"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekends", "weekend"), (5, 6)),
}
WEEK = frozenset({"weekly", "week"})
MONTH = frozenset({"monthly", "month"})
FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = {
    **{name: number for number, name in enumerate(FULL)},
    **{f"{name}s": number for number, name in enumerate(FULL)},
    **{name[:3]: number for number, name in enumerate(FULL)},
    **{"tues": 1, "wednes": 2, "thur": 3, "thurs": 3},
}
KNOWN = ("hourly", *SECONDS, *GROUPS, *WEEK, *MONTH, *DAYS, *EVERY, "last", "and", "cron", "noon", "midnight")


@dataclass(frozen=True, kw_only=True)
class Token:
    """`at` is where it begins."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """In small letters, without what nothing depends on."""
    found = (
        Token(kind=str(each.lastgroup), text=each[0].lower(), at=each.start())
        for each in TOKEN.finditer(text)
    )
    return [each for each in found if each.text not in SKIPPED]


def minute_of(word: str) -> int | None:
    """Minutes after midnight of `9`, `9:00`, `6 pm`, `noon`; None where no clock shows this."""
    if word in ("midnight", "noon"):
        return 0 if word == "midnight" else DAY // 2
    match = CLOCK.fullmatch(word)
    hour, minute, half = (int(match[1]), int(match[2] or 0), match[3]) if match else (24, 0, None)
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
