"""Slack Connect: channels that other companies read, where Houston is quiet until an admin approves."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers.audience import Audiences
from bot.answers.privately import tell_asker
from bot.answers.streams import Answers
from bot.connect.memberships import channel, joined_channels
from bot.refusals import FAILURES, failure
from bot.views import channel_approval
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston
from store.tables import Channel

log = logging.getLogger(__name__)

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.event("channel_shared")(changed)
    app.event("channel_unshared")(changed)
    app.action(channel_approval.APPROVE)(approve)
    app.action(channel_approval.REFUSE)(keep_quiet)


async def catch_up(houston: Houston, client: AsyncWebClient, workspace_id: str) -> None:
    """Learn which channels Houston is in now, and ask about those that were shared meanwhile."""
    channels = await joined_channels(client, workspace_id)
    for shared in await houston.channels.replace(workspace_id, channels):
        await ask_admins(houston, client, Audiences(), shared)


async def learn(
    houston: Houston, client: AsyncWebClient, audiences: Audiences, workspace_id: str, channel_id: str
) -> Channel:
    """A channel as Slack describes it now; where it is newly shared, the admins are asked."""
    described = (await client.conversations_info(channel=channel_id))["channel"]
    found = channel(described, workspace_id)
    audiences.forget(workspace_id, channel_id)
    for shared in await houston.channels.joined(workspace_id, found):
        await ask_admins(houston, client, audiences, shared)
    return await houston.channels.find(workspace_id, channel_id) or found


async def ask_admins(houston: Houston, client: AsyncWebClient, audiences: Audiences, shared: Channel) -> None:
    others = await _others(houston, client, audiences, shared)
    await houston.approvals.ask_admins(shared.workspace_id, shared, others)


async def changed(
    event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston, answers: Answers
) -> None:
    """Of channels that Houston is not in, it needs to know nothing."""
    workspace_id = str(context.team_id)
    known = await houston.channels.find(workspace_id, event["channel"])
    if known and known.is_member:
        await learn(houston, client, answers.audiences, workspace_id, event["channel"])


async def decline(
    houston: Houston, client: AsyncWebClient, answers: Answers, asked: Question, *, threaded: bool
) -> None:
    """Say to the asker alone why there is no answer; an admin gets the buttons again, by DM."""
    closed = await houston.channels.find(asked.workspace_id, asked.channel)
    actor = await houston.access.actor(asked.workspace_id, asked.user_id)
    if closed and actor.is_admin:
        others = await _others(houston, client, answers.audiences, closed)
        await houston.approvals.ask(actor, closed, others)
    message = channel_approval.declined(is_admin=actor.is_admin)
    await tell_asker(client, asked, message, threaded=threaded)


async def is_closed(houston: Houston, workspace_id: str, channel_id: str) -> bool:
    """Whether Houston has to be quiet there."""
    found = await houston.channels.find(workspace_id, channel_id)
    return found is not None and not found.is_open


async def approve(
    ack: AsyncAck,
    action: Body,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    approved = await houston.approvals.approve(actor, action["value"])
    rules = await houston.rules.posting_to(actor.scope, approved.id)
    message = channel_approval.approved(approved.name, actor.name, len(rules))
    await respond(text=message.text, blocks=message.blocks, replace_original=True)


async def keep_quiet(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, respond: AsyncRespond, houston: Houston
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    quiet = await houston.approvals.keep_quiet(actor, action["value"])
    message = channel_approval.kept_quiet(quiet.name, quiet.id, actor.name)
    await respond(text=message.text, blocks=message.blocks, replace_original=True)


async def _others(
    houston: Houston, client: AsyncWebClient, audiences: Audiences, shared: Channel
) -> list[str]:
    """The names of those from another workspace, as far as Slack tells them."""
    try:
        hearers = await audiences.hearers(houston, client, shared.workspace_id, shared.id)
    except FAILURES as error:
        log.info("who is in %s is not known: %s", shared.id, failure(error).message)
        return []
    return sorted(member.name for member in hearers.members if member.is_stranger)
