"""One question and its answer: what goes into the loop and what comes out of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from houston.agent.facts import Said, ThreadEvent
from houston.agent.messages import Message, ToolCall, Usage
from houston.agent.tool import Change, ToolContext, ToolResult
from houston.watch.chart import Chart

if TYPE_CHECKING:
    from store.tables import Client


class Meter:
    """What a turn cost so far; true also of one that is stopped."""

    def __init__(self) -> None:
        self.usage = Usage()


@dataclass(frozen=True, kw_only=True)
class Turn:
    question: str
    context: ToolContext
    history: tuple[Message, ...] = ()
    """The conversation so far, whole, oldest first, without a system message."""
    summary: str = ""
    """What was said in the first `summed_up` messages of the history, in short."""
    summed_up: int = 0
    events: tuple[ThreadEvent, ...] = ()
    """What the message tells of under which this is asked."""
    thread: tuple[Said, ...] = ()
    """What people said in the thread before."""
    rules_note: str = ""
    """Why the language model is not to be asked, such as a spent budget; '' where it is."""
    meter: Meter = field(default_factory=Meter)


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
    client: str = ""
    """The conversation's current client, by name."""
    model_note: str = ""
    """Says so where the language model did not answer itself."""
    marked: int = 0
    """Sentences with a figure that no tool returned."""

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


CardState = Literal["running", "done", "failed"]


@dataclass(frozen=True, kw_only=True)
class CardChanged:
    """A tool call, as a person follows it."""

    id: str
    title: str
    """`Reading revenue for Acme, 1–14 Nov`."""
    state: CardState
    detail: str = ""
    """What it came to, or why it failed, in plain words; of several calls a line each."""
    subject: str = ""
    """Of a look-up: what is looked at, `revenue`, without whose and of when."""
    client: str = ""
    period: str = ""
    """`1–14 Nov`."""


@dataclass(frozen=True, kw_only=True)
class TextAdded:
    """A whole sentence, line or table row, checked."""

    markdown: str


@dataclass(frozen=True, kw_only=True)
class ChartDrawn:
    chart: Chart
    caption: str


@dataclass(frozen=True, kw_only=True)
class ChoicesOffered:
    """At most five answers to a question of Houston's; one pressed is asked as it stands."""

    options: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeProposed:
    """A write that the model wants, checked by the tool's preview and not yet kept."""

    call: ToolCall
    change: Change
    client_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked:
    """A write that waits for its asker."""

    approval_id: int
    change: Change
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Finished:
    footer: Footer
    record: TurnRecord
    turn_id: int | None = None
    for_admins: str = ""
    """Why the language model did not answer itself, where an admin can mend it."""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """`sentence` is for the asker and may follow text that was already shown."""

    sentence: str
    record: TurnRecord
    reference: str | None = None
    for_admins: str = ""
    """What an admin can mend: a bad key, no quota, an unknown model."""
    turn_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Somebody stopped it from elsewhere, or the question was edited or deleted."""

    turn_id: int | None = None


AgentEvent = (
    StatusChanged
    | CardChanged
    | TextAdded
    | ChartDrawn
    | ChoicesOffered
    | ChangeProposed
    | ApprovalAsked
    | Finished
    | Failed
    | Stopped
)


def _said(sources: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    return [source[name] for source in sources if source.get(name)]


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
