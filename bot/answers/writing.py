"""One message that grows: a Slack stream, or where Slack will not, a message that is updated."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_chat_stream import AsyncChatStream
from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import FAILURES, code, failure
from bot.views.blocks import Block
from bot.views.text import cut, without_mentions
from houston.errors import TemporaryFailure

log = logging.getLogger(__name__)

BUFFER = 40
"""Characters gathered before they are sent: a short sentence."""

PART = 11_000
"""Slack takes 12,000 characters of Markdown at once."""

UPDATE_SECONDS = 1.5

NO_WAY_AROUND = frozenset({"not_in_channel", "channel_not_found", "is_archived", "invalid_auth"})
"""Refusals that a plain message would meet too."""


class Writing:
    def __init__(
        self, client: AsyncWebClient, *, channel: str, thread_ts: str, workspace_id: str, user_id: str
    ) -> None:
        self._client = client
        self._where: dict[str, Any] = {"channel": channel, "thread_ts": thread_ts}
        self._recipient = {"recipient_team_id": workspace_id, "recipient_user_id": user_id}
        self._stream: AsyncChatStream | None = None
        self._streams = True
        self._in_doubt = False
        """Whether what is shown may differ from what was said, so that it is written once more at the end."""
        self._text = ""
        self._ts: str | None = None
        self._updated_at = 0.0
        self._ended = False

    async def add(self, markdown: str) -> None:
        safe = without_mentions(markdown)
        self._text += safe
        for part in parts(safe):
            await self._add(part)

    async def end(self, sentence: str = "", *, blocks: Sequence[Block] = ()) -> None:
        """Close the message, with a last sentence and what stands under it. A second end does nothing."""
        if self._ended or not (self._text or sentence):
            return
        self._ended = True
        last = f"\n\n{sentence}" if self._text and sentence else sentence
        self._text += last
        if self._streams:
            await self._end_stream(last, list(blocks))
        if self._in_doubt:
            await self._write_plainly(list(blocks))

    async def _add(self, part: str) -> None:
        if self._streams:
            try:
                await (await self._opened()).append(markdown_text=part)
            except FAILURES as error:
                self._stumble(error)
        if not self._streams:
            await self._update_now_and_then()

    async def _end_stream(self, last: str, blocks: list[Block]) -> None:
        try:
            await (await self._opened()).stop(markdown_text=last or None, blocks=blocks or None)
        except FAILURES as error:
            self._stumble(error)

    async def _opened(self) -> AsyncChatStream:
        if self._stream is None:
            self._stream = await self._client.chat_stream(
                buffer_size=BUFFER, **self._where, **self._recipient
            )
        return self._stream

    def _stumble(self, error: Exception) -> None:
        """What the stream still holds goes with the next piece; after a refusal the text goes on plainly."""
        if isinstance(error, SlackApiError) and code(error) in NO_WAY_AROUND:
            raise error
        log.info("a stream in %s stumbled: %s", self._where["channel"], failure(error).message)
        self._ts = self._stream.ts if self._stream else None
        self._in_doubt = True
        self._streams = isinstance(failure(error), TemporaryFailure)

    async def _update_now_and_then(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._updated_at >= UPDATE_SECONDS:
            self._updated_at = now
            await self._write_plainly([])

    async def _write_plainly(self, blocks: list[Block]) -> None:
        first, *more = parts(self._text)
        content = _plain(first, [] if more else blocks)
        if self._ts is None:
            self._ts = str((await self._client.chat_postMessage(**self._where, **content))["ts"])
        else:
            await self._client.chat_update(channel=self._where["channel"], ts=self._ts, **content)
        for number, part in enumerate(more, start=1):
            if self._ended:
                last = number == len(more)
                await self._client.chat_postMessage(**self._where, **_plain(part, blocks if last else []))


def parts(markdown: str, limit: int = PART) -> list[str]:
    """Pieces that Slack takes, cut at the end of a line where there is one."""
    pieces = []
    while len(markdown) > limit:
        end = markdown.rfind("\n", limit // 2, limit) + 1 or limit
        pieces.append(markdown[:end])
        markdown = markdown[end:]
    return [*pieces, markdown]


def _plain(markdown: str, blocks: list[Block]) -> dict[str, Any]:
    return {"text": cut(markdown, 3000), "blocks": [{"type": "markdown", "text": markdown}, *blocks]}
