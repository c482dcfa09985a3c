"""The one loop: the model asks for tools, the tools answer, until the model has its answer."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from houston.agent.errors import ModelError, ModelInterrupted
from houston.agent.messages import (
    CallPiece,
    ChatModel,
    DonePiece,
    Message,
    StopReason,
    TextPiece,
    ToolCall,
    Usage,
)
from houston.agent.prompt import system_message
from houston.agent.sentences import Sentences
from houston.agent.tool import Tool, ToolContext, ToolResult
from houston.agent.toolbox import Toolbox, as_message
from houston.agent.turn import (
    AgentEvent,
    Failed,
    Finished,
    Footer,
    StatusChanged,
    TextAdded,
    Turn,
    TurnRecord,
)

if TYPE_CHECKING:
    from store.tables import Client

LAST_STEP = "The tools are closed now. Answer with what you have, and say plainly what is missing."
CONTINUE = "Your answer was cut off there. Go on from exactly that point; repeat nothing."
SAY_SOMETHING = "You returned nothing. Answer the person now."

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Limits:
    steps: int = 8
    calls: int = 24
    tool_seconds: float = 30.0
    seconds: float = 240.0
    """A whole turn; below the five minutes after which Slack closes a stream."""


class Agent:
    def __init__(
        self,
        *,
        model: ChatModel,
        tools: Sequence[Tool],
        limits: Limits | None = None,
        reference: Callable[[], str] = lambda: secrets.token_hex(4),
    ) -> None:
        self._model = model
        self._tools = tuple(tools)
        self._limits = limits or Limits()
        self._reference = reference

    async def answer(self, turn: Turn) -> AsyncGenerator[AgentEvent, None]:
        """Events as they come, the last of them Finished or Failed. Closing the iterator cancels the turn."""
        events: asyncio.Queue[AgentEvent | None] = asyncio.Queue()
        task = asyncio.create_task(self._work(turn, events))
        try:
            while (event := await events.get()) is not None:
                yield event
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _work(self, turn: Turn, events: asyncio.Queue[AgentEvent | None]) -> None:
        run = _Run(self._model, self._tools, self._limits, self._reference, turn, events.put_nowait)
        try:
            async with asyncio.timeout(self._limits.seconds):
                await run.to_the_end()
        except ModelError as error:
            run.fail(error.message)
        except TimeoutError:
            run.fail("This took me too long, so I stopped. Please ask for less at once.")
        except Exception:
            reference = self._reference()
            log.exception("turn failed, reference %s", reference)
            run.fail(f"Something went wrong on my side (reference {reference}).", reference)
        finally:
            events.put_nowait(None)


@dataclass(frozen=True, kw_only=True)
class _Reply:
    text: str
    calls: tuple[ToolCall, ...]
    reason: StopReason


class _Run:
    """One turn under way."""

    def __init__(
        self,
        model: ChatModel,
        tools: Sequence[Tool],
        limits: Limits,
        reference: Callable[[], str],
        turn: Turn,
        emit: Callable[[AgentEvent], None],
    ) -> None:
        self._model = model
        self._limits = limits
        self._turn = turn
        self._emit = emit
        self._client = turn.context.client
        self._messages = [Message(role="user", text=turn.question)]
        self._results: list[ToolResult] = []
        self._shown = ""
        self._apart = False
        self._usage = Usage()
        self._second_chances = 1
        self._toolbox = Toolbox(
            tools,
            context=self._context,
            show=lambda text: emit(StatusChanged(text=text)),
            seconds=limits.tool_seconds,
            calls=limits.calls,
            reference=reference,
        )

    async def to_the_end(self) -> None:
        self._emit(StatusChanged(text="Thinking…"))
        for step in range(1, self._limits.steps + 1):
            last = step == self._limits.steps
            reply = await self._reply(last=last)
            if last or not reply.calls:
                self._messages.append(Message(role="assistant", text=reply.text))
                return self._end(reply)
            await self._use_tools(reply)
        return None

    async def _use_tools(self, reply: _Reply) -> None:
        results = await self._toolbox.run(reply.calls)
        self._messages.append(Message(role="assistant", text=reply.text, calls=reply.calls))
        self._messages += [as_message(result) for result in results]
        self._results += results
        self._apart = True

    async def _reply(self, *, last: bool, nudges: tuple[Message, ...] = ()) -> _Reply:
        """The model's reply; one that broke off, or came empty, is asked for once more."""
        said: list[str] = []
        try:
            reply = await self._ask(said, last=last, nudges=nudges)
        except ModelInterrupted:
            if not self._second_chance():
                raise
            return await self._reply(last=last, nudges=self._take_up("".join(said)))
        if not reply.text and not reply.calls and reply.reason == "stop" and self._second_chance():
            return await self._reply(last=last, nudges=(Message(role="system", text=SAY_SOMETHING),))
        return reply

    def _second_chance(self) -> bool:
        self._second_chances -= 1
        return self._second_chances >= 0

    def _take_up(self, said: str) -> tuple[Message, ...]:
        """What makes the model go on after the sentences that were already shown."""
        if not said:
            return ()
        self._messages.append(Message(role="assistant", text=said))
        return (Message(role="system", text=CONTINUE),)

    async def _ask(self, said: list[str], *, last: bool, nudges: tuple[Message, ...]) -> _Reply:
        calls: list[ToolCall] = []
        done = DonePiece(reason="stop")
        sentences = Sentences()
        specs = [] if last else self._toolbox.specs
        async with aclosing(self._model.stream(self._request(nudges, last=last), specs)) as pieces:
            async for piece in pieces:
                match piece:
                    case TextPiece(text=text):
                        self._say(sentences.add(text), said)
                    case CallPiece(call=call):
                        calls.append(call)
                    case DonePiece():
                        done = piece
        self._say([sentences.rest()], said)
        self._usage += done.usage
        return _Reply(text="".join(said), calls=tuple(calls), reason=done.reason)

    def _request(self, nudges: tuple[Message, ...], *, last: bool) -> list[Message]:
        closing = (Message(role="system", text=LAST_STEP),) if last else ()
        system = system_message(self._context(), alert=self._turn.alert)
        return [system, *self._turn.history, *self._messages, *nudges, *closing]

    def _say(self, sentences: Sequence[str], said: list[str]) -> None:
        """Every word that reaches a person passes here, a whole sentence or table row at a time."""
        for sentence in filter(None, sentences):
            said.append(sentence)
            text = "\n\n" + sentence if self._apart and self._shown else sentence
            self._apart = False
            self._shown += text
            self._emit(TextAdded(markdown=text))

    def _end(self, reply: _Reply) -> None:
        if reply.reason == "content_filter":
            return self.fail(
                "The language model's provider held this answer back. Please word it differently."
            )
        if not reply.text:
            return self.fail(self._nothing_said(reply))
        if reply.reason == "length":
            self._say(["\n\n_(I ran into my length limit here; ask me to go on.)_"], [reply.text])
        footer = Footer.of(self._results)
        return self._emit(Finished(footer=footer, record=self._record()))

    def _nothing_said(self, reply: _Reply) -> str:
        if reply.reason == "length":
            return "The answer became too long before it began. Please ask for less at once."
        if reply.calls:
            return f"I could not finish this in {self._limits.steps} steps. Please ask for less at once."
        return "I have no answer to that. Please word it differently."

    def fail(self, sentence: str, reference: str | None = None) -> None:
        self._emit(Failed(sentence=sentence, record=self._record(), reference=reference))

    def _record(self) -> TurnRecord:
        return TurnRecord(
            messages=tuple(self._messages),
            results=tuple(self._results),
            answer=self._shown,
            client=self._client,
            model=self._model.name,
            usage=self._usage,
        )

    def _context(self) -> ToolContext:
        return replace(self._turn.context, client=self._client, switch_client=self._switch_client)

    def _switch_client(self, client: "Client") -> None:
        self._client = client
