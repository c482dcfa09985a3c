"""Portions that only bound a figure: `more than half of it (60 %)`."""

import re
from collections.abc import Sequence

from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said

BOUND = re.compile(
    r"(?P<more>\b(?:more|over|above)(?: than)?)\s*$|\b(?:less|under|below|not)(?: (?:than|quite))?\s*$",
    re.IGNORECASE,
)
ITSELF = re.compile(r"^(?:more|less)?\s?than\s", re.IGNORECASE)


def bounds_another(figure: Figure, claims: Sequence[Figure], said: Said) -> bool:
    """Whether it is a portion in words, and a percentage of the sentence lies on the side that is said."""
    if not figure.word or figure.kind != "percent":
        return False
    start = figure.start + (len(found[0]) if (found := ITSELF.match(figure.text)) else 0)
    bound = BOUND.search(said.text[max(0, start - 16) : start])
    others = [one for one in claims if one.kind == "percent" and not one.word]
    if not bound or not others:
        return False
    limit = figure.readings[0].value
    return any((one.readings[0].value > limit) == bool(bound["more"]) for one in others)
