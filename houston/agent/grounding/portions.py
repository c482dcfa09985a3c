"""Portions and multiples as people say them: half of it, a third less, doubled."""

import re

from houston.agent.grounding.figures import Figure, Kind
from houston.agent.grounding.numerals import Reading

TAKEN = r"of|came|comes?|coming|is|was|were|are|went|goes|stems?|stemmed|belongs?|falls?"
"""What follows a part of something."""
SHARES: tuple[tuple[str, Kind, float], ...] = (
    (
        rf"\bhalf(?=\s(?:the|that|as|its|what|{TAKEN})\b)"
        r"|\b(?:by|in|about|roughly|nearly|almost|than) half\b",
        "percent",
        50.0,
    ),
    (
        r"\btwo[- ]thirds\b",
        "percent",
        200 / 3,
    ),
    (
        rf"\b(?:a|one)[- ]third(?=\s(?:less|more|lower|higher|fewer|above|below|{TAKEN})\b)"
        r"|\bby (?:a|one)[- ]third\b",
        "percent",
        100 / 3,
    ),
    (
        r"\bthree[- ]quarters\b",
        "percent",
        75.0,
    ),
    (
        r"\b(?:a|one)[- ]quarter(?=\s(?:of (?!20)|less|more|lower|higher|fewer|above|came|comes?|was|is))"
        r"|\bby (?:a|one)[- ]quarter\b",
        "percent",
        25.0,
    ),
    (
        rf"\b(?:a|one)[- ]fifth(?=\s(?:less|more|lower|higher|{TAKEN})\b)"
        r"|\bby (?:a|one)[- ]fifth\b",
        "percent",
        20.0,
    ),
    (
        rf"\b(?:a|one)[- ]tenth(?=\s(?:less|more|lower|higher|{TAKEN})\b)"
        r"|\bby (?:a|one)[- ]tenth\b",
        "percent",
        10.0,
    ),
    (
        r"\bhalv(?:ed|ing|es)\b",
        "times",
        0.5,
    ),
    (
        r"\bdoubl(?:ed|ing|es)\b"
        r"|\bdouble (?:the|that|what)\b"
        r"|\btwice (?=as|the|that|what)"
        r"|\btwo-?fold\b",
        "times",
        2.0,
    ),
    (
        r"\btripl(?:ed|ing|es)\b"
        r"|\btriple (?:the|that|what)\b"
        r"|\bthree times(?= as| the| that| what)"
        r"|\bthree-?fold\b",
        "times",
        3.0,
    ),
    (
        r"\bquadrupl(?:ed|ing|es)\b"
        r"|\bfour times(?= as| the| that| what)"
        r"|\bfour-?fold\b",
        "times",
        4.0,
    ),
)
PHRASES = re.compile(
    "|".join(f"(?P<p{i}>{pattern})" for i, (pattern, _, _) in enumerate(SHARES)), re.IGNORECASE
)
LOOSE = 0.12
"""A word such as `doubled` is right within so much of what it says."""


def portions(text: str) -> list[Figure]:
    return [_share(match) for match in PHRASES.finditer(text)]


def _share(match: re.Match[str]) -> Figure:
    _, kind, value = SHARES[int((match.lastgroup or "p0")[1:])]
    reading = Reading(value, value * LOOSE * 2)
    return Figure(match[0], match.start(), match.end(), (reading,), kind, word=True, hedge=True)
