"""A message made plain: no mark-up, no slang, slips of the pen mended towards words that are known."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from houston.agent.patterns.understanding.synonyms import SLANG

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
TOKEN = re.compile(r"\S+")
MARKUP = re.compile(r"<[@#!][^>]*>|--client[ =]\S+|@houston\b", re.IGNORECASE)
LINK = re.compile(r"<?https?://[^\s>]+>?")
CHARTS = re.compile(r"[📈📉📊]|:[\w+-]*chart[\w+-]*:")
EMOJI = re.compile(r"(?<![\w:]):[\w+-]*[a-z][\w+-]*:(?![\w:])")
SHORT_DAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:[a-z]*day)?"
WEEKDAY_SPAN = re.compile(rf"\b({SHORT_DAY})\s*[-–—]\s*({SHORT_DAY})\b", re.IGNORECASE)
EDGES = "?!.,;:()[]{}*_~`\"“”'"
SHORTEST_MENDED = 5
TWO_SLIPS = 8


@dataclass(frozen=True, kw_only=True)
class Word:
    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    return [Word(text=m[0].casefold(), start=m.start(), end=m.end()) for m in WORD.finditer(text)]


def plain_form(text: str) -> str:
    return " ".join(word.text for word in words_of(text.replace("_", " ")))


@lru_cache(maxsize=20_000)
def singular(text: str) -> str:
    text = re.sub(r"(?<=[a-z]{2})ies\b", "y", text)
    text = re.sub(r"(?<=[a-z](?:sh|ch|ss))es\b", "", text)
    return re.sub(r"(?<=[a-z]{2}[a-rt-z])s\b", "", text)


def made_plain(
    text: str, known: Collection[str], targets: Collection[str], names: Collection[str] = frozenset()
) -> str:
    """Lower case; words that are `known` stay as they are, what is a slip away from a target becomes it."""
    text = EMOJI.sub(" ", CHARTS.sub(" chart ", text))
    text = WEEKDAY_SPAN.sub(r"\1 to \2", text)
    stripped = LINK.sub(" ", MARKUP.sub(" ", text)).replace("’", "'").replace("‘", "'").casefold()
    return " ".join(_mended(token, known, targets, names) for token in TOKEN.findall(stripped))


def _mended(token: str, known: Collection[str], targets: Collection[str], names: Collection[str]) -> str:
    bare = token.strip(EDGES)
    start = token.find(bare) if bare else 0
    before, after = token[:start], token[start + len(bare) :]
    if not bare:
        return SLANG.get(token, token)
    if token in SLANG and token not in names:
        return SLANG[token]
    if bare in SLANG and bare not in names:
        return before + SLANG[bare] + after
    if bare in known:
        return token
    base = bare.removesuffix("'s")
    if base in known:
        return before + base + after
    return before + _nearest(bare, targets) + after


def _nearest(word: str, known: Collection[str]) -> str:
    if not word.isalpha() or (len(word) < SHORTEST_MENDED and len(word) != 4):
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    if best is None:
        return word
    found, distance = str(best[0]), int(best[1])
    if len(word) == 4 and sorted(word) != sorted(found):
        return word
    if word[0] != found[0] and (distance == 2 or (len(word) == len(found) and sorted(word) != sorted(found))):
        return word
    if singular(word) == singular(found):
        return word
    return found if len(found) >= 4 else word
