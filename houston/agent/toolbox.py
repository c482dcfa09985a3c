"""Runs a step's tool calls; whatever goes wrong becomes a result that the model can act on."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from houston.agent.labels import label
from houston.agent.messages import Message, ToolCall, ToolSpec
from houston.agent.tool import Tool, ToolContext, ToolError, ToolResult
from houston.errors import HoustonError

LONGEST_RESULT = 24_000
"""Characters; about 6,000 tokens, so that several results fit a small model's window."""

log = logging.getLogger(__name__)


class Toolbox:
    """The tools of one turn."""

    def __init__(
        self,
        tools: Iterable[Tool],
        *,
        context: Callable[[], ToolContext],
        show: Callable[[str], None],
        seconds: float,
        calls: int,
        reference: Callable[[], str],
    ) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._context = context
        self._show = show
        self._seconds = seconds
        self._calls_left = calls
        self._reference = reference
        self._seen: dict[tuple[str, str, int | None], str] = {}

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
            data = await self._answer(call)
        except ToolError as error:
            return _failed(call, str(error))
        except HoustonError as error:
            return _failed(call, error.message)
        except TimeoutError:
            return _failed(call, "This took too long. Ask for a shorter period or fewer rows.")
        except Exception:
            reference = self._reference()
            log.exception("tool %s failed, reference %s", call.name, reference)
            return _failed(
                call, f"The tool failed (reference {reference}). Tell the person so, with that reference."
            )
        return ToolResult(call=call, data=data)

    async def _answer(self, call: ToolCall) -> Mapping[str, Any]:
        tool = self._find(call.name)
        arguments = tool.parse(call.arguments)
        context = self._context()
        if earlier := self._earlier(call, arguments, context):
            return {"same_as": earlier, "note": "You made this very call before; read that result above."}
        self._spend()
        self._show(label(tool, context, arguments))
        async with asyncio.timeout(self._seconds):
            data: Mapping[str, Any] = to_jsonable_python(await tool.run(context, arguments))
        if len(as_text(data)) > LONGEST_RESULT:
            raise ToolError(
                "The result is too long to read. Ask for a shorter period, a coarser `by` or fewer rows."
            )
        return data

    def _find(self, name: str) -> Tool:
        tool = self._tools.get(name)
        if tool is None:
            raise ToolError(f"There is no tool “{name}”. The tools are: {', '.join(self._tools)}.")
        if tool.needs_approval:
            raise ToolError(
                "This changes something and needs the person's approval, which cannot be asked for here."
            )
        return tool

    def _earlier(self, call: ToolCall, arguments: Mapping[str, Any], context: ToolContext) -> str | None:
        key = (call.name, json.dumps(to_jsonable_python(arguments), sort_keys=True), context.client_id)
        earlier = self._seen.setdefault(key, call.id)
        return earlier if earlier != call.id else None

    def _spend(self) -> None:
        if self._calls_left <= 0:
            raise ToolError(
                "No more tool calls in this turn: answer with what you have, and say what is missing."
            )
        self._calls_left -= 1


def as_text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def as_message(result: ToolResult) -> Message:
    return Message(role="tool", text=as_text(result.data), call_id=result.call.id, name=result.call.name)


def _failed(call: ToolCall, what: str) -> ToolResult:
    return ToolResult(call=call, data={"error": what}, failed=True)
