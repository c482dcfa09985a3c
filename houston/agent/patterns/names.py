"""Finds the names of a catalogue in a text: whole, misspelt, shortened or by a usual synonym."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

CLOSE = 86
"""Of 100: one slip in a word of seven letters."""
SHORTENED = 55
SHORTEST_FUZZY = 5
LONGEST_NAME = 6
FILLERS = frozenset(["of", "per", "the", "a", "an", "and", "for", "in", "on", "to", "by"])
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "revenue": ("sales", "turnover", "income", "takings", "earnings"),
    "spend": ("cost", "costs", "spending", "budget", "expenses", "spent", "expenditure"),
    "conversions": ("conversion count",),
    "orders": ("purchases", "order count"),
    "sessions": ("visits", "traffic"),
    "cost per click": ("cpc",),
    "cost per mille": ("cpm", "cost per thousand impressions", "cost per thousand"),
    "cost per thousand impressions": ("cpm", "cost per mille", "cost per thousand"),
    "cpm": ("cost per mille", "cost per thousand impressions", "cost per thousand"),
    "cpc": ("cost per click",),
    "click through rate": ("ctr",),
    "ctr": ("click through rate", "clickthrough rate"),
    "conversion rate": ("cvr", "cr"),
    "roas": ("return on ad spend", "return on adspend"),
    "cost per acquisition": ("cpa", "acquisition cost"),
    "average order value": ("aov",),
    "meta": ("facebook", "instagram"),
    "google ads": ("adwords", "google adwords"),
}
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, kw_only=True)
class Match:
    """One stretch of text, and the names that it may stand for, best kind of likeness only."""

    kind: str
    names: tuple[str, ...]
    likeness: float
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Forms:
    plain: str
    usual: frozenset[str]
    loose: frozenset[str]
    """Synonyms of a part of the name: `cost` for `Ad spend`, `facebook` for `meta-ads`."""


@dataclass(frozen=True, kw_only=True)
class Word:
    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    return [Word(text=m[0].casefold(), start=m.start(), end=m.end()) for m in WORD.finditer(text)]


def find_names(
    text: str,
    names: Mapping[str, Iterable[str]],
    *,
    taken: Iterable[tuple[int, int]] = (),
    likeness: float = SHORTENED,
) -> list[Match]:
    """Matches in text order; the most alike and then the longest win their stretch."""
    words = [word for word in words_of(text) if not _overlaps(word.start, word.end, taken)]
    wanted = [(kind, name, forms(name)) for kind, listed in names.items() for name in listed]
    candidates = [
        match
        for length in range(min(LONGEST_NAME, len(words)), 0, -1)
        for first in range(len(words) - length + 1)
        for match in _likest(text, words[first : first + length], wanted)
        if match.likeness >= likeness
    ]
    candidates.sort(key=lambda match: (-match.likeness, match.start - match.end))
    chosen: list[Match] = []
    for match in candidates:
        if not _overlaps(match.start, match.end, [(seen.start, seen.end) for seen in chosen]):
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.start)


def forms(name: str) -> Forms:
    """The ways in which people write a name."""
    plain = plain_form(name)
    parts = plain.split()
    initials = ["".join(part[0] for part in parts)] if len(parts) > 2 else []
    usual = [*SYNONYMS.get(plain, ()), *initials]
    loose: list[str] = []
    for known, synonyms in SYNONYMS.items():
        if plain != known and re.search(rf"^{known}\b|\b{known}$", plain):
            usual += [plain.replace(known, synonym) for synonym in synonyms]
            loose += synonyms
    return Forms(plain=plain, usual=frozenset(usual), loose=frozenset(loose))


def plain_form(text: str) -> str:
    return " ".join(word.text for word in words_of(text))


def _likest(text: str, words: list[Word], wanted: Iterable[tuple[str, str, Forms]]) -> list[Match]:
    start, end = words[0].start, words[-1].end
    apart = re.search(r"[,;?!]|\. ", text[start:end])
    if words[0].text in FILLERS or words[-1].text in FILLERS or apart:
        return []
    said = " ".join(word.text for word in words)
    scored = [(_likeness(said, known), kind, name) for kind, name, known in wanted]
    best = max((score for score, _, _ in scored), default=0.0)
    kind = next((kind for score, kind, _ in scored if score == best), "")
    names = tuple(dict.fromkeys(name for score, of, name in scored if score == best and of == kind))
    return [Match(kind=kind, names=names, likeness=best, start=start, end=end)] if best > 0 else []


def _likeness(said: str, known: Forms) -> float:
    """100 the very name, 99 a usual other one, from CLOSE a slip, below it some words of the name."""
    if _singular(said) == _singular(known.plain):
        return 100.0
    if said in known.usual:
        return 99.0
    if len(said) >= SHORTEST_FUZZY and said[0] == known.plain[0]:
        ratio = fuzz.ratio(said, known.plain)
        if ratio >= CLOSE:
            return min(98.0, ratio)
    return 82.0 if said in known.loose else _shortened(said, known.plain)


def _shortened(said: str, name: str) -> float:
    said_words = {_singular(word) for word in said.split()} - FILLERS
    name_words = {_singular(word) for word in name.split()} - FILLERS
    if said_words and said_words < name_words and len(said) > 2:
        return 50.0 + 30.0 * len(said_words) / len(name_words)
    return 0.0


def _singular(text: str) -> str:
    return re.sub(r"(?<=[a-z]{3})s\b", "", text)


def _overlaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
