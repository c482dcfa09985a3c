"""Merges a message with the conversation before it into one question."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from houston.agent.facts import ThreadAlert
from houston.agent.patterns.understanding.asides import aside_in, client_named
from houston.agent.patterns.understanding.breakdown import rank_of, with_breakdown
from houston.agent.patterns.understanding.catalogue import Catalogue
from houston.agent.patterns.understanding.chosen import with_chosen
from houston.agent.patterns.understanding.comparing import with_period
from houston.agent.patterns.understanding.earlier import at_that_day
from houston.agent.patterns.understanding.intents import ARITHMETIC, intent_of
from houston.agent.patterns.understanding.left_over import with_left_over
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import MOST_METRICS, Intent, Question
from houston.agent.patterns.understanding.reading import Reading
from houston.agent.patterns.understanding.reckoned import expression_of, hours_of
from houston.agent.patterns.understanding.searching import with_search

AGAIN = re.compile(
    r"\bsame (?:question|thing|one|again)\b|\bdo (?:it|that|the same) (?:again|for)\b|\bditto\b"
)

FAILING = re.compile(
    r"\b(?:fail\w*|die[ds]?|died|dying|stuck|went down|bombed|broken?|broke|crash\w*|tim(?:e|ed|es) out|"
    r"errors?|dead[- ]?letters?|go(?:ne|es)? wrong|went wrong)\b"
)

ALL_WELL = re.compile(r"(?:and |so |hey |hi )?(?:are|is|did|do|have|has|were|was)\b")
"""`are all jobs green`: whether they are, is not said by the green ones."""

INHERITING = ("performance", "overview", "why", "outliers", "tasks")
"""Without a period of its own, such a question is about the one that was talked of."""

ABOUT_METRICS = ("performance", "overview", "why")

ALONE = (
    "metrics", "clients", "help", "hello", "thanks", "definition", "calendar", "calculate", "refused",
    "beyond", "write",
)  # fmt: skip


def from_alert(alert: ThreadAlert, today: date, day: date) -> Question:
    """An alert's thread starts as if its metric, around its day, had been asked for."""
    channels = (alert.channel,) if alert.channel else ()
    return Question(
        intent="why", metrics=(alert.metric,), channels=channels, period=Period.around(day, today)
    )


def follow(
    previous: Question | None, reading: Reading, catalogue: Catalogue, today: date, current: str
) -> Question:
    """`current` is the name of the client that the conversation is about, '' where none is."""
    aside = aside_in(reading, catalogue, today)
    if aside:
        cleared: dict[str, Any] = {
            "client": None,
            "unclear": (),
            "strays": (),
            "raw": reading.raw,
            "chart": False,
        }
        return replace(previous or Question(), **(cleared | aside))
    intent = intent_of(reading)
    if AGAIN.search(reading.text) and intent in ("switch", "unknown", "clients", "overview", "calendar"):
        intent = None
    question = _merged(_base(previous, reading, intent), reading, catalogue, current)
    question = _judged(with_breakdown(question, reading), reading, catalogue)
    question = at_that_day(with_period(question, reading, today), reading, catalogue, today)
    question = _last_touches(with_search(question, reading), reading, today)
    return with_left_over(with_chosen(question, reading), reading)


def _base(previous: Question | None, reading: Reading, intent: Intent | None) -> Question:
    """What is kept of the question before: all of it where this message only changes a part."""
    if previous is None:
        return Question(intent=intent or "unknown", raw=reading.raw)
    kept = replace(
        previous, client=None, strays=(), loose=(), unclear=(), raw=reading.raw,
        chart=previous.chart and intent is None, author="",
        declined="", write="", expression="", follows=True,
    )  # fmt: skip
    if intent is None and reading.empty and len(reading.loose) > 0 and not reading.follows_up:
        return replace(kept, intent="unknown", metrics=(), period=None)
    if intent is None:
        return replace(kept, intent=_went_on(previous, reading))
    same = intent in ABOUT_METRICS and previous.intent in (*ABOUT_METRICS, "refused", "beyond", "thanks")
    if intent in ALONE or intent == "switch":
        return replace(kept, intent=intent)
    if (same and reading.follows_up) or (intent == "why" and not reading.named("metric")):
        return replace(kept, intent=intent, chart=False)
    if intent == previous.intent and reading.follows_up:
        return kept
    period = previous.period if intent in INHERITING else None
    return Question(
        intent=intent, period=period, assumed_period=bool(period) and previous.assumed_period,
        raw=reading.raw,
        metrics=previous.metrics if intent == "outliers" and reading.follows_up else (),
    )  # fmt: skip


def _went_on(previous: Question, reading: Reading) -> Intent:
    if previous.intent in (*ALONE, "switch"):
        return "performance" if previous.metrics else "unknown"
    if previous.intent == "overview" and (reading.has("by") or reading.has("chart")):
        return "performance"
    return "performance" if previous.intent == "why" and previous.metrics else previous.intent


def _merged(base: Question, reading: Reading, catalogue: Catalogue, current: str) -> Question:
    metrics, channels = reading.sure("metric")[:MOST_METRICS], reading.sure("channel")
    clients = tuple(dict.fromkeys(_names(reading, catalogue)))
    excluded = re.search(
        r"\b(?:except|without|excluding|not including|ignor(?:e|ing)|skip(?:ping)?|omit(?:ting)?|leav(?:e|"
        r"ing) out|apart from|other than|(?:all|every|any)\b[^?.]* but)\b|^\W*(?:(?:and|now|please|ok) "
        r")*(?:drop|remove|exclude|hide|take out)\b",
        reading.text,
    )
    if excluded and channels:
        base, channels = replace(base, without=channels), ()
    if excluded and clients and not channels:
        base, clients = replace(base, without=clients, by="client"), ()
        reading = replace(reading, names=tuple(one for one in reading.names if one.kind != "client"))
    held: tuple[str, ...] = ()
    if len(clients) > 1:
        held = clients
    elif clients and current and clients[0] != current and reading.has("compare") and not reading.found:
        held = (current, *clients)
    arithmetic = ARITHMETIC.fullmatch(reading.text)
    return replace(
        base,
        metrics=metrics or base.metrics,
        channels=channels or base.channels,
        clients=held or (base.clients if not clients else ()),
        client=None if held else client_named(reading, catalogue),
        status=reading.cue("status") or base.status,
        severity=reading.cue("severity") or base.severity,
        state=reading.cue("state") or base.state,
        measure=reading.cue("measure") or (base.measure if not reading.has("by") else None),
        counted=reading.has("count"),
        rank=rank_of(reading) or base.rank,
        limit=reading.number or base.limit,
        chart=reading.has("chart") or base.chart,
        unclear=tuple(match.names for match in reading.names if len(match.names) > 1),
        strays=reading.strays,
        loose=reading.loose,
        expression=expression_of(arithmetic["sum"]) if arithmetic else "",
        formula=reading.formula
        or (base.formula if not metrics and _still_worked_out(base, reading) else None),
        hours=hours_of(reading.text),
    )


def _still_worked_out(base: Question, reading: Reading) -> bool:
    """A ratio has its own value for each channel, but none for each day."""
    ratio = base.formula is not None and base.formula.kind == "ratio"
    return not reading.has("by") or (ratio and reading.cue("by") in ("channel", "client"))


def _judged(question: Question, reading: Reading, catalogue: Catalogue) -> Question:
    """The best cost is the lowest one."""
    low = bool(question.metrics) and catalogue.metric(question.metrics[0]).good_direction == "down"
    said = re.search(r"\b(?P<good>best|strongest|winner)\b|\b(?:worst|weakest|poorest)\b", reading.text)
    if not low or not said or not question.rank or question.intent not in ABOUT_METRICS:
        return question
    return replace(question, rank="bottom" if said["good"] else "top")


def _last_touches(question: Question, reading: Reading, today: date) -> Question:
    period = question.period
    lowest = question.rank == "bottom" or question.measure == "median"
    if lowest and question.by == "day" and period and period.end == today > period.start:
        # Today is not over, so it would always be the lowest.
        question = replace(question, period=Period(start=period.start, end=today - timedelta(days=1)))
    if (
        question.intent == "tasks"
        and (FAILING.search(reading.text) or "why" in reading.intents)
        and question.state is None
    ):
        question = replace(question, state="failed")
    if question.state == "succeeded" and ALL_WELL.match(reading.text):
        question = replace(question, state=None)
    return question


def _names(reading: Reading, catalogue: Catalogue) -> list[str]:
    return [found.name for said in reading.sure("client") if (found := catalogue.client(said))]
