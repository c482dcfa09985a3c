"""One question and its answer: what goes into the loop and what comes out of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from houston.agent.facts import ThreadAlert
from houston.agent.messages import Message, Usage
from houston.agent.tool import ToolContext, ToolResult

if TYPE_CHECKING:
    from store.tables import Client


@dataclass(frozen=True, kw_only=True)
class Turn:
    question: str
    context: ToolContext
    history: tuple[Message, ...] = ()
    """The conversation so far, oldest first, without a system message."""
    alert: ThreadAlert | None = None


@dataclass(frozen=True, kw_only=True)
class TurnRecord:
    """What is kept of a turn. `messages` is whole: each call in it has its result."""

    messages: tuple[Message, ...]
    results: tuple[ToolResult, ...]
    answer: str
    client: "Client | None"
    """The conversation's current client after this turn."""
    model: str
    usage: Usage


@dataclass(frozen=True, kw_only=True)
class Footer:
    """The data behind an answer."""

    tools: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    rows: int = 0
    freshness: datetime | None = None

    @classmethod
    def of(cls, results: Iterable[ToolResult]) -> "Footer":
        """Read from what each result says of itself under `source`."""
        read = [result for result in results if not result.failed and "source" in result.data]
        sources: list[Mapping[str, Any]] = [result.data["source"] for result in read]
        return cls(
            tools=_distinct(result.call.name for result in read),
            clients=_distinct(_said(sources, "client")),
            start=min(map(date.fromisoformat, _said(sources, "start")), default=None),
            end=max(map(date.fromisoformat, _said(sources, "end")), default=None),
            rows=sum(source.get("rows", 0) for source in sources),
            freshness=max(map(datetime.fromisoformat, _said(sources, "freshness")), default=None),
        )


@dataclass(frozen=True, kw_only=True)
class StatusChanged:
    text: str


@dataclass(frozen=True, kw_only=True)
class TextAdded:
    markdown: str


@dataclass(frozen=True, kw_only=True)
class Finished:
    footer: Footer
    record: TurnRecord


@dataclass(frozen=True, kw_only=True)
class Failed:
    """`sentence` is for the asker and may follow text that was already shown."""

    sentence: str
    record: TurnRecord
    reference: str | None = None


AgentEvent = StatusChanged | TextAdded | Finished | Failed


def _said(sources: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return [source[name] for source in sources if source.get(name)]


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
