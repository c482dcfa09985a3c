"""A model without a language model: English questions understood by rules, answered through the tools."""

import json
from collections.abc import AsyncGenerator, Sequence

from houston.agent.messages import CallPiece, DonePiece, Message, Piece, TextPiece, ToolCall, ToolSpec
from houston.agent.patterns.clauses import asked
from houston.agent.patterns.heard import Heard
from houston.agent.patterns.turn import ReadTurn, Step


def next_step(messages: Sequence[Message], tools: frozenset[str], heard: Heard) -> Step:
    """Of a message that asks two things: one after the other, then both answers."""
    parts = heard.parts()
    steps: list[Step] = []
    for number in range(1, len(parts) + 1):
        steps.append(ReadTurn(asked(messages, parts[:number]), tools).next_step())
        if steps[-1].calls:
            return steps[-1]
    text = "\n\n".join(dict.fromkeys(step.text for step in steps))
    return Step(text=text, understood=any(step.understood for step in steps))


class PatternsModel:
    """A ChatModel: reads the facts in the system message, the conversation and the tools' results."""

    name = "patterns"
    reads_rows = True
    """It has no window to fill, and needs the rows that people point at, also of turns long ago."""

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        names = frozenset(tool.name for tool in tools)
        heard = Heard(messages, names)
        step = next_step(messages, names, heard)
        if step.calls:
            for number, wanted in enumerate(step.calls, start=len(heard.made)):
                arguments = json.dumps(dict(wanted.arguments))
                yield CallPiece(call=ToolCall(id=f"call_{number}", name=wanted.tool, arguments=arguments))
            yield DonePiece(reason="tool_calls")
            return
        for line in step.text.splitlines(keepends=True):
            yield TextPiece(text=line)
        yield DonePiece(reason="stop", understood=step.understood)
