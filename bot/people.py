"""Slack users as members, looked up in Slack when Houston meets them, and what they may see."""

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from houston.assembly import Houston
from store.scope import Scope
from store.tables import Member


async def member(houston: Houston, client: AsyncWebClient, workspace_id: str, user_id: str) -> Member:
    """The member as Houston knows them, else as Slack does."""
    known = await houston.members.find(workspace_id, user_id)
    return known or await refreshed(houston, client, workspace_id, user_id)


async def refreshed(houston: Houston, client: AsyncWebClient, workspace_id: str, user_id: str) -> Member:
    """Name and time zone as they are in Slack now."""
    user = (await client.users_info(user=user_id))["user"]
    profile = user.get("profile") or {}
    name = user.get("real_name") or profile.get("display_name") or user.get("name") or user_id
    return await houston.members.seen(workspace_id, user_id, str(name), str(user.get("tz") or "UTC"))


async def scope(houston: Houston, context: AsyncBoltContext) -> Scope:
    """What the person who acts may see where they act."""
    return await houston.access.scope(str(context.team_id), str(context.user_id), context.channel_id)
