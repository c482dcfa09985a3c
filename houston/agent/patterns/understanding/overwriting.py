"""Whether a message wants figures or customers changed, which Houston never does, whatever the words."""

import re
from itertools import pairwise

from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.words import words_of
from houston.agent.patterns.understanding.writes import START

CHANGE = (
    r"(?:set|change|update|correct|adjust|fix|edit|overwrite|replace|put|enter|add|subtract|raise|increase|"
    r"lower|reduce|make|turn|mark|move|assign|book|merge|rename|swap|override|bump|backdate|amend|register|"
    r"sign up|insert|import|create)"
)
ORDERED = re.compile(rf"{START}(?P<verb>{CHANGE})\b", re.IGNORECASE)
AMENDED = re.compile(
    rf"\b(?:please |pls |just |and |so )(?:{CHANGE}) (?:it|that|this|them)\b|[,;:–-] ?{CHANGE} (?:it|that)\b"
)
VALUE = re.compile(
    r"(?:\b(?:to|at|as|by|was|be|is|into|with|add|enter|subtract|of)|=|:) ?[$€£]?\d[\d.,]*(?! ?(?:days?"
    r"|weeks?|months?|hours?)\b)"
)
OF_PEOPLE = re.compile(
    r"\b(?:a|an|another|this|new|the) (?:new )?(?:customer|buyer|member|client)\b|\be-?mail\b|@\w|\bsegment\b"
)


def overwrites(reading: Reading) -> bool:
    """`set yesterday's spend to 100`, `the revenue was 900, please fix it`, `make Ada Frei a VIP`."""
    ordered = ORDERED.search(reading.text)
    if not (ordered or AMENDED.search(reading.text)):
        return False
    text = list(reading.text)
    for one in reading.found:
        text[one.start : one.end] = " " * (one.end - one.start)
    if (reading.named("metric") or reading.named("channel")) and VALUE.search("".join(text)):
        return True
    return bool(ordered) and _changes_people(reading)


def _changes_people(reading: Reading) -> bool:
    known = reading.named("metric") or reading.has("chart") or reading.has("table")
    if known or not OF_PEOPLE.search(reading.text):
        return _makes_somebody(reading)
    return reading.has("customers") or bool(reading.loose)


def _makes_somebody(reading: Reading) -> bool:
    """`make Ada Frei a VIP`: two unknown words, and what they are to become."""
    unknown = set(reading.loose)
    words = [word.text for word in words_of(reading.text)]
    named = any({first, last} <= unknown for first, last in pairwise(words))
    return named and bool(
        re.search(r"\b(?:make|turn|mark|move|assign)\b.*\b(?:a|an|as|into|to)\b", reading.text)
    )
