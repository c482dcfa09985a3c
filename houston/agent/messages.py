"""What passes between the loop and a model, and the port `ChatModel` that every model implements."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from houston.agent.facts import Facts

Role = Literal["system", "user", "assistant", "tool"]
StopReason = Literal["stop", "tool_calls", "length", "content_filter"]


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    id: str
    name: str
    arguments: str
    """Raw JSON text, as the model wrote it."""


@dataclass(frozen=True, kw_only=True)
class Message:
    role: Role
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    call_id: str | None = None
    name: str | None = None
    facts: Facts | None = None
    """The system message's content as data, for models that read no prose; never sent over the wire."""

    def as_dict(self) -> dict[str, Any]:
        """What is kept with a turn; the facts are stated anew in each turn."""
        kept: dict[str, Any] = {"role": self.role, "text": self.text}
        if self.calls:
            kept["calls"] = [
                {"id": call.id, "name": call.name, "arguments": call.arguments} for call in self.calls
            ]
        if self.call_id is not None:
            kept |= {"call_id": self.call_id, "name": self.name}
        return kept

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Message":
        return cls(
            role=kept["role"],
            text=kept["text"],
            calls=tuple(ToolCall(**call) for call in kept.get("calls", ())),
            call_id=kept.get("call_id"),
            name=kept.get("name"),
        )


@dataclass(frozen=True, kw_only=True)
class Usage:
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, kw_only=True)
class TextPiece:
    text: str


@dataclass(frozen=True, kw_only=True)
class CallPiece:
    call: ToolCall


@dataclass(frozen=True, kw_only=True)
class DonePiece:
    reason: StopReason
    usage: Usage | None = Usage()
    """None where the server did not tell."""
    understood: bool = True
    """False where the reply only says that the question was not understood."""


Piece = TextPiece | CallPiece | DonePiece


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """A tool as a model sees it."""

    name: str
    description: str
    parameters: Mapping[str, Any]


class ChatModel(Protocol):
    @property
    def name(self) -> str: ...

    def stream(self, messages: Sequence[Message], tools: Sequence[ToolSpec]) -> AsyncGenerator[Piece, None]:
        """One reply, ended by exactly one DonePiece; raises ModelError where there is none to be had."""
        ...
