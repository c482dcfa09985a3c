"""The channels that Houston joins and leaves, and what becomes of them."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.answers.streams import Answers
from bot.listeners import sharing
from bot.views import welcome
from houston.access import itself
from houston.assembly import Houston

Body = dict[str, Any]

ARCHIVED = {
    "channel_archive": True,
    "group_archive": True,
    "channel_unarchive": False,
    "group_unarchive": False,
}
GONE = ("channel_left", "group_left", "channel_deleted", "group_deleted")
RENAMED = ("channel_rename", "group_rename")


def register(app: AsyncApp) -> None:
    app.event("member_joined_channel")(joined)
    app.event("member_left_channel")(left)
    for name in GONE:
        app.event(name)(gone)
    for name in RENAMED:
        app.event(name)(renamed)
    for name in ARCHIVED:
        app.event(name)(archived)


async def joined(
    event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston, answers: Answers
) -> None:
    """Somebody invited Houston: it says that it is ready, and what it posts here."""
    workspace_id, channel_id = str(context.team_id), event["channel"]
    if event["user"] != context.bot_user_id:
        answers.audiences.forget(workspace_id, channel_id)
        return
    channel = await sharing.learn(houston, client, answers.audiences, workspace_id, channel_id)
    if not channel.is_open:
        return
    await houston.resuming.back(workspace_id, channel_id)
    scope = itself(workspace_id).scope
    scope = scope.narrowed(channel.client_id) if channel.client_id is not None else scope
    rules = await houston.rules.posting_to(scope, channel_id)
    kept_out = await answers.audiences.kept_out(houston, client, scope, channel_id) if rules else 0
    workspace = await houston.workspaces.get(workspace_id)
    message = welcome.ready(rules, has_clients=workspace.has_clients and not kept_out)
    await client.chat_postMessage(channel=channel_id, **message.arguments())


async def left(event: Body, context: AsyncBoltContext, houston: Houston, answers: Answers) -> None:
    answers.audiences.forget(str(context.team_id), event["channel"])
    if event["user"] == context.bot_user_id:
        await houston.channels.left(str(context.team_id), event["channel"])


async def gone(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await houston.channels.left(str(context.team_id), event["channel"])


async def renamed(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await houston.channels.renamed(str(context.team_id), event["channel"]["id"], event["channel"]["name"])


async def archived(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    workspace_id, is_archived = str(context.team_id), ARCHIVED[event["type"]]
    await houston.channels.archived(workspace_id, event["channel"], is_archived)
    if not is_archived:
        await houston.resuming.back(workspace_id, event["channel"])
