"""Messages carry the deliveries that they bring, so that they can be found again."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.refusals import code
from houston.notify.messenger import Posted

log = logging.getLogger(__name__)

EVENT_TYPE = "houston_delivery"
DM = "dm:"

MOST_MARKS = 300
"""Ids in one message: Slack takes about 8 kB of metadata."""

PAGE, PAGES = 15, 40
"""Small pages: 15 messages is Slack's strictest limit."""

SKEW = timedelta(seconds=60)
"""How far Slack's clock and ours may be apart."""

Read = Callable[..., Awaitable[AsyncSlackResponse]]
"""conversations.history or .replies of one channel."""


def mark(delivery_ids: Sequence[int]) -> dict[str, Any]:
    """Ids as text: JSON's numbers lose the last digits of such large ones in many a reader."""
    if len(delivery_ids) > MOST_MARKS:
        log.warning("a message brings %d deliveries and is marked with %d", len(delivery_ids), MOST_MARKS)
    marked = [str(id) for id in delivery_ids[:MOST_MARKS]]
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery_ids": marked}}


def place(address: str) -> str:
    """The channel's id, or the person's."""
    return address.removeprefix("channel:").removeprefix(DM)


async def channel_of(client: AsyncWebClient, address: str) -> str:
    """The channel that an address's messages are in."""
    if not address.startswith(DM):
        return place(address)
    opened = await client.conversations_open(users=place(address))
    return str(opened["channel"]["id"])


async def find(
    client: AsyncWebClient, channel: str, wanted: frozenset[int], since: datetime, thread_ts: str
) -> Mapping[int, Posted]:
    """Where those of the deliveries are that arrived since then. Raises what slack_sdk raises."""
    oldest = f"{(since - SKEW).timestamp():.6f}"
    found: dict[int, Posted] = {}
    for read in _places(client, channel, thread_ts):
        async for message in _messages(partial(read, oldest=oldest)):
            for id in _marks(message) & wanted:
                found.setdefault(id, _posted(channel, message))
            if found.keys() >= wanted:
                return found
    return found


def _places(client: AsyncWebClient, channel: str, thread_ts: str) -> Iterator[Read]:
    if thread_ts:
        yield partial(client.conversations_replies, channel=channel, ts=thread_ts)
    yield partial(client.conversations_history, channel=channel)


async def _messages(read: Read) -> AsyncIterator[dict[str, Any]]:
    """None where the thread is gone."""
    cursor = ""
    for _ in range(PAGES):
        try:
            page = await read(include_all_metadata=True, limit=PAGE, cursor=cursor or None)
        except SlackApiError as error:
            if code(error) != "thread_not_found":
                raise
            return
        for message in page["messages"]:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return
    log.warning("a delivery was looked for in %d messages only", PAGES * PAGE)


def _marks(message: Mapping[str, Any]) -> set[int]:
    """Those of an earlier version are marked with `delivery_id`, one each."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return set()
    payload = metadata.get("event_payload") or {}
    found = payload.get("delivery_ids") or [payload.get("delivery_id")]
    return {int(id) for id in found if str(id).isdigit()}


def _posted(channel: str, message: Mapping[str, Any]) -> Posted:
    pictures = [block["slack_file"] for block in message.get("blocks") or () if block.get("slack_file")]
    return Posted(
        channel=channel,
        ts=str(message["ts"]),
        chart_file=str(pictures[0].get("id", "")) if pictures else "",
    )
