"""A reply put together from the chunks in which a model's server streams it."""

from dataclasses import dataclass, field

import openai
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.chat_completion_chunk import ChoiceDeltaToolCall

from houston.agent.messages import CallPiece, DonePiece, Piece, StopReason, ToolCall, Usage


class CutShort(openai.OpenAIError):
    """The connection closed in order, with no reason to stop given."""


@dataclass
class _OpenCall:
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass
class StreamedReply:
    """A reply put together from its chunks; tool calls arrive in parts, told apart by their index."""

    calls: dict[int, _OpenCall] = field(default_factory=dict)
    reason: str | None = None
    usage: Usage | None = None

    def read(self, chunk: ChatCompletionChunk) -> list[str]:
        """The text that this chunk brought."""
        if chunk.usage is not None:
            self.usage = Usage(
                prompt_tokens=chunk.usage.prompt_tokens or 0,
                completion_tokens=chunk.usage.completion_tokens or 0,
            )
        texts = []
        for choice in chunk.choices or ():
            self.reason = choice.finish_reason or self.reason
            if choice.delta is None:
                continue
            texts += [text for text in (choice.delta.content, choice.delta.refusal) if text]
            for delta in choice.delta.tool_calls or ():
                self._read_call(delta)
        return texts

    def _read_call(self, delta: ChoiceDeltaToolCall) -> None:
        call = self.calls.setdefault(self._index(delta), _OpenCall())
        call.id = call.id or delta.id or ""
        if delta.function is not None:
            call.name += delta.function.name or ""
            call.arguments += delta.function.arguments or ""

    def _index(self, delta: ChoiceDeltaToolCall) -> int:
        """Some servers leave the index out: then a new id starts a new call."""
        index: int | None = delta.index
        if index is not None:
            return index
        known = [number for number, call in self.calls.items() if call.id == delta.id or not delta.id]
        return known[-1] if known else len(self.calls)

    def end(self) -> list[Piece]:
        if self.reason is None:
            raise CutShort("the stream ended before the reply did")
        reason = _stop_reason(self.reason, called=bool(self.calls))
        pieces: list[Piece] = []
        if reason == "tool_calls":
            pieces += [
                CallPiece(
                    call=ToolCall(id=call.id or f"call_{index}", name=call.name, arguments=call.arguments)
                )
                for index, call in sorted(self.calls.items())
            ]
        return [*pieces, DonePiece(reason=reason, usage=self.usage)]


def _stop_reason(reason: str, *, called: bool) -> StopReason:
    if reason == "length":
        return "length"
    if reason == "content_filter":
        return "content_filter"
    return "tool_calls" if called else "stop"
