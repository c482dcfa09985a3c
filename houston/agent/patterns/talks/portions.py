"""Parts of what was just shown: `which of them is cheapest?`, `as a share of revenue`, `and per visit?`"""

import re
from dataclasses import replace

from houston.agent.patterns.understanding.formulas import Formula
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading

AMONG = re.compile(r"\b(?:which|what|who)(?: one| of (?:them|these|those|the (?:two|three|four|lot)))s?\b")
PART_OF = re.compile(r"\b(?:is|are|was|were|do|does|did|make) (?:that|those|these|they|it|this)\b")
AS_PART = re.compile(r"\b(?:as|in) (?:an? |the )?(?:share|percent|%|part|fraction|proportion|ratio) of\b")
PER_ONE = re.compile(
    r"^\W*(?:(?:and|so|ok|what|how much|is|was|are|were|does|that|this|it|those|they|come to|work out(?: at| "
    r"to)?|make) )*(?:per|for (?:each|every|one)|divided by)(?: single| one)? $"
)
EACH = re.compile(r"\beach(?: one)?(?: of (?:them|those|these))?\b")
PARTED = ("channel", "client")


def among(previous: Question, question: Question, reading: Reading) -> Question:
    """`which of them is cheapest?`, `which one grew most?`: among the rows that were just shown."""
    parted = previous.intent == "performance" and previous.by != "total"
    if parted and EACH.search(reading.text) and not (question.rank or question.formula or reading.has("by")):
        return replace(question, by=previous.by)
    if not parted or not question.rank or reading.has("by") or not AMONG.search(reading.text):
        return question
    return replace(question, intent="performance", by=previous.by)


def part_of(previous: Question, question: Question, reading: Reading) -> Question:
    """`what share of the visits is that?`, `and per visit?`: of what was talked of, by another metric."""
    others = [name for name in question.metrics if name not in previous.metrics]
    if len(previous.metrics) != 1 or len(others) != 1 or question.formula:
        return question
    if len(reading.sure("metric")) > 1 or reading.found or reading.sure("channel"):
        return question
    share = question.measure == "share" and (PART_OF.search(reading.text) or AS_PART.search(reading.text))
    named = reading.named("metric")
    each = bool(named) and PER_ONE.search(reading.text[: named[0].start]) is not None
    if not (share or each):
        return question
    formula = Formula(kind="ratio", metrics=(previous.metrics[0], others[0]), percent=bool(share))
    by = question.by if reading.has("by") else previous.by if previous.by in PARTED else "total"
    return replace(
        question, metrics=formula.metrics, formula=formula, measure=None, by=by, period=previous.period,
        assumed_period=previous.assumed_period, channels=previous.channels, compare=None, against=None,
    )  # fmt: skip
