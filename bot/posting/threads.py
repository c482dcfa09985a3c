"""What a message's thread needs: that a reply lands in it, and the whole text of what was cut."""

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.posting import uploads
from bot.refusals import FAILURES, failure
from houston.errors import Gone
from houston.notify.messenger import Posted

log = logging.getLogger(__name__)

FILENAME = "message.txt"


async def check(client: AsyncWebClient, answer: AsyncSlackResponse, thread_ts: str) -> None:
    """Slack puts a reply to a deleted message into the channel, and does not say so.

    Takes such a reply back and raises Gone; one that cannot be taken back may stay.
    """
    if not thread_ts or (answer.get("message") or {}).get("thread_ts"):
        return
    try:
        await client.chat_delete(channel=answer["channel"], ts=answer["ts"])
    except FAILURES as error:
        log.warning("a reply is in its channel, not in its thread: %s", failure(error).message)
        return
    raise Gone("The message that this belongs under was deleted.")


class FullTexts:
    """Shares the whole text of a message that had to be cut, beside it, once and at the best."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def share(self, client: AsyncWebClient, text: str, posted: Posted, thread_ts: str) -> None:
        if not text:
            return
        work = _share(client, text, posted.channel, thread_ts or posted.ts)
        task = asyncio.create_task(work, name="full text")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _share(client: AsyncWebClient, text: str, channel: str, thread_ts: str) -> None:
    try:
        await uploads.upload(
            client, FILENAME, text.encode(), title="The whole text", channel=channel, thread_ts=thread_ts
        )
    except FAILURES as error:
        log.warning("the whole text of a message could not be shared: %s", failure(error).message)
