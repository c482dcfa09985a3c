"""Runs a step's tool calls; whatever goes wrong becomes a result that the model can act on."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from houston.agent.labels import label
from houston.agent.loop.cards import Card
from houston.agent.loop.results import Results
from houston.agent.messages import Message, ToolCall, ToolSpec
from houston.agent.tool import Tool, ToolContext, ToolError, ToolResult
from houston.agent.turn import AgentEvent, ChangeProposed
from houston.errors import HoustonError

LONGEST_RESULT = 24_000
"""Characters; about 6,000 tokens, so that several results fit a small model's window."""

REPEATED = "You made this very call before; read that result above."
NO_MORE = "No more tool calls in this turn: answer with what you have, and say what is missing."
TOO_LONG = "The result is too long to read. Ask for a shorter period, a coarser `by` or fewer rows."
TOO_SLOW = "This took too long. Ask for a shorter period or fewer rows."
UNASKABLE = "This changes something and needs the person's approval, which cannot be asked for here."
WAITING = "The person is asked to approve this now, on a card below your answer. Do not say that it is done."

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Job:
    call: ToolCall
    tool: Tool
    arguments: Mapping[str, Any]
    context: ToolContext
    ref: str


class Toolbox:
    """The tools of one turn."""

    def __init__(
        self,
        tools: Iterable[Tool],
        *,
        context: Callable[[], ToolContext],
        emit: Callable[[AgentEvent], None],
        results: Results,
        seconds: float,
        calls: int,
        reference: Callable[[], str],
        prefix: str = "",
    ) -> None:
        """`prefix` tells the cards of one run from another's."""
        self._tools = {tool.name: tool for tool in tools}
        self._context = context
        self._emit = emit
        self._results = results
        self._seconds = seconds
        self._calls_left = calls
        self._reference = reference
        self._prefix = prefix
        self._seen: dict[tuple[str, str, int | None], _Job] = {}

    @property
    def specs(self) -> list[ToolSpec]:
        return [tool.spec for tool in self._tools.values()]

    async def run(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        """One result a call, in the calls' order."""
        results: dict[int, ToolResult] = {}
        for position, call in enumerate(calls):
            if self._runs_first(call):
                results[position] = await self._run(call)
        others = [position for position in range(len(calls)) if position not in results]
        answered = await asyncio.gather(*(self._run(calls[position]) for position in others))
        results |= zip(others, answered, strict=True)
        return [results[position] for position in range(len(calls))]

    def _runs_first(self, call: ToolCall) -> bool:
        tool = self._tools.get(call.name)
        return tool is not None and tool.runs_first

    async def _run(self, call: ToolCall) -> ToolResult:
        try:
            job = self._job(call)
        except ToolError as error:
            return _failed(call, str(error))
        if isinstance(job, ToolResult):
            return job
        said = label(job.tool, job.context, job.arguments)
        card = Card(self._emit, id=self._prefix + job.ref, label=said, quiet=job.tool.quiet)
        try:
            data = await self._answer(job)
        except Exception as error:  # noqa: BLE001 - whatever a tool does, the turn goes on
            words = self._words(error, call)
            card.failed(words)
            return _failed(call, words)
        card.done(data)
        return ToolResult(call=call, data=self._results.keep(job.ref, data))

    def _job(self, call: ToolCall) -> "_Job | ToolResult":
        """What to do; or, where it was done before, where to read it. Raises ToolError."""
        tool = self._tools.get(call.name)
        if tool is None:
            raise ToolError(f"There is no tool “{call.name}”. The tools are: {', '.join(self._tools)}.")
        arguments, context = tool.parse(call.arguments), self._context()
        key = (call.name, json.dumps(to_jsonable_python(arguments), sort_keys=True), context.client_id)
        if earlier := self._seen.get(key):
            repeated = {"ref": earlier.ref, "same_as": earlier.call.id, "note": REPEATED}
            return ToolResult(call=call, data=repeated)
        if self._calls_left <= 0:
            raise ToolError(NO_MORE)
        self._calls_left -= 1
        ref = self._results.number()
        job = _Job(call=call, tool=tool, arguments=arguments, context=context, ref=ref)
        self._seen[key] = job
        return job

    async def _answer(self, job: _Job) -> Mapping[str, Any]:
        async with asyncio.timeout(self._seconds):
            if job.tool.needs_approval:
                return await self._propose(job)
            data: Mapping[str, Any] = to_jsonable_python(await job.tool.run(job.context, job.arguments))
        if len(as_text(data)) > LONGEST_RESULT:
            raise ToolError(TOO_LONG)
        return data

    async def _propose(self, job: _Job) -> Mapping[str, Any]:
        if job.tool.preview is None:
            raise ToolError(UNASKABLE)
        change = await job.tool.preview(job.context, **job.arguments)
        self._emit(ChangeProposed(call=job.call, change=change, client_id=job.context.client_id))
        lines = [list(line) for line in change.lines]
        return {"status": "waiting_for_approval", "change": change.title, "lines": lines, "note": WAITING}

    def _words(self, error: Exception, call: ToolCall) -> str:
        match error:
            case ToolError():
                return str(error)
            case HoustonError(message=message):
                return message
            case TimeoutError():
                return TOO_SLOW
        reference = self._reference()
        log.error("tool %s failed, reference %s", call.name, reference, exc_info=error)
        return f"The tool failed (reference {reference}). Tell the person so, with that reference."


def as_text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def as_message(result: ToolResult) -> Message:
    return Message(role="tool", text=as_text(result.data), call_id=result.call.id, name=result.call.name)


def _failed(call: ToolCall, what: str) -> ToolResult:
    return ToolResult(call=call, data={"error": what}, failed=True)
