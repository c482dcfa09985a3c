"""How much what was said is like a name of the catalogue, of 100."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from houston.agent.patterns.understanding.shorthand import is_short_for, spells_out, stem
from houston.agent.patterns.understanding.synonyms import SLANG, SYNONYMS
from houston.agent.patterns.understanding.words import plain_form, singular

WHOLE = 100.0
CLOSE = 86
"""Of 100: one slip in a word of seven letters."""
SLIP_OF_A_WORD = 70
SHORTEST_FUZZY = 5
FILLERS = frozenset([
    "of", "per", "the", "a", "an", "and", "for", "in", "on", "to", "by", "my", "our", "is", "are", "was",
    "were", "with",
])  # fmt: skip
GENERIC = frozenset(
    ["total", "average", "number", "value", "day", "new", "count", "all", "percent", "time", "last", "data",
     "month",
     "week", "year", "top", "best", "open", "rate", "ratio", "per", "score", "client", "clients",
     "customer", "channel", "metric", "good", "other", "daily"]
)  # fmt: skip
"""Words too common to stand for a longer name by themselves."""
ABBREVIATED = {short: SLANG[short] for short in ("avg", "pct", "num", "nr")}
"""What names are written with too; the rest of the slang may be a name of its own."""
DONE_TO_IT = re.compile(r"(?<=\w) (?:sold|sent|won|lost|paid|made|spent|kept|\w{3,}ed)$")
"""`copies sold` are copies."""


@dataclass(frozen=True, kw_only=True)
class Forms:
    plain: str
    usual: str
    """With synonyms put in one form: `Ad cost` is `spend`."""
    initials: str
    words: frozenset[str]
    stems: frozenset[str]


@lru_cache(maxsize=5_000)
def forms(name: str) -> Forms:
    plain = spelt_out(plain_form(name))
    parts = plain.split()
    initials = "".join(part[0] for part in parts) if len(parts) > 2 else ""
    usual = usual_form(plain)
    words = frozenset(singular(f"{plain} {usual}").split()) - FILLERS
    return Forms(
        plain=singular(plain), usual=usual, initials=initials, words=words, stems=frozenset(map(stem, words))
    )


def spelt_out(name: str) -> str:
    """`avg_basket` as people say it, and as their own `avg` is read."""
    return " ".join(ABBREVIATED.get(word, word) for word in name.split())


@lru_cache(maxsize=20_000)
def usual_form(text: str) -> str:
    """With each synonym replaced by the usual name, the longest first."""
    said = singular(text)
    for pattern, usual in OTHERS:
        said = pattern.sub(usual, said)
    return said


def _others() -> list[tuple[re.Pattern[str], str]]:
    pairs = [(singular(other), usual) for usual, others in SYNONYMS.items() for other in others]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return [(re.compile(rf"(?<![\w-]){re.escape(other)}(?![\w-])"), _joined(usual)) for other, usual in pairs]


def _joined(usual: str) -> str:
    """Several words as one, so that no later synonym reads a part of it."""
    return usual.replace(" ", "_")


OTHERS = _others()


@lru_cache(maxsize=5_000)
def head_of(name: str) -> str:
    head = re.split(r" (?:per|of|to|for|by|a) ", plain_form(name))[0]
    return singular(DONE_TO_IT.sub("", head))


@lru_cache(maxsize=50_000)
def alike(said: str, name: str) -> float:
    return likeness(said, forms(name))


def likeness(said: str, known: Forms) -> float:
    """100 the very name, 99 a usual other one, from CLOSE a slip, below it some words of the name."""
    one = singular(said)
    if one == known.plain:
        return 100.0
    if len(one) > 3 and singular(one.replace(" ", "")) == singular(known.plain.replace(" ", "")):
        return 100.0
    usual = usual_form(one).replace("_", " ")
    if usual == known.usual.replace("_", " ") or (said == known.initials):
        return 99.0
    if spells_out(said, known.plain):
        return 97.0
    if len(said) >= SHORTEST_FUZZY and said[0] == known.plain[:1]:
        ratio = fuzz.ratio(one, known.plain)
        if ratio >= CLOSE and _close_throughout(one, known.plain):
            return min(98.0, ratio)
    return _shortened(one, usual, known)


def _close_throughout(said: str, name: str) -> bool:
    """`parking fines` are no slip of `parking fees`: each word is a slip of its own at most."""
    pairs = list(zip(said.split(), name.split(), strict=False))
    if len(said.split()) != len(name.split()) or len(pairs) < 2:
        return True
    return all(fuzz.ratio(one, other) >= SLIP_OF_A_WORD for one, other in pairs)


def _shortened(said: str, usual: str, known: Forms) -> float:
    said_words = frozenset(said.split()) - FILLERS
    if not said_words or said_words <= GENERIC or len(said) < 2:
        return 0.0
    if len(said_words) > 1 and said_words == frozenset(known.plain.split()) - FILLERS and "per" not in said:
        return CLOSE + 2.0
    if (
        said_words < known.words
        or frozenset(usual.split()) < known.words
        or usual.replace(" ", "_") in known.words
    ):
        return 60.0 + 5.0 * len(said_words)
    if frozenset(map(stem, said_words)) <= known.stems:
        return 58.0
    return 57.0 + 5.0 * len(said_words & known.words) if _all_short(said_words, known) else 0.0


def _all_short(said: Iterable[str], known: Forms) -> bool:
    return all(any(one == word or is_short_for(one, word) for word in known.words) for one in said)
