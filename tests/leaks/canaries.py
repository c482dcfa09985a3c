"""The planted words: each says by its fourth letter whose data it marks, and appears nowhere else.

`a` and `b` are the clients', `g` is the agency's own data, `n` the agency's names and addresses, which
everybody reads who meets it, `r` its rules for all clients, which are its own people's. Figures are
marked as well: each client has one that no sum of others makes.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"zqx([abgnr])([a-z]+)")
FIGURES = {"a": 7_311_917, "b": 8_422_653, "g": 6_533_281}
SEPARATORS = re.compile(r"(?<=\d)[,_'’](?=\d)")

OWNERS = frozenset("abgnr")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, order=True)
class Canary:
    """A word that was found, and whose it is."""

    owner: str
    word: str


def canary(owner: str, what: str) -> str:
    """The word that marks this owner's `what`, such as `note title`: lower-case letters only."""
    assert owner in OWNERS
    return f"zqx{owner}{what.replace(' ', '')}"


def spotted(*found: Any) -> frozenset[Canary]:
    """Every canary in texts and JSON, whatever surrounds it."""
    text = SEPARATORS.sub("", " ".join(map(_text, found)).lower())
    words = {Canary(match[1], match[0]) for match in WORD.finditer(text)}
    figures = {Canary(owner, str(figure)) for owner, figure in FIGURES.items() if str(figure) in text}
    return frozenset(words | figures)


def owners(found: Iterable[Canary]) -> frozenset[str]:
    return frozenset(each.owner for each in found)


def _text(found: Any) -> str:
    if isinstance(found, bytes):
        return found.decode("utf-8", "replace")
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, default=str)
