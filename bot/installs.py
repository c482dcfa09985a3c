"""Where Houston is: its workspace, and the channels that it joins and leaves."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.memberships import channel, joined_channels
from bot.views import welcome
from houston.assembly import Houston
from store.tables import Workspace

log = logging.getLogger(__name__)

Body = dict[str, Any]

ARCHIVED = {
    "channel_archive": True,
    "group_archive": True,
    "channel_unarchive": False,
    "group_unarchive": False,
}
GONE = ("channel_left", "group_left", "channel_deleted", "group_deleted")
RENAMED = ("channel_rename", "group_rename")
REMOVED = ("app_uninstalled", "tokens_revoked")


def register(app: AsyncApp) -> None:
    app.event("member_joined_channel")(joined)
    app.event("member_left_channel")(left)
    for name in GONE:
        app.event(name)(gone)
    for name in RENAMED:
        app.event(name)(renamed)
    for name in ARCHIVED:
        app.event(name)(archived)
    for name in REMOVED:
        app.event(name)(removed)


async def connect(houston: Houston, client: AsyncWebClient) -> Workspace:
    """At the start: which workspace this is, and which channels Houston is in."""
    identity = await client.auth_test()
    workspace = await houston.workspaces.connected(
        identity["team_id"], identity["team"], identity["user_id"], None
    )
    await houston.channels.replace(workspace.id, await joined_channels(client, workspace.id))
    return workspace


async def joined(event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston) -> None:
    """Somebody invited Houston: it says that it is ready, and what it posts here."""
    if event["user"] != context.bot_user_id:
        return
    workspace_id = str(context.team_id)
    found = (await client.conversations_info(channel=event["channel"]))["channel"]
    await houston.channels.joined(workspace_id, channel(found, workspace_id))
    scope = await houston.access.scope(workspace_id, event.get("inviter") or event["user"], event["channel"])
    rules = await houston.rules.posting_to(scope, event["channel"])
    workspace = await houston.workspaces.get(workspace_id)
    message = welcome.ready(rules, has_clients=workspace.has_clients)
    await client.chat_postMessage(channel=event["channel"], **message.arguments())


async def left(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    if event["user"] == context.bot_user_id:
        await houston.channels.left(str(context.team_id), event["channel"])


async def gone(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await houston.channels.left(str(context.team_id), event["channel"])


async def renamed(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await houston.channels.renamed(str(context.team_id), event["channel"]["id"], event["channel"]["name"])


async def archived(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await houston.channels.archived(str(context.team_id), event["channel"], ARCHIVED[event["type"]])


async def removed(event: Body, context: AsyncBoltContext) -> None:
    log.warning("Houston was removed from workspace %s (%s)", context.team_id, event["type"])
