"""Names said shorter or longer than they are written: `appts`, `churn`, `average daily rate` of adr."""

import re
from functools import lru_cache

from houston.agent.patterns.understanding.vocabulary import STOP_WORDS

ENDING = re.compile(r"(?:ations?|ions?|ings?|ed|ments?|ers?|als?|s)$")
SHORT_ENDING = re.compile(r"(?:ions?|ings?|ed|e|s)$")
VOWELS = frozenset("aeiou")
SHORTEST_STEM = 4
LEAST_LEFT_OUT = 3
FIRST = frozenset(
    ["average", "total", "net", "gross", "cost", "monthly", "annual", "daily", "new", "return", "number",
     "price", "customer"]
)  # fmt: skip
LAST = frozenset(
    ["rate", "ratio", "score", "value", "cost", "price", "revenue", "index", "size", "spend", "order",
     "click", "customer", "day", "user", "room"]
)  # fmt: skip
"""Usual words which a name that is written as its initials may begin and end with."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """`cancelled` and `cancellations` are one; a word of less than four letters is no stem."""
    bare = ENDING.sub("", word)
    bare = SHORT_ENDING.sub("", word) if len(bare) < SHORTEST_STEM else bare
    bare = word[:-1] if len(bare) < SHORTEST_STEM and re.search(r"[^aeiou]ed$", word) else bare
    bare = bare[:-1] if len(bare) > SHORTEST_STEM and bare[-1:] == bare[-2:-1] else bare
    return bare if len(bare) >= SHORTEST_STEM else word


def is_short_for(said: str, word: str) -> bool:
    """`appt` of appointment and `occup` of occupancy; both singular, `said` no usual word."""
    if said in STOP_WORDS or not said.isalpha() or len(word) - len(said) < LEAST_LEFT_OUT:
        return False
    if said[0] != word[0] or len(said) < LEAST_LEFT_OUT:
        return False
    if word.startswith(said):
        return len(said) >= SHORTEST_STEM or said[-1] not in VOWELS
    bare = sum(letter in VOWELS for letter in said[1:]) == 0
    whole = said == word[0] + "".join(letter for letter in word[1:] if letter not in VOWELS)
    return bare and (whole or said[-1] in (word[-1], stem(word)[-1])) and _within(said, word)


def _within(said: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in said)


def spells_out(said: str, name: str) -> bool:
    """Whether the words' initials are the name; no phrase of usual words is one by chance."""
    words = said.split()
    if len(words) < 3 or "".join(word[0] for word in words) != name:
        return False
    opens = words[0] not in STOP_WORDS or words[0] in FIRST
    return opens and (words[-1] not in STOP_WORDS or words[-1] in LAST)
