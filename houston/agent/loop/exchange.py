"""One turn's talk with a model: what it is sent, and its replies, each sentence checked as it comes."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from houston.agent.errors import ConversationTooLong, ModelError, ModelInterrupted
from houston.agent.loop.compaction import Window
from houston.agent.loop.sentences import Sentences
from houston.agent.loop.speech import Speech, Unfounded
from houston.agent.messages import (
    CallPiece,
    ChatModel,
    DonePiece,
    Message,
    StopReason,
    TextPiece,
    ToolCall,
    ToolSpec,
    Usage,
)
from houston.agent.turn import Turn

LAST_STEP = "The tools are closed now. Answer with what you have, and say plainly what is missing."
CONTINUE = "Your answer was cut off there. Go on from exactly that point; repeat nothing."
SAY_SOMETHING = "You returned nothing. Answer the person now."
MEND = " Mend that sentence and go on from there; what was shown before it stays, so repeat none of it."


class NotUnderstood(Exception):
    """A model that answers in another's place has nothing to say to this question."""


@dataclass(kw_only=True)
class Reply:
    """What the model said, as far as it was shown, and what it wants."""

    text: str = ""
    calls: list[ToolCall] = field(default_factory=list)
    reason: StopReason = "stop"
    understood: bool = True


class Exchange:
    def __init__(
        self,
        *,
        model: ChatModel,
        turn: Turn,
        system: Callable[[], Message],
        speech: Speech,
        window: int,
        stands_in: bool,
    ) -> None:
        """`stands_in`: the model answers in another's place, and only what it understood is said."""
        self._model, self._turn, self._system, self._speech = model, turn, system, speech
        self._window = Window(window)
        self._stands_in = stands_in
        self._second_chances = 1
        self.messages = [Message(role="user", text=turn.question)]

    async def reply(self, specs: Sequence[ToolSpec], *nudges: str) -> Reply:
        """One that broke off, said what is not so, or came empty, is asked for once more.

        Raises ModelError, NotUnderstood.
        """
        reply = Reply()
        try:
            await self._ask(reply, specs, nudges)
        except ModelInterrupted:
            if not self._second_chance():
                raise
            return await self._again(reply, specs, *nudges, *([CONTINUE] if reply.text else []))
        except Unfounded as unfounded:
            mend = f"{unfounded.complaint.for_model.rstrip()}{MEND}"
            return await self._again(reply, specs, *nudges, mend)
        except ConversationTooLong:
            if not self._second_chance():
                raise
            self._window.shrink()
            return await self.reply(specs, *nudges)
        is_empty = not reply.text and not reply.calls and reply.reason == "stop"
        if is_empty and not self._speech.shown and self._second_chance():
            return await self.reply(specs, *nudges, SAY_SOMETHING)
        return reply

    def _second_chance(self) -> bool:
        self._second_chances -= 1
        return self._second_chances >= 0

    async def _again(self, reply: Reply, specs: Sequence[ToolSpec], *nudges: str) -> Reply:
        """The model goes on after the sentences that were already shown."""
        if reply.text:
            self.messages.append(Message(role="assistant", text=reply.text))
        self._speech.resume()
        return await self.reply(specs, *nudges)

    async def _ask(self, reply: Reply, specs: Sequence[ToolSpec], nudges: Sequence[str]) -> None:
        sentences, said = Sentences(), ""
        usage: Usage | None = None
        try:
            async with aclosing(self._model.stream(self._request(specs, nudges), specs)) as pieces:
                async for piece in pieces:
                    match piece:
                        case TextPiece(text=text):
                            said += text
                            self._say(reply, [] if self._stands_in else sentences.add(text))
                        case CallPiece(call=call):
                            reply.calls.append(call)
                        case DonePiece():
                            reply.reason, reply.understood, usage = (
                                piece.reason,
                                piece.understood,
                                piece.usage,
                            )
            self._say(reply, self._held_back(reply, sentences, said))
        except ModelError:
            usage = usage if said or reply.calls else Usage()
            raise
        finally:
            self._count(usage, said)

    def _held_back(self, reply: Reply, sentences: Sentences, said: str) -> list[str]:
        """What is still to be said when a reply is whole. Raises NotUnderstood."""
        if not self._stands_in:
            return [sentences.rest()]
        if not reply.understood:
            raise NotUnderstood
        return [*sentences.add(said), sentences.rest()]

    def _count(self, usage: Usage | None, said: str) -> None:
        if usage is None:
            usage = self._window.estimate(said)
        else:
            self._window.counted(usage)
        self._turn.meter.usage += usage

    def _say(self, reply: Reply, sentences: Sequence[str]) -> None:
        for sentence in filter(None, sentences):
            reply.text += self._speech.say(sentence)

    def _request(self, specs: Sequence[ToolSpec], nudges: Sequence[str]) -> list[Message]:
        system = self._system()
        tail = [Message(role="system", text=text) for text in nudges]
        history = list(self._turn.history[self._turn.summed_up :])
        if getattr(self._model, "reads_rows", False):
            return [system, *history, *self.messages, *tail]
        past, now = self._window.fit(self.messages, history, [system, *tail], specs)
        return [system, *past, *now, *tail]
