"""A language model that keeps nothing to itself: it calls what it is told to, then says all it was given."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from houston.agent.messages import CallPiece, DonePiece, Message, Piece, TextPiece, ToolCall, ToolSpec
from tests.leaks.canaries import spotted

ORDER = re.compile(r"call (?P<tool>\w+) (?P<arguments>\{.*\})")
"""What a question looks like that orders a tool call, as `call notes {"query": "x"}`."""


@dataclass
class TellTale:
    """Answers with every canary among its instructions, the history and the tools' results."""

    honest: Mapping[str, str]
    """Each tool's arguments where the question orders nothing: then it calls them all."""
    name: str = "tell-tale"
    called: list[str] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None
    """What happens, once, before it says anything of what it was given."""

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        asked = max(number for number, each in enumerate(messages) if each.role == "user")
        if tools and not any(each.role == "tool" for each in messages[asked:]):
            for piece in self._calls(messages[asked].text, tools):
                yield piece
            yield DonePiece(reason="tool_calls")
            return
        given = [each for number, each in enumerate(messages) if number != asked]
        if self.meanwhile:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        words = sorted({each.word for each in spotted(*(_content(each) for each in given))})
        errors = "".join(f" {each.text}" for each in messages[asked:] if '"error"' in each.text)
        yield TextPiece(text=f"I was given: {' '.join(words) or 'nothing'}.{errors[:600]}")
        yield DonePiece(reason="stop")

    def _calls(self, question: str, tools: Sequence[ToolSpec]) -> list[Piece]:
        ordered = ORDER.search(question)
        calls = (
            {ordered["tool"]: ordered["arguments"]}
            if ordered
            else {
                tool.name: self.honest.get(tool.name, "{}") for tool in tools if tool.name != "switch_client"
            }
        )
        self.called += calls
        return [
            CallPiece(call=ToolCall(id=f"call_{number}", name=name, arguments=arguments))
            for number, (name, arguments) in enumerate(calls.items())
        ]


def _content(message: Message) -> str:
    return f"{message.text} {[call.arguments for call in message.calls]} {message.facts}"
