"""Houston's answers on their way into threads."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers import removing
from bot.answers.audience import Audiences
from bot.answers.place import Place
from bot.answers.refused import Refused
from bot.answers.room import Room, Wider
from bot.answers.showing import Showing
from bot.answers.status import set_status
from bot.answers.tempo import Tempo
from bot.posting.pictures import Upload, upload
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston

GREETING = "Looking into it…"


@dataclass(kw_only=True, eq=False)
class UnderWay:
    """An answer that is being written; `unwanted` once nobody is to read it."""

    question: Question
    task: asyncio.Task[None] | None = None
    unwanted: bool = False


Work = Callable[[UnderWay], Coroutine[Any, Any, None]]


class Answers:
    """The answers that are being written, and who would read them."""

    def __init__(
        self,
        audiences: Audiences | None = None,
        *,
        refused: Refused | None = None,
        tempo: Tempo | None = None,
        uploaded: Upload = upload,
    ) -> None:
        self.audiences = audiences or Audiences()
        self._refused = refused or Refused()
        self._tempo = tempo or Tempo()
        self._uploaded = uploaded
        self._all: list[UnderWay] = []

    def under_way(self, channel: str, thread_ts: str) -> bool:
        return any(self._in(channel, thread_ts))

    def stop(self, channel: str, thread_ts: str) -> bool:
        """Whether there was something to stop in this thread."""
        return _cancelled(self._in(channel, thread_ts))

    def stop_in(self, channel: str) -> bool:
        """The same for all threads of a direct conversation."""
        return _cancelled([each for each in self._all if each.question.channel == channel])

    async def greet(self, client: AsyncWebClient, question: Question) -> None:
        """A status at once, before anything that takes time. Never raises what Slack refuses."""
        await set_status(self._place(client, question), GREETING)

    async def hush(self, client: AsyncWebClient, question: Question) -> None:
        """Takes a greeting back where the answer does not come as a message of the thread."""
        await set_status(self._place(client, question), "")

    async def write(self, houston: Houston, client: AsyncWebClient, question: Question) -> None:
        """Show the answer as it comes; returns when it is written, or stopped."""
        room = Room(houston, client, self.audiences, question)
        showing = Showing(houston, self._place(client, question), question, room, uploaded=self._uploaded)
        with self._tempo.writing(question.workspace_id):
            await self.attend(question, lambda answer: _write(houston, answer, showing))

    async def attend(self, question: Question, work: Work) -> None:
        """Do the work so that it can be stopped; what it raises is raised here."""
        answer = UnderWay(question=question)
        task = asyncio.create_task(work(answer), name=f"answer in {question.channel}")
        answer.task = task
        self._all.append(answer)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._all.remove(answer)
        if not task.cancelled():
            task.result()

    async def replace(
        self, client: AsyncWebClient, *, channel: str, thread_ts: str, ts: str, old: Sequence[str] = ()
    ) -> None:
        """Take away what answers a message that was edited or deleted: what is being written for it, and
        the messages `old`."""
        answers = [each for each in self._in(channel, thread_ts) if each.question.ts == ts]
        for answer in answers:
            answer.unwanted = True
        _cancelled(answers)
        await asyncio.gather(*(each.task for each in answers if each.task), return_exceptions=True)
        await removing.remove(client, channel, old)

    def _in(self, channel: str, thread_ts: str) -> list[UnderWay]:
        where = (channel, thread_ts)
        return [each for each in self._all if (each.question.channel, each.question.thread_ts) == where]

    def _place(self, client: AsyncWebClient, question: Question) -> Place:
        return Place.of(client, question, self._refused, self._tempo)


async def _write(houston: Houston, answer: UnderWay, showing: Showing) -> None:
    try:
        async with aclosing(houston.conversations.answer(answer.question)) as events:
            async for event in events:
                await showing.show(event)
        await showing.end()
    except Wider as wider:
        await showing.cease(wider.sentence)
    except BaseException:
        await (showing.remove() if answer.unwanted else showing.stop())
        raise


def _cancelled(answers: Sequence[UnderWay]) -> bool:
    for answer in answers:
        if answer.task:
            answer.task.cancel()
    return bool(answers)
