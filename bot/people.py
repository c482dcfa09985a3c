"""Slack users as members, looked up in Slack when Houston meets them, and what they may see and do."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import code
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import NotFound
from houston.team.members import Profile
from store.scope import Scope
from store.tables import Member

UNKNOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


async def member(houston: Houston, client: AsyncWebClient, workspace_id: str, user_id: str) -> Member:
    """The member as Houston knows them, else as Slack does."""
    known = await houston.members.find(workspace_id, user_id)
    return known or await refreshed(houston, client, workspace_id, user_id)


async def refreshed(houston: Houston, client: AsyncWebClient, workspace_id: str, user_id: str) -> Member:
    """As they are in Slack now. Raises NotFound for whom Slack does not know."""
    try:
        user = (await client.users_info(user=user_id))["user"]
    except SlackApiError as error:
        if code(error) in UNKNOWN:
            raise NotFound("Slack does not know who you are here.") from error
        raise
    return await houston.members.seen(workspace_id, profile(user))


def profile(user: dict[str, Any]) -> Profile:
    """Slack's user as Houston keeps them. Who Slack says nothing of is no admin."""
    about = user.get("profile") or {}
    name = user.get("real_name") or about.get("real_name") or about.get("display_name") or user.get("name")
    return Profile(
        user_id=user["id"],
        team_id=user.get("team_id") or "",
        name=str(name or user["id"]),
        email=str(about.get("email") or ""),
        timezone=str(user.get("tz") or "UTC"),
        is_slack_admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        active=not user.get("deleted"),
    )


async def actor(houston: Houston, context: AsyncBoltContext) -> Actor:
    """The person who acts, with what they may see and do where they act."""
    assert context.client is not None
    workspace_id, user_id = str(context.team_id), str(context.user_id)
    await member(houston, context.client, workspace_id, user_id)
    return await houston.access.actor(workspace_id, user_id, context.channel_id)


async def scope(houston: Houston, context: AsyncBoltContext) -> Scope:
    """What the person who acts may see where they act."""
    return (await actor(houston, context)).scope
