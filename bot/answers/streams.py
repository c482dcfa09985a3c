"""Houston's answer on its way into a thread."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.audience import Audiences
from bot.answers.writing import Writing
from bot.refusals import FAILURES, failure
from bot.views.answer import footer
from houston.agent.conversation import Question
from houston.agent.turn import AgentEvent, Failed, Finished, StatusChanged, TextAdded

log = logging.getLogger(__name__)

STOPPED = "_(stopped)_"


class Answers:
    """The answers that are being written, each in its thread, and who would read them."""

    def __init__(self, audiences: Audiences | None = None) -> None:
        self.audiences = audiences or Audiences()
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}

    def under_way(self, channel: str, thread_ts: str) -> bool:
        return (channel, thread_ts) in self._under_way

    def stop(self, channel: str, thread_ts: str) -> None:
        task = self._under_way.get((channel, thread_ts))
        if task:
            task.cancel()

    async def write(
        self,
        client: AsyncWebClient,
        question: Question,
        events: AsyncGenerator[AgentEvent, None],
    ) -> None:
        """Stream the answer; returns when it is written, or stopped by `stop`."""
        thread = (question.channel, question.thread_ts)
        task = asyncio.create_task(_write(client, question, events), name=f"answer in {question.channel}")
        self._under_way[thread] = task
        try:
            await asyncio.wait({task})
        finally:
            if self._under_way.get(thread) is task:
                del self._under_way[thread]
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled():
            task.result()


async def _write(
    client: AsyncWebClient, question: Question, events: AsyncGenerator[AgentEvent, None]
) -> None:
    writing = Writing(
        client,
        channel=question.channel,
        thread_ts=question.thread_ts,
        workspace_id=question.workspace_id,
        user_id=question.user_id,
    )
    zone = ZoneInfo(question.timezone)
    try:
        async with aclosing(events):
            async for event in events:
                await _show(client, question, writing, event, zone)
        await writing.end()
    except BaseException:
        await writing.end(STOPPED)
        raise


async def _show(
    client: AsyncWebClient, question: Question, writing: Writing, event: AgentEvent, zone: ZoneInfo
) -> None:
    match event:
        case StatusChanged(text=text):
            await _set_status(client, question, text)
        case TextAdded(markdown=markdown):
            await writing.add(markdown)
        case Finished(footer=data):
            await writing.end(blocks=footer(data, zone))
        case Failed(sentence=sentence):
            await writing.end(sentence)


async def _set_status(client: AsyncWebClient, question: Question, text: str) -> None:
    """A courtesy: the answer comes without it too."""
    try:
        await client.assistant_threads_setStatus(
            channel_id=question.channel, thread_ts=question.thread_ts, status=text
        )
    except FAILURES as error:
        log.info("no status in %s: %s", question.channel, failure(error).message)
