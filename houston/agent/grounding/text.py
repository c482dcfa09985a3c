"""Sentences and names as the checks compare them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

DOTS = str.maketrans({"。": ".", "．": ".", "｡": ".", "：": ":", "／": "/", "＠": "@", "％": "%", "＄": "$"})
JOINERS = "\u200c\u200d"
"""Invisible, but emoji and several scripts are written with them."""

REACH = 80
"""Characters before a figure that can say something of it."""
TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


def clean(sentence: str) -> str:
    """Without invisible characters, and with each digit, dot and slash in its common form, as Markdown
    shows it: an HTML entity is the character that it stands for."""
    if "&" in sentence:
        sentence = unescape(sentence)
    if sentence.isascii():
        return sentence
    return "".join(map(_common, sentence)).translate(DOTS)


def visible(text: str) -> str:
    """Without what nobody sees: such characters hide words, or turn the order of digits round."""
    if text.isascii():
        return text
    return "".join(char for char in text if char in JOINERS or unicodedata.category(char) != "Cf")


def _common(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) == "Cf":
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and folded.isalnum() else char


def blank(text: str, places: Iterable[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in places:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def leading(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """What a pattern that ends with `$` finds right before a place, near it."""
    return pattern.search(text, max(0, start - REACH), start)


@lru_cache(maxsize=256)
def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a sentence has it anywhere; asked again for each cell that a figure may be."""
    return bool(pattern.search(text))


def tokens(text: str) -> list[tuple[str, int, int]]:
    """(word in its plain form, start, end), so that `Google Ads` and `google-ads` are one."""
    return [(singular(found[0]), found.start(), found.end()) for found in TOKEN.finditer(text)]


def name_of(text: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in tokens(text))


def singular(word: str) -> str:
    plain = word.casefold()
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        return plain[:-3] + "y" if plain.endswith("ies") else plain[:-1]
    return plain


class Taken:
    """Which places of a text something stands for already."""

    def __init__(self, length: int) -> None:
        self._places = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Whether the place was free; it is taken now."""
        if end <= start or any(self._places[start:end]):
            return False
        self._places[start:end] = b"\1" * (end - start)
        return True
