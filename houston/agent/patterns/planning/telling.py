"""The calls that propose an alert on a report, or a rule that says where things are told."""

import re

from houston.agent.facts import Facts
from houston.agent.patterns.planning.reports import LIST, meant_reports
from houston.agent.patterns.planning.wanted import Done, Wanted, wanted
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.settings import (
    CHANNEL,
    name_of,
    places_of,
    schedule_of,
    severity_of,
)

CONDITION = re.compile(
    r"\b(?:when|if|whenever|once|as soon as|every time|for|on)\s+(?:the |our |daily )?(?P<what>[\w "
    r"%-]+?)\s*(?:in the .*? |of the .*? )?(?P<how>(?:(?:goes?|falls?|drops?|sinks?|dips?|rises?|climbs?|"
    r"jumps?|gets?|is|are) )?(?:below|under|above|over|less than|more than|greater than|at least|at most|"
    r"exceeds?|[<>]=?))\s*[$€£]?(?P<value>[\d.,]+)\s*(?P<unit>[%kKmM]?)",
    re.IGNORECASE,
)
EVENTS: tuple[tuple[str, str], ...] = (
    ("outlier", r"outliers?|anomal\w+|spikes?"),
    ("task_failure", r"(?:task|pipeline|job|import|sync)s?|failures?"),
    ("data_alert", r"data alerts?|alerts?"), ("notebook_alert", r"notebook"), ("note_created", r"notes?"),
    ("daily_digest", r"digests?"), ("system_error", r"system errors?|errors?"),
)  # fmt: skip


def create_alert(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    listed = done.result(LIST)
    if listed is None:
        return (LIST,)
    meant = meant_reports(question, listed.get("reports") or ())
    condition = _condition(question.raw, str(meant[0]["name"]) if len(meant) == 1 else "")
    if len(meant) != 1 or not condition:
        return (LIST,)
    return (
        LIST,
        wanted(
            "create_alert",
            report=str(meant[0].get("id", meant[0]["name"])),
            conditions=[condition],
            name=name_of(question.raw),
            severity=question.severity or severity_of(question.raw),
            schedule=schedule_of(question.raw),
            channels=places_of(question.raw) or None,
        ),
    )


def _condition(raw: str, report: str) -> str:
    """`Revenue < 10000` of `alert me when Revenue in the report “Sales” falls below 10,000`."""
    text = re.sub(r"[\"“”„]|\b[\w&.-]+['’]s (?=\w)", "", raw)
    named = rf"(?:,? (?:in|of|on|from|by))?(?: the)?(?: report)? {re.escape(report)}(?: report)?\b"
    found = CONDITION.search(re.sub(named, "", text, flags=re.IGNORECASE))
    if not found:
        return ""
    below = re.search(r"below|under|less|most|<", found["how"], re.IGNORECASE)
    value = found["value"].replace(",", "").rstrip(".")
    return f"{found['what'].strip()} {'<' if below else '>'} {value}{found['unit']}"


def create_rule(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    told_of = CHANNEL.sub(" ", question.raw)
    event = next(
        (name for name, pattern in EVENTS if re.search(rf"\b(?:{pattern})\b", told_of, re.IGNORECASE)), None
    )
    places = places_of(question.raw)
    if event is None or not places:
        return ()
    return (
        wanted(
            "create_rule",
            event_type=event,
            channel=places[0],
            client=_every(question.raw) or (None if facts.client else "all"),
            minimum_severity=question.severity or severity_of(question.raw),
            subject=_subject(question) if event == "outlier" else None,
        ),
    )


def _every(raw: str) -> str | None:
    every = (
        r"\b(?:for|of|across|at|from) (?:all|every|each|any)(?: of)?(?: our| the)? (?:clients?|accounts?|"
        r"brands?)\b"
    )
    return "all" if re.search(every, raw, re.IGNORECASE) else None


def _subject(question: Question) -> str | None:
    """The one metric that is named, as a pattern of its series."""
    return f"{question.metrics[0]}*" if len(question.metrics) == 1 else None
