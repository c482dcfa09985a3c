"""`What should I know today?`: what is open, what failed, what is out of line; most severe first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from houston.agent.facts import Facts
from houston.agent.patterns.planning.wanted import Done, Result, Wanted, wanted
from houston.agent.patterns.understanding.period import Period
from houston.agent.patterns.understanding.question import Question

Kind = Literal["outliers", "episodes", "runs", "notes"]
GRAVITY = {"critical": 0, "warning": 1, "info": 2}
MOST_OF_A_KIND = 8
FAILED = ("failed", "dead_letter")


@dataclass(frozen=True, kw_only=True)
class Item:
    kind: Kind
    row: Result


def briefing(question: Question, facts: Facts, done: Done) -> tuple[Wanted, ...]:
    period = question.period or since_yesterday(facts)
    calls = (
        wanted("outlier_occurrences", period=period),
        wanted("episodes"),
        *(wanted("task_runs", period=period, state=state, limit=20) for state in FAILED),
        wanted("notes", status="open", limit=3),
    )
    return tuple(call for call in calls if call.tool in done.tools)


def since_yesterday(facts: Facts) -> Period:
    return Period(start=facts.today - timedelta(days=1), end=facts.today)


def items(results: Sequence[Result]) -> list[Item]:
    """In the order in which the briefing tells of them; an outlier that fires is told of once."""
    outliers = [_item("outliers", row) for row in _all(results, "outliers")]
    told = {(row.get("client"), _place(row)) for row in _all(results, "outliers")}
    failed = _newest_of_each_job(_all(results, "runs"))
    jobs = {(row.get("client"), str(row["job"])) for row in failed}
    firing = [
        _item("episodes", row)
        for row in _all(results, "episodes")
        if (row.get("client"), str(row.get("what"))) not in told | jobs
    ]
    grave = sorted([*outliers, *firing], key=lambda one: GRAVITY.get(str(one.row.get("severity")), 3))
    runs = [_item("runs", row) for row in failed]
    notes = [_item("notes", row) for row in _all(results, "notes")]
    return [*grave[:MOST_OF_A_KIND], *runs[:MOST_OF_A_KIND], *notes]


def _all(results: Sequence[Result], key: str) -> list[Result]:
    return [row for result in results if isinstance(result.get(key), list) for row in result[key]]


def _newest_of_each_job(runs: Sequence[Result]) -> list[Result]:
    newest: dict[tuple[str, str], Result] = {}
    for run in sorted(runs, key=lambda run: str(run["occurred_at"]), reverse=True):
        newest.setdefault((str(run.get("client")), str(run["job"])), run)
    return list(newest.values())


def _item(kind: Kind, row: Result) -> Item:
    return Item(kind=kind, row=row)


def _place(row: Result) -> str:
    """As an episode names its series."""
    return "/".join(filter(None, (row["metric"], row.get("channel"))))
