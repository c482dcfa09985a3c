"""A text that somebody typed, quoted with a caret under the spot where reading it went wrong."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

NEAR = 70.0
"""From how alike (of 100) a word is taken for a misspelling of another."""


def tidied(text: str) -> str:
    """On one line, single-spaced, without characters that nobody can see."""
    return " ".join("".join(each for each in text if _is_seen(each)).split())


def pointed(text: str, at: int) -> str:
    """Two lines for a monospace font: the text, and a caret under `at`."""
    return f"{text}\n{' ' * sum(_cells(each) for each in text[:at])}^"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one was probably meant to be, if any."""
    spelled = {each: each.casefold() for each in known}
    found = process.extractOne(word.casefold(), spelled, scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[2] if found else None


def _is_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def _cells(character: str) -> int:
    """How many columns it takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
