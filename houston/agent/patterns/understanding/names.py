"""Finds the names of a catalogue in a text: whole, misspelt, shortened or by a usual synonym."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from houston.agent.patterns.understanding.likeness import CLOSE, FILLERS, WHOLE, alike, head_of
from houston.agent.patterns.understanding.words import Word, singular, words_of

SHORTENED = 55
SHORTEST_SEGMENT = 60
"""`books` stand for no booksellers."""
LONGEST_NAME = 6


@dataclass(frozen=True, kw_only=True)
class Match:
    """One stretch of text, and the names that it may stand for, best kind of likeness only."""

    kind: str
    names: tuple[str, ...]
    likeness: float
    start: int
    end: int


def find_names(
    text: str,
    names: Mapping[str, Iterable[str]],
    *,
    taken: Iterable[tuple[int, int]] = (),
    likeness: float = SHORTENED,
) -> list[Match]:
    """Matches in text order; the most alike and then the longest win their stretch."""
    words = [word for word in words_of(text) if not overlaps(word.start, word.end, taken)]
    wanted = [(kind, name) for kind, listed in names.items() for name in listed]
    candidates = [
        match
        for length in range(min(LONGEST_NAME, len(words)), 0, -1)
        for first in range(len(words) - length + 1)
        for match in _likest(text, words[first : first + length], wanted)
        if match.likeness >= likeness
    ]
    exact = [(match.start, match.end) for match in candidates if match.likeness == WHOLE]
    candidates = [match for match in candidates if match.likeness == WHOLE or not _cuts(match, exact)]
    candidates.sort(key=lambda match: (-match.likeness // 2, match.start - match.end))
    chosen: list[Match] = []
    for match in candidates:
        if not overlaps(match.start, match.end, [(seen.start, seen.end) for seen in chosen]):
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.start)


def _likest(text: str, words: list[Word], wanted: Iterable[tuple[str, str]]) -> list[Match]:
    start, end = words[0].start, words[-1].end
    between = text[start:end]
    if words[0].text in FILLERS or words[-1].text in FILLERS or re.search(r"[,;?!()/]|\. ", between):
        return []
    said = " ".join(word.text for word in words)
    scored = [(alike(said, name), kind, name) for kind, name in wanted]
    scored = [one for one in scored if one[1] != "segment" or one[0] >= SHORTEST_SEGMENT]
    best = max((score for score, _, _ in scored), default=0.0)
    scored = _heads_first(said, scored) if best < CLOSE else scored
    kind = next((kind for score, kind, _ in scored if score == best), "")
    names = tuple(dict.fromkeys(name for score, of, name in scored if score == best and of == kind))
    return [Match(kind=kind, names=names, likeness=best, start=start, end=end)] if best > 0 else []


def _heads_first(said: str, scored: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """`clicks` are `ad_clicks` rather than `cost_per_click`, which is a cost."""
    best = max((score for score, _, _ in scored), default=0.0)
    tied = [one for one in scored if one[0] == best]
    headed = [one for one in tied if said and head_of(one[2]).endswith(singular(said))]
    return headed if headed and len(headed) < len(tied) else scored


def _cuts(match: Match, exact: Iterable[tuple[int, int]]) -> bool:
    """`average basket` of `average basket size`, where the basket size is a name."""
    return any(
        overlaps(match.start, match.end, [span]) and not (match.start <= span[0] and span[1] <= match.end)
        for span in exact
    )


def overlaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
