"""Houston's Messenger over Slack's Web API, for channels and people."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.posting import lookup, threads
from bot.posting.late_pictures import LATER, LatePictures
from bot.posting.pictures import Pictures, Upload, upload
from bot.posting.writing import SOON, Draft, Writer, Written, content, draft
from bot.refusals import FAILURES, code, failure
from bot.views.blocks import Message
from houston.notify.messenger import Announcement, Posted

ClientFor = Callable[[str], Awaitable[AsyncWebClient]]
Sleep = Callable[[float], Awaitable[None]]

NOWHERE = frozenset({"message_not_found", "channel_not_found"})


class SlackMessenger:
    """`client_for` gives a client from `bot.connect.clients.delivering`, which repeats nothing."""

    def __init__(
        self,
        client_for: ClientFor,
        *,
        sleep: Sleep = asyncio.sleep,
        uploaded: Upload = upload,
        soon: Sequence[float] = SOON,
        later: Sequence[float] = LATER,
    ) -> None:
        self._client_for = client_for
        self._pictures = Pictures(uploaded)
        self._writer = Writer(sleep=sleep, soon=soon)
        self._late = LatePictures(sleep=sleep, later=later)
        self._texts = threads.FullTexts()

    async def post(
        self,
        *,
        workspace_id: str,
        address: str,
        announcement: Announcement,
        delivery_ids: Sequence[int],
        thread_ts: str = "",
    ) -> Posted:
        client = await self._client_for(workspace_id)
        file_id = await self._pictures.of(client, workspace_id, announcement)
        drafted = draft(replace(announcement, chart_file=file_id))
        arguments: dict[str, Any] = {"channel": lookup.place(address), "metadata": lookup.mark(delivery_ids)}
        if thread_ts:
            arguments["thread_ts"] = thread_ts
        try:
            written = await self._writer.write(partial(_post, client, arguments), drafted)
            await threads.check(client, written.answer, thread_ts)
        except FAILURES as error:
            raise failure(error) from error
        answer = written.answer
        posted = Posted(channel=str(answer["channel"]), ts=str(answer["ts"]), chart_file=file_id)
        self._await_picture(client, workspace_id, posted, drafted, written)
        self._texts.share(client, drafted.bare.full_text, posted, thread_ts)
        return posted

    async def update(self, *, workspace_id: str, posted: Posted, announcement: Announcement) -> Posted:
        client = await self._client_for(workspace_id)
        known = replace(announcement, chart_file=announcement.chart_file or posted.chart_file)
        file_id = await self._pictures.of(client, workspace_id, known)
        drafted = draft(replace(announcement, chart_file=file_id))
        await self._late.drop((workspace_id, posted.channel, posted.ts))
        try:
            written = await self._writer.write(partial(_update, client, posted), drafted)
        except FAILURES as error:
            raise failure(error) from error
        posted = replace(posted, chart_file=file_id)
        self._await_picture(client, workspace_id, posted, drafted, written)
        return posted

    async def find(
        self,
        *,
        workspace_id: str,
        address: str,
        delivery_ids: Sequence[int],
        since: datetime,
        thread_ts: str = "",
    ) -> Mapping[int, Posted]:
        client = await self._client_for(workspace_id)
        try:
            channel = await lookup.channel_of(client, address)
            return await lookup.find(client, channel, frozenset(delivery_ids), since, thread_ts)
        except FAILURES as error:
            raise failure(error) from error

    async def permalink(self, *, workspace_id: str, channel: str, ts: str) -> str | None:
        client = await self._client_for(workspace_id)
        try:
            answer = await client.chat_getPermalink(channel=channel, message_ts=ts)
        except FAILURES as error:
            if isinstance(error, SlackApiError) and code(error) in NOWHERE:
                return None
            raise failure(error) from error
        return str(answer["permalink"])

    async def close(self) -> None:
        """Gives up on pictures and texts that are still to come."""
        await asyncio.gather(self._late.close(), self._texts.close(), self._pictures.close())

    def _await_picture(
        self, client: AsyncWebClient, workspace_id: str, posted: Posted, drafted: Draft, written: Written
    ) -> None:
        """Bring the picture as soon as Slack shows it, unless the message says something newer then."""
        if drafted.pictured and written.awaits_picture:
            place = (workspace_id, posted.channel, posted.ts)
            self._late.follow(place, partial(_update, client, posted, drafted.pictured))


async def _post(client: AsyncWebClient, arguments: dict[str, Any], message: Message) -> AsyncSlackResponse:
    """The answer names the channel: a DM goes to a person and lands in a channel of its own."""
    return await client.chat_postMessage(
        **content(message), **arguments, unfurl_links=False, unfurl_media=False
    )


async def _update(client: AsyncWebClient, posted: Posted, message: Message) -> AsyncSlackResponse:
    return await client.chat_update(channel=posted.channel, ts=posted.ts, **content(message))
