"""The words in which people write quiet hours."""

import re
from dataclasses import dataclass

from houston.notify.quiet.spans import DAY, DAYS

TOKEN = re.compile(
    r"(?P<zone>[a-z_]+(?:/[a-z0-9_+\-]+)+|(?:utc|gmt)(?![a-z0-9]))"
    r"|(?P<time>(?:\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]m)?|midnight|noon)(?![a-z0-9:.]))"
    r"|(?P<to>[-\u2013\u2014]|(?:to|until|till)(?![a-z]))"
    r"|(?P<also>&|\+|and(?![a-z]))"
    r"|(?P<comma>[,;])"
    r"|(?P<word>[a-z]+(?![a-z0-9]))"
    r"|(?P<other>\S[a-z0-9:.]*)",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?")
EACH_DAY = re.compile(r"\b(every|each) day\b", re.IGNORECASE)

EVERY_DAY = tuple(range(7))
GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekdays": (0, 1, 2, 3, 4),
    "weekday": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
    "weekend": (5, 6),
}
FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = {"tues": 1, "thur": 3, "thurs": 3}

NIGHTS = frozenset({"night", "nights", "nightly"})
NIGHT = (22 * 60, DAY + 6 * 60)
"""What `every night` means where no times are named."""

SKIPPED = frozenset({"on", "from", "every", "each", "all", "day"})
"""Said by people, and nothing depends on it."""


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
        for each in TOKEN.finditer(EACH_DAY.sub(_daily, text))
    )
    return [each for each in found if each.text not in SKIPPED]


def day_of(word: str) -> int | None:
    """0 is Monday; None where it is no day."""
    singular = word.removesuffix("s") if word.endswith("days") else word
    for number, (full, short) in enumerate(zip(FULL, DAYS, strict=True)):
        if singular in (full, short.lower()):
            return number
    return SHORT.get(word)


def minute_of(word: str) -> int | None:
    """Minutes after midnight, 24:00 included; None where no clock shows this."""
    if word in ("midnight", "noon"):
        return 0 if word == "midnight" else DAY // 2
    match = CLOCK.fullmatch(word)
    assert match is not None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if minute > 59 or hour * 60 + minute > DAY or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute


def _daily(found: re.Match[str]) -> str:
    """One word of the same length, so that what follows stays where it is."""
    return "daily".ljust(len(found[0]))
