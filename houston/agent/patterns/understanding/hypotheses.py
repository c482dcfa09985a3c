"""`If we had spent 10% less last week`: a share of what was, which is arithmetic and no forecast."""

import re

PERCENT = r"(?P<number>\d{1,3}(?:\.\d+)?) ?(?:%|percent)"
MORE = r"(?:more|higher|greater|bigger|larger|extra|on top|better|above|added|up)"
LESS = r"(?:less|lower|fewer|smaller|off|below|cheaper|worse|cut|discount|down)"
SUPPOSED = re.compile(
    r"\b(?:if|would|suppos\w+|assum\w+|imagin\w+|hypothetical\w*|what is|calculate|work out|on top|off|"
    r"theoretical\w*)\b"
)
GONE_UP = re.compile(
    rf"\b(?:plus|add(?:ing|ed)?|with|increased by|raised by|grown by|marked up by) (?:another |an extra "
    rf")?{PERCENT}(?! of)"
)
GONE_DOWN = re.compile(
    rf"\b(?:minus|less|without|reduced by|cut by|lowered by|decreased by|discounted by|net of) "
    rf"{PERCENT}(?! of)"
)
BY_MORE, BY_LESS = (re.compile(rf"{PERCENT} (?:\w+ )?{words}\b") for words in (MORE, LESS))
WOULD_BE = re.compile(r"\bwould(?: \w+){0,4} (?:have been|be|have come|come)\b|\bhave been\b")
"""It asks for the figure itself, not for what would follow from it."""


def percent_more(text: str) -> str:
    """How much of the figure is asked for, in percent: `100 - 10`; '' where nothing is supposed."""
    supposed = bool(SUPPOSED.search(text)) and not re.search(r"\b(?:than|compared|vs|against)\b", text)
    for pattern, sign in ((GONE_UP, 1), (GONE_DOWN, -1)):
        if found := pattern.search(text):
            return _of_all(found["number"], sign)
    for pattern, sign in ((BY_MORE, 1), (BY_LESS, -1)):
        if supposed and (found := pattern.search(text)):
            return _of_all(found["number"], sign)
    return ""


def supposes_more(text: str) -> str:
    """`if we spend 10% more, …`: what would follow from it; '' where nothing of the kind is supposed."""
    found = re.search(
        rf"\b(?:if|suppos\w+|assum\w+|imagin\w+) (?:we|i|they|you|it|he|she)\b.{{0,40}}?{PERCENT} "
        rf"(?:{MORE}|{LESS})\b",
        text,
    )
    return found[0] if found else ""


def _of_all(number: str, sign: int) -> str:
    return f"100 {'+' if sign > 0 else '-'} {number}"


def asks_for_the_figure(text: str) -> bool:
    return WOULD_BE.search(text) is not None
