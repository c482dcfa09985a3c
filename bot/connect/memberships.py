"""Which channels Houston is in, from Slack. The list of all channels is never asked for."""

from collections.abc import AsyncIterator
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from houston.assembly import Houston
from store.scope import Scope
from store.tables import Channel

PAGE, MOST_PAGES = 200, 50


async def joined_channels(client: AsyncWebClient, workspace_id: str) -> list[Channel]:
    """Every channel that the bot is a member of, archived ones too."""
    pages = _pages(client, types="public_channel,private_channel", exclude_archived=False)
    return [channel(each, workspace_id) async for each in pages]


async def private_channels(client: AsyncWebClient, user_id: str) -> set[str]:
    """The private channels that both this person and Houston are in."""
    return {each["id"] async for each in _pages(client, types="private_channel", user=user_id)}


async def offered(
    houston: Houston, client: AsyncWebClient, scope: Scope, user_id: str, query: str = ""
) -> list[Channel]:
    """What a picker shows to this person: of private channels only their own."""
    return await houston.channels.offered(scope, query, await private_channels(client, user_id))


def channel(found: dict[str, Any], workspace_id: str) -> Channel:
    return Channel(
        workspace_id=workspace_id,
        id=found["id"],
        name=found.get("name") or found["id"],
        is_private=bool(found.get("is_private")),
        is_archived=bool(found.get("is_archived")),
        is_shared=bool(found.get("is_ext_shared")),
    )


async def _pages(client: AsyncWebClient, **asked: Any) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    for _ in range(MOST_PAGES):
        page = await client.users_conversations(limit=PAGE, cursor=cursor or None, **asked)
        for each in page["channels"]:
            yield each
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return
