"""One question to the sample agency, with the true values that its answers are made of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.agent.grounding.shown import Slot, word
from tests.agent.llm_server import Call

Result = Mapping[str, Any]
WEEK = {"start": "2026-11-09", "end": "2026-11-15"}


@dataclass(frozen=True, kw_only=True)
class Scene:
    name: str
    question: str
    calls: tuple[Call, ...]
    slots: Mapping[str, Slot] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    """By slot: a false name that could stand there."""
    rivals: Mapping[str, Slot] = field(default_factory=dict)
    """By slot: the true value of something else: another metric's, channel's or day's."""


def call(id: str, tool: str, **arguments: Any) -> Call:
    return Call(name=tool, arguments=json.dumps(arguments), id=id)


def ways(name: str, change: float) -> dict[str, Slot]:
    up = change >= 0
    return {
        f"rose{name}": word("rose" if up else "fell"),
        f"up{name}": word("up" if up else "down"),
        f"higher{name}": word("higher" if up else "lower"),
        f"increase{name}": word("an increase" if up else "a decrease"),
    }


OPPOSITES = {
    **{"rose": "fell", "fell": "rose", "up": "down", "down": "up", "higher": "lower", "lower": "higher"},
    **{"an increase": "a decrease", "a decrease": "an increase"},
}


def row_of(result: Result, channel: str) -> Result:
    found: Result = next(row for row in result["rows"] if row["channel"] == channel)
    return found


def day_of(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b}"
