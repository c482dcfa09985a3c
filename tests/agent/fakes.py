from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from houston.agent.desk import Desk
from houston.agent.loop.agent import Agent
from houston.agent.loop.limits import Limits
from houston.agent.messages import CallPiece, DonePiece, Message, Piece, TextPiece, ToolCall, ToolSpec, Usage
from houston.agent.tool import Tool, ToolContext
from houston.agent.turn import AgentEvent, Failed, Finished, StatusChanged, TextAdded, Turn
from store.tables import Client
from tests.actors import agency_admin

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday
ACME = Client(id=1, slug="acme", name="Acme", created_at=NOW)
GLOBEX = Client(id=2, slug="globex", name="Globex", created_at=NOW)

Scripted = Piece | Exception
Step = Sequence[Scripted] | Callable[[], AsyncGenerator[Piece, None]]


def said(*texts: str) -> list[Scripted]:
    usage = Usage(prompt_tokens=10, completion_tokens=2)
    return [*(TextPiece(text=text) for text in texts), DonePiece(reason="stop", usage=usage)]


def called(*calls: tuple[str, str]) -> list[Scripted]:
    pieces = [
        CallPiece(call=ToolCall(id=f"{name}_{index}", name=name, arguments=arguments))
        for index, (name, arguments) in enumerate(calls)
    ]
    return [*pieces, DonePiece(reason="tool_calls", usage=Usage(prompt_tokens=10, completion_tokens=2))]


class FakeModel:
    """Replies from a script, the last reply again and again."""

    name = "fake"

    def __init__(self, *script: Step) -> None:
        self._script = script
        self.asked: list[tuple[list[Message], list[str]]] = []

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        self.asked.append((list(messages), [tool.name for tool in tools]))
        step = self._script[min(len(self.asked), len(self._script)) - 1]
        if callable(step):
            async for piece in step():
                yield piece
            return
        for piece_or_error in step:
            if isinstance(piece_or_error, Exception):
                raise piece_or_error
            yield piece_or_error


def context(client: Client | None = ACME, *, desk: Desk | None = None, zone: str = "UTC") -> ToolContext:
    return ToolContext(
        actor=agency_admin("T1"),
        client=client,
        member="Dana",
        zone=ZoneInfo(zone),
        now=NOW,
        desk=desk or cast(Desk, None),
    )


async def answered(
    agent: Agent, question: str, *, history: Sequence[Message] = (), client: Client | None = ACME
) -> list[AgentEvent]:
    turn = Turn(question=question, context=context(client), history=tuple(history))
    return [event async for event in agent.answer(turn)]


def agent_of(model: FakeModel, *tools: Tool, limits: Limits | None = None) -> Agent:
    return Agent(model=model, tools=tools, limits=limits, reference=lambda: "ab12cd34")


def text_of(events: Sequence[AgentEvent]) -> str:
    return "".join(event.markdown for event in events if isinstance(event, TextAdded))


def statuses(events: Sequence[AgentEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, StatusChanged)]


def finished(events: Sequence[AgentEvent]) -> Finished:
    assert isinstance(events[-1], Finished), events[-1]
    return events[-1]


def failed(events: Sequence[AgentEvent]) -> Failed:
    assert isinstance(events[-1], Failed), events[-1]
    return events[-1]
