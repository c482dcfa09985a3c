"""Where it is not clear what is meant: the question back, and up to five answers to press."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.unheld import alike

NEEDS_CLIENT = ("performance", "overview", "why")
MOST_OPTIONS = 5
NEAR = 74
VAGUE = re.compile(
    r"\b(?:compare|comparison|data|figures?|numbers?|stats?|chart|trend|it|that|them|one|both|table)\b"
)
OTHER_CLIENT = re.compile(r"\b(?:other|another|different) (?:client|account|brand)\b")
OTHER_CLIENTS = re.compile(
    r"\b(?:of|for|from|at|by) (?:the |our |all )*(?:other|different) (?:client|account|brand)s\b"
)
OF_ONE = re.compile(
    r"\b(?:what|how much|how many|when|which segment|where)(?:'s| has| have| did| does| is| was| do)?\b",
    re.IGNORECASE,
)
OF_ALL = re.compile(
    r"\b(?:all|any|every|across|overall|clients?|accounts?|brands?|in total)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    question: str
    options: tuple[str, ...] = ()


def doubt(question: Question, catalogue: Catalogue, facts: Facts) -> Doubt | None:
    """None where it is clear what is meant."""
    chosen = facts.client is not None or question.client is not None
    figures = question.intent in NEEDS_CLIENT
    lost = question.strays and question.intent in (*NEEDS_CLIENT, "unknown")
    if question.unclear and not (chosen and lost):
        return Doubt(question="Which one do you mean?", options=_spoken(question.unclear[0]))
    if lost:
        return _unknown(question.strays, catalogue)
    others = OTHER_CLIENT if figures else OTHER_CLIENTS
    split = question.by == "client" and figures
    if others.search(question.raw.casefold()) and not question.client and not split:
        return _which_client(catalogue, but=facts.client.name if facts.client else "")
    free = facts.client is None and bool(catalogue.clients)
    if free and figures and not question.outlier and question.by != "client":
        return _which_client(catalogue)
    if _of_several_clients(question, facts, catalogue):
        return _which_client(catalogue)
    vague = _vague(question)
    if vague and free and not question.metrics:
        return _which_client(catalogue)
    unsaid = (question.intent == "performance" or vague) and not (question.metrics or question.formula)
    if catalogue.metrics and (unsaid or _points_at_nothing(question, facts)):
        return Doubt(
            question="Which metric do you mean?",
            options=_spoken([metric.name for metric in catalogue.metrics]),
        )
    return None


def _unknown(strays: Sequence[str], catalogue: Catalogue) -> Doubt | None:
    near = _near(strays, catalogue) or alike(strays, catalogue)
    these = "one of these" if len(near) > 1 else "this one"
    asked = f"I know nothing called “{' '.join(strays)}”. Did you mean {these}?"
    return Doubt(question=asked, options=near) if near else None


def _which_client(catalogue: Catalogue, *, but: str = "") -> Doubt:
    names = [client.name for client in catalogue.clients if client.name != but]
    return Doubt(question="Which client do you mean?", options=tuple(names[:MOST_OPTIONS]))


def _of_several_clients(question: Question, facts: Facts, catalogue: Catalogue) -> bool:
    """`who is the best customer?`: of which client, where several are seen and all are not meant."""
    alone = question.intent == "customers" and question.rank and not (question.search or question.picked)
    chosen = facts.client is not None or question.client is not None
    return bool(alone and not chosen and len(catalogue.clients) > 1 and not OF_ALL.search(question.raw))


def which_person(question: Question, found: Result) -> Doubt | None:
    """`what has Ben spent?`, where several are called so."""
    people = found.get("customers") or ()
    about_one = question.intent == "customers" and question.search and OF_ONE.search(question.raw)
    if not about_one or question.rank or not 1 < len(people) <= MOST_OPTIONS:
        return None
    named = all(word in str(one["name"]).casefold() for one in people for word in question.search.split())
    ids = tuple(f"{one['name']} ({one['customer_id']})" for one in people)
    return Doubt(question="Which one do you mean?", options=ids) if named else None


def _points_at_nothing(question: Question, facts: Facts) -> bool:
    """`why did it drop`, where nothing was talked of that `it` could be."""
    said = re.search(r"\bwhy\b.*\b(?:it|that|they|this)\b", question.raw.casefold())
    told = facts.alert or facts.events or facts.thread
    nothing = not question.metrics and not question.channels and not question.follows
    return bool(question.intent == "why" and said and nothing and question.assumed_period and not told)


def _vague(question: Question) -> bool:
    return question.intent == "unknown" and not question.strays and _half_said(question)


def _half_said(question: Question) -> bool:
    """Something about figures was said, but not of which."""
    said = (question.rank, question.compare, question.against, question.period, question.measure)
    parted = question.chart or question.by != "total" or bool(question.channels)
    told = any(value is not None for value in said)
    return parted or told or VAGUE.search(question.raw.casefold()) is not None


def _near(strays: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Names that are written much like one of the unknown words, nearest first."""
    known = [name for listed in catalogue.kinds.values() for name in listed]
    spoken = {name.replace("_", " ").casefold(): name for name in known}
    found = [
        (score, spoken[name])
        for stray in strays
        for name, score, _ in process.extract(
            stray, list(spoken), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_OPTIONS
        )
    ]
    near = [name for _, name in sorted(found, reverse=True)]
    beside = next((listed for listed in catalogue.kinds.values() if near and near[0] in listed), ())
    return _spoken([*near, *(name for name in beside if name not in near)] if len(near) == 1 else near)


def _spoken(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.replace("_", " ") for name in names))[:MOST_OPTIONS]
