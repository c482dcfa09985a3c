"""Houston's answer to one question, by a language model or else by rules."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace

from houston.agent.errors import ConversationTooLong, ModelError
from houston.agent.loop.exchange import NotUnderstood, Reply
from houston.agent.loop.fallback import Setback
from houston.agent.loop.limits import Limits
from houston.agent.loop.run import Run
from houston.agent.messages import ChatModel, DonePiece, Message, TextPiece
from houston.agent.tool import Tool
from houston.agent.turn import AgentEvent, Failed, Finished, Footer, Meter, Turn

ASK_FOR_LESS = "Please ask for less at once."
HELD_BACK = "The language model's provider held this answer back. Please word it differently."
CUT_SHORT = "\n\n_(I ran into my length limit here; ask me to go on.)_"
RULES_SECONDS = 60.0
ENDLESS = 10_000_000

Emit = Callable[[AgentEvent], None]

log = logging.getLogger(__name__)


class Agent:
    def __init__(
        self,
        *,
        model: ChatModel,
        tools: Sequence[Tool],
        fallback: ChatModel | None = None,
        limits: Limits | None = None,
        reference: Callable[[], str] = lambda: secrets.token_hex(4),
    ) -> None:
        """`fallback` answers where the model cannot, if it understands the question."""
        self._model = model
        self._fallback = fallback
        self._tools = tuple(tools)
        self._reference = reference
        self.limits = limits or Limits()

    @property
    def costs(self) -> bool:
        """Whether its answers spend tokens."""
        return self._fallback is not None

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

    async def sum_up(self, request: Sequence[Message], meter: Meter) -> str:
        """The model's words to this, unseen by anybody. Raises ModelError, TimeoutError."""
        said = ""
        async with asyncio.timeout(self.limits.tool_seconds):
            async for piece in self._model.stream(request, ()):
                if isinstance(piece, TextPiece):
                    said += piece.text
                elif isinstance(piece, DonePiece) and piece.usage:
                    meter.usage += piece.usage
        return said.strip()

    async def _work(self, turn: Turn, events: asyncio.Queue[AgentEvent | None]) -> None:
        try:
            await self._answer(turn, events.put_nowait)
        finally:
            events.put_nowait(None)

    async def _answer(self, turn: Turn, emit: Emit) -> None:
        if turn.rules_note and self._fallback:
            return await self._stand_in(self._fallback, turn, emit, Setback.chosen(turn.rules_note))
        run = self._run(self._model, turn, emit)
        failure = await self._attempt(run, emit, self.limits.seconds)
        if failure is None:
            return None
        if self._fallback is None or run.has_shown:
            return emit(_failed(run, failure))
        return await self._stand_in(self._fallback, turn, emit, failure)

    async def _stand_in(self, model: ChatModel, turn: Turn, emit: Emit, setback: Setback) -> None:
        run = self._run(model, turn, emit, stands_in=True)
        try:
            if await self._attempt(run, emit, RULES_SECONDS, because=setback) is not None:
                emit(_failed(run, setback))
        except NotUnderstood:
            emit(_failed(run, setback))

    def _run(self, model: ChatModel, turn: Turn, emit: Emit, *, stands_in: bool = False) -> Run:
        limits = replace(self.limits, window=ENDLESS) if stands_in else self.limits
        return Run(
            model=model,
            tools=self._tools,
            limits=limits,
            reference=self._reference,
            turn=turn,
            emit=emit,
            stands_in=stands_in,
        )

    async def _attempt(
        self, run: Run, emit: Emit, seconds: float, *, because: Setback | None = None
    ) -> Setback | None:
        """None where it ended in an answer, or in an excuse that asking again would not change."""
        try:
            async with asyncio.timeout(seconds):
                reply = await run.to_the_end()
        except ConversationTooLong as error:
            emit(_failed(run, Setback.of(error)))
        except (ModelError, TimeoutError) as error:
            return Setback.of(error)
        except NotUnderstood:
            raise
        except Exception:
            reference = self._reference()
            log.exception("turn failed, reference %s", reference)
            sentence = f"Something went wrong on my side (reference {reference})."
            emit(Failed(sentence=sentence, record=run.record(), reference=reference))
        else:
            emit(self._ended(run, reply, because))
        return None

    def _ended(self, run: Run, reply: Reply, because: Setback | None) -> AgentEvent:
        if excuse := self._excuse(run, reply):
            return Failed(sentence=excuse, record=run.record())
        if reply.reason == "length":
            run.speech.add(CUT_SHORT)
        record = run.record()
        footer = replace(
            Footer.of(record.results),
            client=record.client.name if record.client else "",
            model_note=because.note if because else "",
            marked=run.speech.marked,
        )
        return Finished(footer=footer, record=record, for_admins=because.for_admins if because else "")

    def _excuse(self, run: Run, reply: Reply) -> str:
        """Why there is no answer, or only a part; '' where there is one."""
        if reply.reason == "content_filter":
            return HELD_BACK
        if reply.text or (not reply.calls and run.has_shown):
            return ""
        if reply.reason == "length":
            return f"The answer became too long before it began. {ASK_FOR_LESS}"
        if reply.calls:
            return f"I could not finish this in {self.limits.steps} steps. {ASK_FOR_LESS}"
        return "I have no answer to that. Please word it differently."


def _failed(run: Run, setback: Setback) -> Failed:
    return Failed(sentence=setback.sentence, record=run.record(), for_admins=setback.for_admins)
