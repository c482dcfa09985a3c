"""A tool call before it has an id, and what the calls so far came to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from houston.agent.patterns.understanding.period import Period

Result = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    tool: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Done:
    """The calls of this turn: `result` is None for one that was not made yet."""

    result: Callable[[Wanted], Result | None]
    tools: frozenset[str]
    """The names of the tools that there are."""


def wanted(tool: str, *, period: Period | None = None, **arguments: Any) -> Wanted:
    dates = {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else {}
    given = {name: value for name, value in arguments.items() if value is not None}
    return Wanted(tool=tool, arguments={**given, **dates})
