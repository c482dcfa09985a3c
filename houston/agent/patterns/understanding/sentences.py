"""A message of several sentences: what is said around the question narrows it in nothing."""

import re
from collections.abc import Sequence
from itertools import pairwise

from houston.agent.patterns.understanding.words import Word

SENTENCE_END = re.compile(
    r"(?:[?!;]|\.(?=\s|$)|…|\.\.+|\s[–—-]\s|,? (?=(?:because|since|as|so|cause|cos|coz|bc) (?:i|we|my|our|"
    r"the|they|he|she)\b)|,? (?=(?:sorry|pardon|i mean|anyway|never mind|scratch that)\b))"
)
SHORTEST_ASIDE = 4
SORRY = re.compile(r"^\W*(?:sorry|pardon|i mean|anyway|never mind|scratch that)\b")


def sentences(text: str) -> list[tuple[int, int]]:
    bounds = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]


def asides(text: str, told: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences without any of what is `told`, a name or a period, beside one that has some."""
    spans = sentences(text)
    telling = [any(start <= at < end for at, _ in told) for start, end in spans]
    if not any(telling):
        return []
    return [
        span
        for number, (span, tells) in enumerate(zip(spans, telling, strict=True))
        if not tells
        and (len(text[slice(*span)].split()) >= SHORTEST_ASIDE or _taken_back(text, spans[number + 1 :]))
    ]


def _taken_back(text: str, after: Sequence[tuple[int, int]]) -> bool:
    """`combien... sorry, how much`"""
    return bool(after) and SORRY.search(text[slice(*after[0])]) is not None


def restated(text: str, metrics: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What stands before a metric in brackets, which says it again: `through the doors (visits)`."""
    return [
        (0, start)
        for start, end in metrics
        if re.search(
            r"(?:\(|\b(?:that is|meaning|in other words|i mean|aka|or rather),?|:)\s*(?:the |our )?$",
            text[:start],
        )
        and re.match(r"\s*(?:[)?.!]|$)", text[end:])
    ]


def said_in(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)
