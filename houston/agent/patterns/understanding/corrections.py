"""Who corrects himself means what he says last: `clicks, no, bookings last week`."""

import re
from collections.abc import Sequence

from houston.agent.patterns.understanding.names import Match
from houston.agent.patterns.understanding.periods import Found

CORRECTED = re.compile(
    r"(?:[,;.?!…–—-]|\.\.+|^)\s*(?:no(?=\s*[,;.!:–—-]|\s+(?:wait|sorry|i mean))|wait|sorry|oops|pardon|"
    r"er+m?|uh+m?|um+|hm+|actually|scratch that|correction|i mean(?:t)?|or rather|rather|make that|make it|"
    r"strike that)\b(?:[\s,.:;!…–—-]+(?:no|wait|sorry|i mean(?:t)?|make that|make it|rather|actually|"
    r"scratch that)\b)*[\s,.:;!…–—-]*|\b(?:no,? wait|wait,? no|sorry,? i mean(?:t)?|scratch that|or rather|"
    r"make that)\b[\s,.:;!…–—-]*"
)
BEFORE_THAT = re.compile(
    r"\blast (?P<unit>week|month|quarter|year)(?P<between>.{0,25}?)(?:the )?(?P=unit) before(?: that| "
    r"then)?(?! last)\b"
)


def moved_back(text: str) -> str:
    """`last week, no wait, the week before`"""
    found = BEFORE_THAT.search(text)
    if found is None or not CORRECTED.fullmatch(found["between"].strip(" ") + " "):
        return text
    return f"{text[: found.start()]}{found['unit']} before last{text[found.end() :]}"


def corrected_at(text: str) -> int | None:
    """Where the last correction ends; None where nobody corrects himself after having said something."""
    ends = [match.end() for match in CORRECTED.finditer(text) if text[: match.start()].strip()]
    return ends[-1] if ends else None


def without_corrected(
    at: int, names: Sequence[Match], found: Sequence[Found]
) -> tuple[list[Match], list[Found]]:
    """What is said again behind the correction replaces what was said before it."""
    again = {match.kind for match in names if match.start >= at}
    kept = [match for match in names if match.start >= at or match.kind not in again]
    dated = any(one.start >= at for one in found)
    periods = [one for one in found if one.start >= at] if dated else list(found)
    return kept, periods
