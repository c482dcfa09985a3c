"""How a sentence says that some of several lie above or below something."""

import re
from dataclasses import dataclass

from houston.agent.grounding.figures import Figure
from houston.agent.grounding.text import REACH, leading, singular
from houston.agent.grounding.words import ONE, amount

LENGTHS = {"3600": "hour", "86400": "day", "604800": "week"}
"""By seconds in one."""
MARKS = r"[\s*_~`]"
ABOVE = (
    r"beat|beats|beating|above|over|topp(?:ed|ing)|tops?|exceed(?:ed|s|ing)?|surpass(?:ed|es)|outperform(?:ed|s)"
    r"|cleared|(?:higher|more|better|greater|larger|bigger|stronger) than|in excess of|ahead of|north of"
)
BELOW = (
    r"below|under|beneath|short of|behind|missed|trailed"
    r"|(?:lower|less|fewer|worse|smaller|weaker) than|south of"
)
REACHED = r"reach(?:ed|es)?|hit|at least|no less than|at or above"
KEPT = r"at most|no more than|at or below"
COMPARISON = re.compile(
    r"(?P<no>\b(?:not|never|failed to|\w+n['’]t)\s(?:\w+\s)?)?"
    rf"\b(?:(?P<ge>{REACHED})|(?P<le>{KEPT})|(?P<gt>{ABOVE})|(?P<lt>{BELOW}))\b",
    re.IGNORECASE,
)
OBJECT = re.compile(
    rf"{MARKS}*(?:"
    rf"(?P<figure>(?:(?:the|a|about|around|roughly|some|its|mark|level|of|average|mean|threshold|limit|target)\s)*"
    rf"{MARKS}*(?:US\$|[$€£¥]|[A-Z]{{3}}\s)?\s?\d)"
    r"|(?P<mean>(?:(?:the|its|our|their|that|this)\s)?(?:(?:daily|weekly|monthly|hourly|overall|period)\s)*"
    r"(?:average|mean|avg)\b)"
    r"|(?P<back>(?:that|this|it)\b(?:\s(?:mark|level|line|figure))?(?=[\s*_]*(?:[.,;:!?)—–]|$|\bon\b|\bin\b|\bfor\b))))",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[.;:!?(),—–]|\b(?:and|but|while|whereas|because|since)\b|\d", re.IGNORECASE)
"""What does not stand between what is counted and what it is held to."""
PAUSE = re.compile(r"[;!?()—–]|[.,]\s|\b(?:and|but|while|whereas|because|since)\b|\s\d", re.IGNORECASE)
"""What does not stand between what it is held to and what is counted."""
LONGEST = 40
"""Characters between the two."""
JOINED = re.compile(
    rf"(?:\b(?:on|in|for|during)\b{MARKS}*(?:(?:only|just|exactly)\s)?|:|=|\(){MARKS}*$", re.IGNORECASE
)
RUNNING = re.compile(
    rf"{MARKS}*(?:in a row|running|straight|consecutive\w*|since|ago|later|earlier|before|after)\b",
    re.IGNORECASE,
)
NOUN = re.compile(
    rf"{MARKS}*(?:(?:(?:out )?of{MARKS}+|/{MARKS}*)(?:(?:the|those|these|its|our|all|last|past){MARKS}+)*"
    rf"(?:(?P<total>\d+|{ONE})(?:{MARKS}+|\b))?)?(?P<noun>[a-z]+\b)?",
    re.IGNORECASE,
)
HEAD = re.compile(r"\b(hour|day|week|month|channel|client)s?\b[^.;:!?]{0,24}$", re.IGNORECASE)
"""In `days above $4k: 3`."""
TOTAL = re.compile(
    rf"(?:\bof{MARKS}+(?:(?:the|those|these|its|our|all|last|past){MARKS}+)*|\d/){MARKS}*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What some are counted of: `of the 7 days`."""

    noun: str
    number: float
    """Of all of them; 0 where it is not said."""
    end: int

    @classmethod
    def of(cls, figure: Figure, text: str) -> "Counted | None":
        if leading(TOTAL, text, figure.start):
            return None
        if figure.kind == "time":
            return cls(LENGTHS[figure.unit], 0, figure.end) if not RUNNING.match(text, figure.end) else None
        found = NOUN.match(text, figure.end)
        if not found or RUNNING.match(text, found.end()):
            return None
        return cls(
            singular(found["noun"] or ""), amount(found["total"]) if found["total"] else 0, found.end()
        )

    def are(self, number: int) -> bool:
        return self.number in (0, number)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`above $4k`, `beat that`, `below average`."""

    is_up: bool
    with_equal: bool
    start: int
    end: int
    is_mean: bool
    is_back: bool
    """Held against a figure before it."""

    def holds(self, value: float, size: float) -> bool:
        if value == size:
            return self.with_equal
        return (value > size) == self.is_up


def comparison_after(text: str, start: int) -> Comparison | None:
    """`5 days` *were above $4k*."""
    for found in COMPARISON.finditer(text, start, start + REACH):
        between = text[start : found.start()]
        if len(between) > LONGEST or CLAUSE.search(between):
            return None
        if held := OBJECT.match(text, found.end()):
            return _read(found, held)
    return None


def comparison_before(text: str, start: int) -> Comparison | None:
    """*Above $4k on* `5 days`."""
    joined = JOINED.search(text, max(0, start - REACH), start)
    if not joined:
        return None
    for found in COMPARISON.finditer(text, max(0, start - REACH), start):
        held = OBJECT.match(text, found.end())
        if held and held.end() <= joined.start() and not PAUSE.search(text[held.end() : joined.start()]):
            return _read(found, held)
    return None


def noun_before(text: str, start: int) -> str:
    """What `3` counts in *days above $4k*: `3`."""
    found = leading(HEAD, text, start)
    return found[1].casefold() if found else ""


def _read(found: re.Match[str], held: re.Match[str]) -> Comparison:
    is_up = bool(found["gt"] or found["ge"])
    with_equal = bool(found["ge"] or found["le"])
    turned = bool(found["no"])
    return Comparison(
        is_up=is_up != turned,
        with_equal=with_equal != turned,
        start=found.start(),
        end=held.end(),
        is_mean=bool(held["mean"]),
        is_back=bool(held["back"]),
    )
