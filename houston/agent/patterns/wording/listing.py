"""Lists of what tools return: rows as they come, in a table of the columns that say something."""

import re
from collections.abc import Sequence

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Result
from houston.agent.patterns.understanding.question import Question
from houston.agent.patterns.understanding.words import plain_form
from houston.agent.patterns.wording.figures import plain
from houston.agent.patterns.wording.tables import listing

TAKING = re.compile(
    r"\b(?:ta(?:ken?|king)|took|acknowledg\w+|assigned|pick\w*|handl\w+|look\w* (?:into|at|after)|deal\w*|"
    r"working|investigating|responsible|(?:any|some|no) ?(?:one|body) on|who is on)\b",
    re.IGNORECASE,
)
"""Whether somebody is at it is what is asked."""
MOST_TAKEN = 5


def alerts(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    columns = {
        "name": "Alert", "client": "Client", "report": "Report", "conditions": "Condition",
        "state": "State", "schedule": "Checked", "last_value": "Last value", "owner": "Owner",
        "error": "Error",
    }  # fmt: skip
    rows = result.get("alerts") or ()
    said = f" {plain_form(question.raw)} "
    named = [row for row in rows if f" {plain_form(str(row['name']))} " in said]
    words = question.search.casefold()
    if not named and words and not any(words in str(row).casefold() for row in rows):
        rows = []
    about = f" about “{plain(question.search)}”" if words and not named else ""
    return listing(
        result if not named else {**result, "count": len(named)},
        named or rows,
        columns,
        facts,
        what="alert",
        about=about,
        counted=question.counted,
    )


def episodes(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    rows = [
        row
        for row in result.get("episodes") or ()
        if not question.severity or row.get("severity") == question.severity
    ]
    columns = {
        "what": "What", "type": "Type", "client": "Client", "severity": "Severity", "state": "State",
        "opened_at": "Since", "resolved_at": "Resolved", "value": "Value", "value_now": "Now",
        "acknowledged_by": "Taken by",
    }  # fmt: skip
    rows = _meant(rows, question, facts) if TAKING.search(question.raw) else rows
    shown = result if len(rows) == len(result.get("episodes") or ()) else {**result, "count": None}
    what = "episode" if result.get("period") else "open alert"
    what = f"{question.severity} {what}" if question.severity else what
    table = listing(shown, rows, columns, facts, what=what, counted=question.counted)
    return [*(_taken(rows) if TAKING.search(question.raw) else ()), *table]


def _meant(rows: list[Result], question: Question, facts: Facts) -> list[Result]:
    """Those of the alert whose thread it is, or of what is named; all where neither is among them."""
    alert = facts.alert
    names = (*question.metrics, *question.channels) or ((alert.metric, alert.channel) if alert else ())
    same = [row for row in rows if all(name in str(row.get("what")) for name in names if name)]
    return same or rows


def _taken(rows: list[Result]) -> list[str]:
    return [
        f"**{plain(str(row.get('what')))}** is with {plain(str(by))}."
        if (by := row.get("acknowledged_by") or row.get("assigned_to"))
        else f"Nobody has taken **{plain(str(row.get('what')))}** yet."
        for row in rows[:MOST_TAKEN]
    ]


def rules(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    (result,) = results
    columns = {
        "number": "No.", "event": "Event", "what": "About", "client": "Client",
        "minimum_severity": "From", "places": "Goes to", "active": "Active", "quiet_hours": "Quiet hours",
        "escalates_to": "Then to",
    }  # fmt: skip
    return listing(result, result.get("rules") or (), columns, facts, what="rule", counted=question.counted)


def destinations(question: Question, results: Sequence[Result], facts: Facts) -> list[str]:
    parts: list[str] = []
    for result in results:
        if "rules" in result and "destinations" not in result:
            parts += rules(question, [result], facts)
        else:
            columns = {
                "alias": "Destination", "kind": "Kind", "rules": "Rules", "is_default": "Default",
                "paused": "Paused", "error": "Error",
            }  # fmt: skip
            parts += listing(
                result,
                result.get("destinations") or (),
                columns,
                facts,
                what="destination",
                counted=question.counted,
            )
    return parts
