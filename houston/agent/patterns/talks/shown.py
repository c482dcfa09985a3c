"""The turns of a conversation with what their tools returned, and the rows that people point at."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from houston.agent.messages import Message
from houston.agent.patterns.planning.briefing import items
from houston.agent.patterns.planning.wanted import Result

LISTS = {
    "outlier_occurrences": ("outliers",),
    "episodes": ("episodes",),
    "notes": ("notes",),
    "customers": ("customers",),
    "reports": ("reports",),
    "alerts": ("alerts",),
    "task_runs": ("runs", "jobs"),
}
"""Which lists a tool's result holds."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One question, and the calls that were made for it with what they returned."""

    say: str
    made: tuple[tuple[str, Mapping[str, Any], Result], ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """What was offered to choose from, where the answer was a question."""
        asked = [arguments for name, arguments, _ in self.made if name == "ask_person"]
        return tuple(map(str, asked[-1].get("options", ()))) if asked else ()

    def of(self, tool: str) -> list[Result]:
        return [result for name, _, result in self.made if name == tool and "error" not in result]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Rows as they were listed; each says in `kind` what it is."""

    rows: tuple[Result, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(row["kind"] for row in self.rows)


def spoken(messages: Sequence[Message]) -> list[Spoken]:
    parts: list[list[Message]] = []
    for message in messages:
        if message.role == "user":
            parts.append([])
        if parts:
            parts[-1].append(message)
    return [_spoken(part) for part in parts]


def _spoken(part: Sequence[Message]) -> Spoken:
    """Ids of calls begin anew in each turn."""
    results = {message.call_id: message.text for message in part if message.role == "tool"}
    calls = [call for message in part for call in message.calls if call.id in results]
    made = [(call.name, json.loads(call.arguments), json.loads(results[call.id])) for call in calls]
    return Spoken(say=part[0].text, made=tuple(one for one in made if isinstance(one[2], Mapping)))


def shown_in(turn: Spoken, *, intent: str, rank: str | None) -> Shown | None:
    """The last list of a turn, in the order in which it stood there; None where it listed nothing."""
    if intent == "briefing":
        return _rows([{**one.row, "kind": one.kind} for one in items([result for *_, result in turn.made])])
    if intent == "job_rank":
        return _listed(turn, "task_runs", ("jobs",))
    if intent == "overview" and (told := turn.of("channel_performance")) and told[0].get("by") == "total":
        return _rows([{"kind": "metric", "metric": result["metric"]} for result in told])
    for name, _, _ in reversed(turn.made):
        if name == "channel_performance" and (found := _broken_down(turn, rank)):
            return found
        if name in LISTS and (found := _listed(turn, name, LISTS[name])):
            lowest = name == "customers" and rank == "bottom"
            return Shown(rows=found.rows[::-1]) if lowest else found
    return None


def _listed(turn: Spoken, tool: str, keys: Sequence[str]) -> Shown | None:
    for key in keys:
        lists = [result[key] for result in turn.of(tool) if isinstance(result.get(key), list)]
        rows = [{**row, "kind": key} for listed in lists for row in listed]
        if rows := [row for place, row in enumerate(rows) if row not in rows[:place]]:
            return _rows(rows)
    return None


def _broken_down(turn: Spoken, rank: str | None) -> Shown | None:
    read = [result for result in turn.of("channel_performance") if isinstance(result.get("rows"), list)]
    result = next((one for one in reversed(read) if one.get("by") in ("channel", "client")), None)
    if result is None:
        return None
    rows = [
        {**row, "kind": result["by"], "metric": result["metric"]}
        for row in result["rows"]
        if row.get("value") is not None
    ]
    if rank:
        rows.sort(key=lambda row: float(row["value"]), reverse=rank == "top")
    return _rows(rows)


def _rows(rows: Sequence[Result]) -> Shown | None:
    return Shown(rows=tuple(rows)) if rows else None
