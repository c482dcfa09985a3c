"""Usual figures that are not kept here, `best weekday for orders`; and `spent on ads`, which is all spend."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.names import Match
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.strays import OF_MARKETING
from houston.agent.patterns.understanding.words import words_of

if TYPE_CHECKING:
    from houston.agent.patterns.understanding.reading import Reading

FIGURES = ("performance", "overview", "unknown")
NEIGHBOURS = (
    ("order", "conversion", "revenue", "booking", "purchase", "sale"),
    ("session", "visit", "visitor", "click", "impression", "view", "user"),
    ("signup", "lead", "subscriber", "install", "conversion", "customer"),
    ("refund", "return", "revenue", "order"),
)
"""What people count much alike."""
USUAL = frozenset(word for group in NEIGHBOURS for word in group) - {
    "customer",
    "return",
    "view",
    "user",
    "lead",
}
SPENDING = re.compile(r"\b(?:sp[ae]n[dt]\w*|cost\w*|paid|pay|budget|money|invest\w*|expens\w*)\b")
ON_ADS = re.compile(r"\b(?:on|for|in|into) (?:(?:the|our|all|their|paid|online|digital) )*$")

LEFT = re.compile(r"\b(?:left(?! out)|remain(?:s|ing|der)?|unspent|unused|still (?:have|got))\b")
BUDGET = re.compile(r"\b(?:budgets?|money|allowance|funds?|to spend)\b")


def bought(text: str, match: Match) -> bool:
    """`spent on ads`: what spend is for, not the channels that have `ads` in their names."""
    words = words_of(text[match.start : match.end])
    general = match.kind == "channel" and all(word.text in OF_MARKETING for word in words)
    return general and bool(SPENDING.search(text) and ON_ADS.search(text[: match.start]))


def with_unheld(question: Question, reading: "Reading") -> Question:
    """A figure that is said and not known is never taken for the one that was talked of before."""
    said = [cue.words for cue in reading.cues if cue.slot == "order" and cue.value == "orders"]
    if BUDGET.search(reading.text) and (left := LEFT.search(reading.text)):
        return replace(question, strays=(f"budget {left[0]}",))
    said += [word for word in reading.loose if word.removesuffix("s") in USUAL]
    about_people = reading.has("customers") or reading.named("segment")
    if not said or question.intent not in FIGURES or reading.formula or about_people:
        return question
    if reading.named("metric") or reading.text.startswith(("order ", "ordered ")):
        return question
    return replace(question, strays=tuple(dict.fromkeys((*question.strays, *said))))


def alike(strays: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Metrics that count what is much like a usual figure of another name."""
    said = {word.text.removesuffix("s") for stray in strays for word in words_of(stray)}
    near = [name for group in NEIGHBOURS if said & set(group) for name in group]
    found = [
        (near.index(word), metric.name.replace("_", " "))
        for metric in catalogue.metrics
        for word in [metric.name.replace("_", " ").casefold().removesuffix("s")]
        if word in near
    ]
    return tuple(name for _, name in sorted(found))
