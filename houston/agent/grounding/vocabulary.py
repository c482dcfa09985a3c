"""The names that the results use, found again in a sentence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from houston.agent.grounding.cell import Name
from houston.agent.grounding.text import name_of, tokens

STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "in",
        "is",
        "it",
        "no",
        "none",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "other",
        "out",
        "so",
        "some",
        "that",
        "the",
        "then",
        "there",
        "this",
        "to",
        "too",
        "up",
        "was",
        "we",
        "were",
        "what",
        "who",
        "will",
        "with",
        "yes",
        "you",
        "all",
        "any",
        "total",
        "value",
        "old",
        "new",
        "day",
        "week",
        "month",
        "time",
        "name",
    ]
)
TOO_PLAIN = STOP | {"rate", "count", "cost", "per", "number", "amount"}
"""Words that stand for no metric by themselves."""
SHORTENED = ("channel", "client", "customer")
ABBREVIATIONS: dict[Name, tuple[str, ...]] = {
    ("conversion", "rate"): ("cvr",),
    ("click", "rate"): ("ctr",),
    ("click", "through", "rate"): ("ctr",),
    ("average", "order", "value"): ("aov",),
    ("order", "value"): ("aov",),
}
"""Other than the first letters of its words."""
LONGEST = 8
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    dimension: str
    name: Name


class Vocabulary:
    def __init__(self) -> None:
        self._names: dict[str, dict[Name, set[tuple[str, Name]]]] = defaultdict(dict)
        """By first word: the whole name, and the (dimension, name as cells have it) that it stands for."""
        self._firsts: dict[tuple[str, str], set[Name]] = {}
        """Names by their first word alone: Meta for meta-ads, where only one begins so."""
        self._lasts: dict[str, set[Name]] = {}
        """Metrics by their last word: spend for ad_spend, where only one ends so."""
        self._aliases: dict[Name, Name] = {}

    def add(self, dimension: str, text: str) -> None:
        name = name_of(text)
        if (
            not name
            or len(name) > LONGEST
            or (len(name) == 1 and (name[0] in STOP or len(name[0]) < 3 or name[0].isdigit()))
        ):
            return
        self._enter(name, dimension, name)
        if dimension in SHORTENED and len(name) > 1 and len(name[0]) > 2 and name[0] not in STOP:
            self._firsts.setdefault((dimension, name[0]), set()).add(name)
        if dimension == "metric" and len(name) > 2:
            self._enter(name_of("".join(word[0] for word in name)), dimension, name)
        for short in ABBREVIATIONS.get(name, ()) if dimension == "metric" else ():
            self._enter((short,), dimension, name)
        if dimension == "metric" and len(name) == 2 and len(name[1]) > 3 and name[1] not in TOO_PLAIN:
            self._lasts.setdefault(name[1], set()).add(name)

    def alias(self, one: str, other: str) -> None:
        """Two names of the same client."""
        self._aliases[name_of(one)] = name_of(other)
        self.add("client", one)
        self.add("client", other)

    def _enter(self, written: Name, dimension: str, name: Name) -> None:
        self._names[written[0]].setdefault(written, set()).add((dimension, name))

    def same(self, name: Name) -> Name:
        return self._aliases.get(name, name)

    def mentions(self, text: str) -> list[Mention]:
        """In order; the longest name wins where several begin at one word."""
        words = tokens(text)
        found: list[Mention] = []
        index = 0
        while index < len(words):
            name = self._longest([word for word, _, _ in words[index : index + LONGEST]])
            if name:
                start, end = words[index][1], words[index + len(name) - 1][2]
                found += [Mention(start, end, d, self.same(n)) for d, n in sorted(self._names[name[0]][name])]
            else:
                found += self._short(*words[index])
            index += len(name) or 1
        return found

    def _short(self, word: str, start: int, end: int) -> list[Mention]:
        found = [(dimension, self._firsts.get((dimension, word), set())) for dimension in SHORTENED]
        found.append(("metric", self._lasts.get(word, set())))
        return [
            Mention(start, end, dimension, self.same(next(iter(names))))
            for dimension, names in found
            if len(names) == 1
        ]

    def _longest(self, words: list[str]) -> Name:
        known = self._names.get(words[0])
        if not known:
            return ()
        for length in range(len(words), 0, -1):
            if tuple(words[:length]) in known:
                return tuple(words[:length])
        return ()


def distinct(mentions: Iterable[Mention]) -> frozenset[Name]:
    return frozenset(mention.name for mention in mentions)
