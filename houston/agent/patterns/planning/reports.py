"""Reports: their list, then the rows of the one that is meant."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.words import plain_form

ALIKE = 55
LIST = wanted("reports")
REPORT = re.compile(r" (?:report|query)\b")
MOST_NAMED = 2
DULL = frozenset([
    "report", "reports", "query", "show", "me", "the", "rows", "run", "of", "what", "is", "in", "does",
    "say", "open", "a", "our", "by",
])  # fmt: skip
RUN = re.compile(r"\b(?:run|rerun|re-run|refresh|execute|again|fresh|update)\b")


def reports(question: Question) -> tuple[Wanted, ...]:
    return (LIST,)


def report(question: Question, done: Done) -> tuple[Wanted, ...]:
    listed = done.result(LIST)
    if listed is None:
        return (LIST,)
    meant = meant_reports(question, listed.get("reports") or ())
    if len(meant) != 1:
        return (LIST,)
    never = "last_run" in meant[0] and meant[0]["last_run"] is None
    run = never or RUN.search(question.raw.casefold())
    tool = "run_report" if run and "run_report" in done.tools else "report_rows"
    return (LIST, wanted(tool, report=str(meant[0].get("id", meant[0]["name"]))))


def meant_reports(question: Question, listed: Sequence[Result]) -> list[Result]:
    """Those whose names share most with the question; all of them where none is named and there is one."""
    said = plain_form(question.raw)
    scored = [
        (fuzz.token_set_ratio(_telling(said), _telling(plain_form(found["name"]))), found) for found in listed
    ]
    told = set(said[: found.start()].split()[-MOST_NAMED:]) if (found := REPORT.search(said)) else set()
    by_word = [one for one in listed if told & (set(plain_form(one["name"]).split()) - DULL)]
    if len(by_word) == 1:
        return by_word
    best = max((score for score, _ in scored), default=0.0)
    if best < ALIKE:
        return [] if question.search and question.intent == "report" else list(listed)
    return [found for score, found in scored if score >= best - 3]


def _telling(text: str) -> str:
    """Without the words that any question about reports holds."""
    return " ".join(word for word in text.split() if word not in DULL)
