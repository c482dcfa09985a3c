"""Things that people name and that no catalogue lists: reports, their rows, alerts, jobs, notes, people."""

import re
from datetime import timedelta
from itertools import pairwise

from houston.agent.facts import Facts
from houston.agent.patterns.planning.reports import LIST
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.understanding.follow import FAILING
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.searching import CODE
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.topics import OF_A_PERSON
from houston.agent.patterns.understanding.words import words_of

ALERTS = wanted("alerts")
MOST_NOTES, MOST_PEOPLE, MOST_REPORTS, MOST_SEARCHED = 5, 5, 2, 2
ABOUT = re.compile(
    r"\b(?:know|about|thing|story|happened|happening|heard|said|anything|something|news|status|update|on)\b",
    re.I,
)
TOLD = re.compile(
    rf"{ABOUT.pattern}|^\W*(?:when|who|where|did|does|has|have|is|are|was|were|what|why|any)\b", re.I
)
FIGURES = re.compile(
    r"\bhow (?:much|many|often)\b|\b(?:profit|margin|costs?|rate|revenue|sales|sold|sell|earn\w*|average|"
    r"total|percent\w*|number|count|price|amount|share|budget)\b",
    re.I,
)
"""A note that is related is no answer to these."""
WHEN = re.compile(r"\W*(?:when|where|who(?! is| are| was)|what was on)\b", re.I)
"""No figure of a channel is asked for: `when is the home fair?` Who somebody is, notes do not say."""
SHORTEST_SEARCHED = 4
SHORT, LONG = 7, 30
"""Days that are looked through for a job; for its last failure, more."""


def kept_names(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    kept = (LIST, ALERTS, wanted("task_runs", period=_lately(question, facts)))
    return (*kept, *_noted(question), *_person(question), *_rows(question, done))


def _noted(question: Question) -> tuple[Wanted, ...]:
    """A note may tell of it: `what do we know about the outage?`, `is the lift working again?`"""
    if question.metrics or FIGURES.search(question.raw) or not TOLD.search(question.raw):
        return ()
    longest = sorted(searched(question), key=len, reverse=True)[:MOST_SEARCHED]
    return tuple(wanted("notes", query=stem(word), limit=MOST_NOTES) for word in longest)


def _person(question: Question) -> tuple[Wanted, ...]:
    """A customer's id, or two unknown words beside each other, which may be a name."""
    name = name_in(question)
    return (wanted("customers", query=name, order_by="revenue", limit=MOST_PEOPLE),) if name else ()


def name_in(question: Question) -> str:
    if code := CODE.search(question.raw):
        return code[0]
    unknown = {
        word.removesuffix("'s") for said in (*question.strays, *question.loose) for word in said.split()
    }
    words = [word.text.removesuffix("'s") for word in words_of(question.raw.replace("’", "'"))]
    for first, last in pairwise(words):
        if {first, last} <= unknown and not OF_A_PERSON.search(f"{first} {last}"):
            return f"{first} {last}"
    named = [word for word in unknown if re.search(rf"\b{re.escape(word)}\b", question.raw.casefold())]
    alone = len(named) == 1 and re.search(rf"(?<=\w ){re.escape(named[0].capitalize())}\b", question.raw)
    return named[0] if alone and OF_A_PERSON.search(question.raw.casefold()) else ""


def _rows(question: Question, done: Done) -> tuple[Wanted, ...]:
    """Of reports whose names share a word with the question: `how many orders has the Berlin shop?`"""
    said = {stem(word.text) for word in words_of(question.raw)}
    listed = [found for found in (done.result(LIST) or {}).get("reports") or () if found.get("last_run")]
    alike = [found for found in listed if said & {stem(word.text) for word in words_of(str(found["name"]))}]
    near = alike or (listed if len(listed) <= MOST_REPORTS else [])
    return tuple(wanted("report_rows", report=str(found["id"])) for found in near[:MOST_REPORTS])


def searched(question: Question) -> list[str]:
    named = question.channels if not question.metrics and WHEN.match(question.raw) else ()
    said = " ".join(question.strays or question.loose or named).replace("'s", "").replace("-", " ").split()
    return [word for word in said if len(word) >= SHORTEST_SEARCHED] or said[:1]


def likely_kept(question: Question) -> bool:
    """`sales by shop` may be a report; what beside its unknown word names a metric and a period is none."""
    if question.intent in ("why", "outliers"):
        return bool(question.strays or question.loose) and not question.metrics
    if question.intent == "overview":
        return bool(question.strays) and not question.metrics
    dated = question.period is not None and not question.assumed_period
    long = question.metrics and dated and question.period and question.period.start < question.period.end
    return bool(question.strays) and question.intent == "performance" and not long


def _lately(question: Question, facts: Facts) -> Period:
    if question.period and not question.assumed_period:
        return question.period
    days = LONG if FAILING.search(question.raw.casefold()) else SHORT
    return Period(start=facts.today - timedelta(days=days - 1), end=facts.today)
