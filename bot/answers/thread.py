"""What others said in a thread before Houston was asked: read in Slack, handed on as data."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.hearing import MENTION, TOMBSTONE, mentions, words
from bot.refusals import FAILURES, failure
from houston.agent.facts import Said
from houston.assembly import Houston

log = logging.getLogger(__name__)

MOST, CHARACTERS = 20, 4000
"""Messages, the newest, and how long they may be in all."""

LONGEST = 1000
PAGE, MOST_PAGES = 200, 5
SECONDS = 3.0
"""An answer waits no longer for it."""

Body = Mapping[str, Any]


async def said_before(
    houston: Houston,
    client: AsyncWebClient,
    *,
    workspace_id: str,
    channel: str,
    thread_ts: str,
    before: str,
    bot_user_id: str | None,
) -> tuple[Said, ...]:
    """The newest of a thread's messages, the oldest first; none where Slack does not show them."""
    try:
        async with asyncio.timeout(SECONDS):
            messages = await _replies(client, channel, thread_ts, before)
    except TimeoutError:
        log.info("the thread in %s came too slowly: answered without it", channel)
        return ()
    except FAILURES as error:
        log.info("the thread in %s is not shown: %s", channel, failure(error).message)
        return ()
    return await told(houston, workspace_id, messages, bot_user_id)


async def told(
    houston: Houston, workspace_id: str, messages: Sequence[Body], bot_user_id: str | None
) -> tuple[Said, ...]:
    """What others said in these; not Houston's own words, nor what it was asked."""
    spoken = [each for each in messages if _is_others(each, bot_user_id)][-MOST:]
    people = {str(each.get("user")) for each in spoken} | {
        id for each in spoken for id in MENTION.findall(text_of(each))
    }
    members = await houston.members.of(workspace_id, people)
    names = {member.user_id: member.name for member in members}
    return _fitting([_said(each, names) for each in spoken])


def text_of(message: Body) -> str:
    """What is said in a message: its text, or that of what an app attached."""
    text = str(message.get("text") or "")
    attached = (each.get("fallback") or each.get("text") or "" for each in message.get("attachments") or ())
    return text or "\n".join(str(each) for each in attached)


async def _replies(client: AsyncWebClient, channel: str, thread_ts: str, before: str) -> list[Body]:
    found: list[Body] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        page = await client.conversations_replies(
            channel=channel, ts=thread_ts, latest=before, limit=PAGE, cursor=cursor or None
        )
        found += page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            break
    return [each for each in found if float(each["ts"]) < float(before)]


def _is_others(message: Body, bot_user_id: str | None) -> bool:
    if message.get("user") == bot_user_id or message.get("subtype") == TOMBSTONE:
        return False
    return bool(text_of(message).strip()) and not mentions(message, bot_user_id)


def _said(message: Body, names: Mapping[str, str]) -> Said:
    text = MENTION.sub(lambda found: f"@{names.get(found[1], 'somebody')}", text_of(message))
    app = (message.get("bot_profile") or {}).get("name") or message.get("username")
    return Said(
        name=names.get(str(message.get("user")), str(app or "Somebody")),
        text=words(text, None)[:LONGEST],
        at=datetime.fromtimestamp(float(message["ts"]), UTC),
    )


def _fitting(said: Sequence[Said]) -> tuple[Said, ...]:
    """The newest, as many as there is room for."""
    kept: list[Said] = []
    room = CHARACTERS
    for each in reversed(said):
        room -= len(each.name) + len(each.text)
        if room < 0:
            break
        kept.append(each)
    return tuple(reversed(kept))
