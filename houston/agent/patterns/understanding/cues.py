"""Finds the words that say what is wanted, from the tables of subjects.py."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from houston.agent.patterns.understanding.subjects import PATTERNS

Span = tuple[int, int]
TAKEN = "\x00"
"""Stands where a text is read already; no pattern matches it."""


@dataclass(frozen=True, kw_only=True)
class Cue:
    slot: str
    value: str
    span: Span
    words: str


CUES = tuple(
    (slot, value, re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")) for slot, value, words in PATTERNS
)


def find_cues(text: str, taken: Sequence[Span]) -> list[Cue]:
    """Each stretch of text gives one cue at most; what is `taken` gives none."""
    cues: list[Cue] = []
    free = text
    for start, end in taken:
        free = _without(free, start, end)
    for slot, value, pattern in CUES:
        for match in pattern.finditer(free):
            free = _without(free, *match.span())
            cues.append(Cue(slot=slot, value=value, span=match.span(), words=match[0]))
    return sorted(cues, key=lambda cue: cue.span)


def _without(text: str, start: int, end: int) -> str:
    return text[:start] + TAKEN * (end - start) + text[end:]
