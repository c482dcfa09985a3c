"""Language models for tests of hearing: they answer in words, so that no figure has to be true."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from houston.agent.messages import DonePiece, Message, Piece, TextPiece, ToolSpec


class Parrot:
    """Repeats what it was asked, and remembers what it was told before that."""

    name = "parrot"

    def __init__(self) -> None:
        self.systems: list[str] = []
        self.questions: list[str] = []

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        question = [each.text for each in messages if each.role == "user"][-1]
        self.systems.append("\n".join(each.text for each in messages if each.role == "system"))
        self.questions.append(question)
        yield TextPiece(text=f"You asked: {question.rstrip('.?!')}.")
        yield DonePiece(reason="stop")


class Halting(Parrot):
    """Says a first sentence, then nothing until it may go on."""

    name = "halting"

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def stream(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        async for piece in super().stream(messages, tools):
            if isinstance(piece, DonePiece):
                yield TextPiece(text=" This is long enough to be sent to Slack at once, alone.\n\n")
                await self.go_on.wait()
                yield TextPiece(text="That was all.")
            yield piece
