"""Houston's Messenger over Slack's Web API."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.pictures import upload
from bot.refusals import FAILURES, code, failure
from bot.views.announcement import announced
from bot.views.blocks import Message
from houston.notify.messenger import Announcement
from houston.watch.chart import Chart

log = logging.getLogger(__name__)

EVENT_TYPE = "houston_delivery"
DM = "dm:"

SOON = (0.2, 0.4, 0.9)
"""Seconds between tries while Slack does not show a fresh picture yet."""

LATER = (2.0, 5.0, 15.0, 60.0)
"""The same once the alert is out without its picture."""

PAGE, PAGES = 15, 40
"""Small pages: 15 messages is Slack's strictest limit."""

SKEW = timedelta(seconds=60)
"""How far Slack's clock and ours may be apart."""

ClientFor = Callable[[str], Awaitable[AsyncWebClient]]
Sleep = Callable[[float], Awaitable[None]]
Upload = Callable[[AsyncWebClient, Chart], Awaitable[str | None]]


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
        self._sleep = sleep
        self._uploaded = uploaded
        self._soon = soon
        self._later = later
        self._tasks: set[asyncio.Task[None]] = set()

    async def post(
        self, *, workspace_id: str, address: str, announcement: Announcement, delivery_id: int
    ) -> str:
        client = await self._client_for(workspace_id)
        picture = await self._uploaded(client, announcement.chart) if announcement.chart else None
        arguments = {"channel": _place(address), "metadata": _mark(delivery_id)}
        try:
            if picture:
                return await self._post_with(picture, client, announcement, arguments)
            return (await _post(client, announced(announcement), arguments))["ts"]
        except FAILURES as error:
            raise failure(error) from error

    async def find(self, *, workspace_id: str, address: str, delivery_id: int, since: datetime) -> str | None:
        client = await self._client_for(workspace_id)
        try:
            channel = await _history_of(client, address)
            return await _search(client, channel, str(delivery_id), since)
        except FAILURES as error:
            raise failure(error) from error

    async def close(self) -> None:
        """Gives up on pictures that are still to come."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _post_with(
        self, picture: str, client: AsyncWebClient, announcement: Announcement, arguments: dict[str, Any]
    ) -> str:
        """With its picture if Slack shows that soon, else without, and the picture follows."""
        message = announced(announcement, picture)
        for pause in (0.0, *self._soon):
            if pause:
                await self._sleep(pause)
            try:
                return (await _post(client, message, arguments))["ts"]
            except SlackApiError as error:
                if code(error) != "invalid_blocks":
                    raise
        posted = await _post(client, announced(announcement), arguments)
        self._later_on(self._add_picture(client, message, arguments | posted))
        return posted["ts"]

    async def _add_picture(self, client: AsyncWebClient, message: Message, arguments: dict[str, Any]) -> None:
        for pause in self._later:
            await self._sleep(pause)
            try:
                await client.chat_update(text=message.text, blocks=message.blocks, **arguments)
                return
            except FAILURES as error:
                log.info("a chart is not to be seen yet: %s", failure(error).message)
        log.warning("message %s in %s stays without its chart", arguments["ts"], arguments["channel"])

    def _later_on(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="chart to follow")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _post(client: AsyncWebClient, message: Message, arguments: dict[str, Any]) -> dict[str, str]:
    """The message's ts and channel: a DM goes to a person and lands in a channel of its own."""
    answer = await client.chat_postMessage(**message.arguments(), **arguments)
    return {"ts": str(answer["ts"]), "channel": str(answer["channel"])}


async def _search(client: AsyncWebClient, channel: str, delivery_id: str, since: datetime) -> str | None:
    cursor = ""
    for _ in range(PAGES):
        page = await client.conversations_history(
            channel=channel,
            oldest=f"{(since - SKEW).timestamp():.6f}",
            include_all_metadata=True,
            limit=PAGE,
            cursor=cursor or None,
        )
        for message in page["messages"]:
            if _marked(message) == delivery_id:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return None
    return None


def _mark(delivery_id: int) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": str(delivery_id)}}


def _marked(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    found = (metadata.get("event_payload") or {}).get("delivery_id")
    return None if found is None else str(found)


def _place(address: str) -> str:
    """The channel's id, or the person's."""
    return address.removeprefix("channel:").removeprefix(DM)


async def _history_of(client: AsyncWebClient, address: str) -> str:
    """The channel that an address's messages are in."""
    if not address.startswith(DM):
        return _place(address)
    opened = await client.conversations_open(users=_place(address))
    return str(opened["channel"]["id"])
