"""What each trade calls its customers, and where such a word is a metric's instead."""

import re
from collections.abc import Iterable

from houston.agent.patterns.understanding.words import Word, singular, words_of

TRADE_NOUNS = (
    "guest", "patient", "subscriber", "user", "member", "diner", "student", "donor", "traveller",
    "traveler", "passenger", "pupil", "learner", "player", "fan", "reader", "viewer", "resident",
    "borrower", "policyholder", "attendee", "participant", "supporter", "consumer", "household", "payer",
    "rider", "renter", "patron", "punter", "licensee", "tenant", "enrollee", "holidaymaker", "gamer",
)  # fmt: skip
PEOPLE = (
    rf"(?:(?:customer|buyer|shopper|spender|purchaser|{'|'.join(TRADE_NOUNS)})s?|clientele|"
    r"people who (?:buy|bought))"
)
TRADE_WORDS = frozenset(f"{noun}{ending}" for noun in TRADE_NOUNS for ending in ("", "s"))
WHOM = re.compile(
    r"\bwho\b|\b(?:returning|repeat|recurring|existing|loyal) $|\b(?:top|best|biggest|largest|most "
    r"(?:loyal|valuable))(?: \w+){0,2} $|\b(?:list|find|look up) $"
)
"""Before such a word: people are meant, whatever metrics there are."""


def counted_by_a_metric(text: str, own_words: Iterable[str]) -> list[Word]:
    """`patients last week`, where `new_patients` is a metric: these words are left to the names."""
    ours = {singular(word) for word in own_words}
    return [
        word
        for word in words_of(text)
        if word.text in TRADE_WORDS and singular(word.text) in ours and not WHOM.search(text[: word.start])
    ]


def meant_as_people(text: str, start: int, end: int) -> bool:
    """`our top donors`, where `donors` is a metric too."""
    return text[start:end] in TRADE_WORDS and WHOM.search(text[:start]) is not None
