"""One turn under way: the model asks for tools, the tools answer, until the model has its answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from houston.agent.grounding.grounding import Grounding
from houston.agent.loop.exchange import LAST_STEP, Exchange, Reply
from houston.agent.loop.limits import Limits
from houston.agent.loop.prompt import facts_of, system_message
from houston.agent.loop.results import Results
from houston.agent.loop.speech import Speech
from houston.agent.loop.toolbox import Toolbox, as_message
from houston.agent.messages import ChatModel, Message
from houston.agent.tool import Tool, ToolContext, ToolResult
from houston.agent.turn import (
    AgentEvent,
    ChangeProposed,
    ChartDrawn,
    ChoicesOffered,
    StatusChanged,
    Turn,
    TurnRecord,
)

if TYPE_CHECKING:
    from store.tables import Client


class Run:
    """`stands_in`: the model answers in another's place, and only what it understood is said."""

    def __init__(
        self,
        *,
        model: ChatModel,
        tools: Sequence[Tool],
        limits: Limits,
        reference: Callable[[], str],
        turn: Turn,
        emit: Callable[[AgentEvent], None],
        stands_in: bool = False,
    ) -> None:
        self._model, self._limits, self._turn = model, limits, turn
        self._out = emit
        self._client = turn.context.client
        self._called: list[ToolResult] = []
        self._results = Results(turn.history)
        self._has_acted = False
        self._grounding = Grounding(
            now=turn.context.now,
            zone=turn.context.zone,
            question=turn.question,
            facts=facts_of(turn, turn.context),
            history=turn.history,
        )
        self.speech = Speech(check=self._grounding.check, emit=self._emit, mends=limits.mends)
        self._exchange = Exchange(
            model=model,
            turn=turn,
            system=self._system,
            speech=self.speech,
            window=limits.window,
            stands_in=stands_in,
        )
        self._toolbox = Toolbox(
            tools,
            context=self._context,
            emit=self._emit,
            results=self._results,
            seconds=limits.tool_seconds,
            calls=limits.calls,
            reference=reference,
            prefix=f"{model.name}-" if stands_in else "",
        )

    @property
    def has_shown(self) -> bool:
        """Whether anything of an answer was put before the person."""
        return self._has_acted or bool(self.speech.shown.strip())

    async def to_the_end(self) -> Reply:
        """The last reply; it still calls tools where the steps ran out. Raises ModelError, NotUnderstood."""
        self._emit(StatusChanged(text="Thinking…"))
        for _ in range(self._limits.steps - 1):
            if self._turn.meter.usage.tokens >= self._limits.tokens:
                break
            reply = await self._exchange.reply(self._toolbox.specs)
            if not reply.calls:
                return self._ended(reply)
            await self._use_tools(reply)
        return self._ended(await self._exchange.reply((), LAST_STEP))

    def _ended(self, reply: Reply) -> Reply:
        if reply.text:
            self._exchange.messages.append(Message(role="assistant", text=reply.text))
        return reply

    async def _use_tools(self, reply: Reply) -> None:
        results = await self._toolbox.run(reply.calls)
        called = Message(role="assistant", text=reply.text, calls=tuple(reply.calls))
        self._exchange.messages += [called, *map(as_message, results)]
        self._called += results
        for result in results:
            self._grounding.learn(result.data)
        self.speech.stand_apart()

    def record(self) -> TurnRecord:
        return TurnRecord(
            messages=tuple(self._exchange.messages),
            results=tuple(self._called),
            answer=self.speech.shown,
            client=self._client,
            model=self._model.name,
            usage=self._turn.meter.usage,
        )

    def _system(self) -> Message:
        return system_message(facts_of(self._turn, self._context()), self._turn.summary)

    def _context(self) -> ToolContext:
        return replace(
            self._turn.context,
            client=self._client,
            switch_client=self._switch_client,
            results=self._results,
            show=self._emit,
        )

    def _emit(self, event: AgentEvent) -> None:
        if isinstance(event, ChartDrawn | ChoicesOffered | ChangeProposed):
            self._has_acted = True
        self._out(event)

    def _switch_client(self, client: "Client") -> None:
        self._client = client
