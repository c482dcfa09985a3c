"""Calls that list what the team keeps: notes, reports, customers, task runs, alerts, rules."""

import re
from collections.abc import Callable
from datetime import timedelta

from houston.agent.facts import Facts
from houston.agent.patterns.planning.talked import notes_about
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.understanding.dates import with_days_first, writes_month_first
from houston.agent.patterns.understanding.future import calendar_period, country_of
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.shorthand import stem
from houston.agent.patterns.understanding.vocabulary import STOP_WORDS, TARGETS, VOCABULARY
from houston.agent.patterns.understanding.words import made_plain, words_of

MOST_OF_AN_AUTHOR = 50
MOST_TRIES = 4
MOST_CUSTOMERS = 50
"""The tool lists no more."""


def notes(question: Question, done: Done) -> tuple[Wanted, ...]:
    """By the words as they stand; where no note holds them, by each of them; an author's of all."""
    if question.refers:
        return notes_about(question, done)
    if question.author:
        return (wanted("notes", period=question.period, status=question.status, limit=MOST_OF_AN_AUTHOR),)
    apart = _words_apart(question.search)
    stems = [stem(word) for word in apart or question.search.split()[:1]]
    tries = [_searched(question, words) for words in dict.fromkeys((question.search, *apart, *stems))]
    for found in tries[:-1]:
        if (done.result(found) or {}).get("notes") != []:
            return (found,)
    return (tries[-1],)


def _words_apart(search: str) -> list[str]:
    """What to search for where no note holds all of it: each word, the longest first."""
    words = [
        word
        for word in dict.fromkeys(word.text for word in words_of(search))
        if len(word) > 1 and word not in STOP_WORDS
    ]
    return sorted(words, key=len, reverse=True)[:MOST_TRIES] if len(search.split()) > 1 else []


def _searched(question: Question, words: str) -> Wanted:
    return wanted(
        "notes", period=question.period, status=question.status, query=words or None, limit=question.limit
    )


def note(question: Question, done: Done) -> tuple[Wanted, ...]:
    """One note, whole: by its number, else the one that a search finds."""
    if question.search.isdigit() and "read_note" in done.tools:
        return (wanted("read_note", note=question.search),)
    (found,) = notes(question, done)
    listed = (done.result(found) or {}).get("notes") or ()
    if (
        listed
        and "id" in listed[0]
        and "read_note" in done.tools
        and (len(listed) == 1 or not question.search)
    ):
        return (found, wanted("read_note", note=str(listed[0]["id"])))
    return (found,)


def customers(question: Question) -> tuple[Wanted, ...]:
    """The lowest are the last of all, as far as the tool lists them."""
    return (
        wanted(
            "customers",
            query=question.search or None,
            segment=question.segment,
            order_by=question.order_by,
            limit=MOST_CUSTOMERS if question.rank == "bottom" or question.condition else question.limit,
        ),
        *((wanted("customer_summary"),) if question.condition and question.condition.counted else ()),
    )


def summary(question: Question) -> tuple[Wanted, ...]:
    return (wanted("customer_summary", period=question.period),)


def tasks(question: Question) -> tuple[Wanted, ...]:
    states: tuple[str | None, ...] = (
        question.state if question.state in ("succeeded", "dead_letter") else None,
    )
    if question.state == "failed":
        states = ("failed", "dead_letter")
    job = question.search if re.fullmatch(r"\w+[-_.][\w.-]+", question.search) else None
    return tuple(
        wanted("task_runs", period=question.period, job=job, state=state, limit=question.limit)
        for state in states
    )


def alerts(question: Question, done: Done) -> tuple[Wanted, ...]:
    """By the words that are left over; else all, of which one may be named in usual words."""
    searched = wanted("alerts", query=question.search or None)
    return (searched,) if (done.result(searched) or {}).get("alerts") != [] else (wanted("alerts"),)


def episodes(question: Question, facts: Facts) -> tuple[Wanted, ...]:
    over = question.status == "done" or re.search(
        r"\b(?:history|past|all|closed|resolved|were|fired|triggered|went off)\b", question.raw.casefold()
    )
    still = re.search(r"\b(?:open|still|current|currently|now|active|firing)\b", question.raw.casefold())
    everything = (over or question.period) and not still
    period = question.period
    if everything and period is None:
        period = Period(start=facts.today - timedelta(days=6), end=facts.today)
    return (
        wanted(
            "episodes",
            period=period if everything else None,
            state="all" if everything else None,
            limit=question.limit,
        ),
    )


def rules(question: Question) -> tuple[Wanted, ...]:
    return (wanted("rules"),)


def destinations(question: Question, done: Done) -> tuple[Wanted, ...]:
    """Where things go is said by the rules; the destinations themselves by their list."""
    listed = re.search(r"\b(?:destinations?|recipients?|addressees?)\b", question.raw.casefold())
    both = (wanted("destinations"),) if listed else (wanted("rules"), wanted("destinations"))
    return tuple(call for call in both if call.tool in done.tools)


def calendar(question: Question, facts: Facts) -> tuple[Wanted, ...]:
    text = made_plain(question.raw, VOCABULARY, TARGETS)
    text = with_days_first(text) if writes_month_first(facts.zone.key) else text
    period = calendar_period(text, facts.today)
    if re.search(r"\b(?:until|till)\b", text) and period.start > facts.today:
        return (wanted("calendar", start=period.start.isoformat()),)
    last = period.end.isoformat() if period.end != period.start else None
    return (wanted("calendar", start=period.start.isoformat(), end=last, country=country_of(text)),)


PLANS: dict[str, Callable[[Question, Facts, Done], tuple[Wanted, ...]]] = {
    "notes": lambda question, facts, done: notes(question, done),
    "note": lambda question, facts, done: note(question, done),
    "customers": lambda question, facts, done: customers(question),
    "customer_count": lambda question, facts, done: summary(question),
    "new_customers": lambda question, facts, done: summary(question),
    "returning": lambda question, facts, done: summary(question),
    "tasks": lambda question, facts, done: tasks(question),
    "alerts": lambda question, facts, done: alerts(question, done),
    "episodes": lambda question, facts, done: episodes(question, facts),
    "rules": lambda question, facts, done: rules(question),
    "destinations": lambda question, facts, done: destinations(question, done),
    "calendar": lambda question, facts, done: calendar(question, facts),
}
