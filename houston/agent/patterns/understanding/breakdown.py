"""By what a question's figures are split, and how they are ranked."""

import re
from dataclasses import replace

from houston.agent.patterns.understanding.priced import PRICED
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.reading import Reading


def rank_of(reading: Reading) -> str | None:
    """Said by itself, or together with what is ranked: `best channel`."""
    if reading.has("rank"):
        return reading.cue("rank")
    words = " ".join(cue.words for cue in reading.cues if cue.slot == "by")
    if re.search(r"\b(?:worst|lowest|smallest|weakest|least|quietest|cheapest)\b", words):
        return "bottom"
    ranked = r"\b(?:top|best|highest|biggest|largest|strongest|most|peak|rush|busiest|priciest)\b"
    return "top" if re.search(ranked, words) else None


def ranked_by(reading: Reading) -> str | None:
    """`the lowest revenue day`: the unit stands apart from the rank."""
    text = list(reading.text)
    for one in reading.found:
        text[one.start : one.end] = " " * (one.end - one.start)
    found = re.search(r"\b(day|week|month|hour|weekday|channel|client)s?\b", "".join(text))
    return found[1] if found else None


def with_breakdown(question: Question, reading: Reading) -> Question:
    said = next(
        (cue.value for cue in reading.cues if cue.slot == "by" and cue.value != "time"), reading.cue("by")
    )
    if question.formula and question.formula.kind == "per_customer":
        return question
    if question.formula and question.formula.kind == "ratio" and said is None:
        return _of_ratio(question, reading)
    if question.measure == "share" and reading.has("compare") and not question.channels and said is None:
        question = replace(question, measure=None)
    by = said or (ranked_by(reading) if rank_of(reading) else None)
    if question.measure == "median" and by in (None, "day"):
        return replace(question, by="day", rank=None)
    if question.measure == "average" and by == "day" and not question.rank:
        return replace(question, by="total")
    if len(question.clients) > 1:
        return replace(question, by="client")
    if by is None and (restricted := _restricted(question, reading)):
        return restricted
    by = by or _implied(question, reading)
    return _split_by(question, reading, by) if by else question


def _of_ratio(question: Question, reading: Reading) -> Question:
    priced = PRICED.search(reading.text) is not None
    parted = (question.rank and (priced or question.by == "channel")) or len(question.channels) > 1
    return replace(question, measure=None, by="channel" if parted else "total")


def _restricted(question: Question, reading: Reading) -> Question | None:
    """`and email?`, `only email`: of what was split by channels, that one."""
    channels = reading.sure("channel")
    if reading.has("more") and len(channels) == 1 and question.by == "channel":
        return replace(question, by="total", rank=None)
    if reading.has("restrict") and channels and not question.without:
        return replace(question, by="total" if question.by == "channel" else question.by)
    return None


def _implied(question: Question, reading: Reading) -> str | None:
    """What several channels, a share, a table or a rank is split by, though it is not said."""
    if question.by != "total":
        return None
    if len(question.channels) > 1 or question.without or question.measure == "share":
        of_client = question.measure == "share" and question.client and not question.channels
        return "client" if of_client else "channel"
    if reading.has("table"):
        return "day"
    if question.rank and question.intent == "performance" and not question.channels:
        return "channel" if PRICED.search(reading.text) else "day"
    return None


def _split_by(question: Question, reading: Reading, by: str) -> Question:
    if question.follows and not rank_of(reading):
        question = replace(question, rank=None, limit=reading.number)
    if by == "channel" and len(question.channels) == 1 and question.measure != "share":
        if reading.named("channel") and not question.rank:
            return question
        question = replace(question, channels=())
    return replace(question, by=by)
