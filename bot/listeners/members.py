"""People: kept as Slack describes them, and the modal in which admins say what they may do and see."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners.typed import Typed
from bot.refusals import code
from bot.views import people as views
from bot.views.blocks import Message, View
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.team.members import Profile

log = logging.getLogger(__name__)

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.event("user_change")(changed)
    app.event("team_join")(arrived)
    app.action("home_people")(open_list)
    app.action("make_admin")(make_admin)
    app.action("make_member")(make_member)
    app.action("choose_clients")(choose_clients)
    app.action("people_previous")(turn_page)
    app.action("people_next")(turn_page)
    app.options("member_clients")(offer_clients)
    app.view(views.CLIENTS)(keep_clients)


async def changed(event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston) -> None:
    told = people.profile(event["user"])

    async def ask() -> Profile:
        try:
            return people.profile((await client.users_info(user=told.user_id))["user"])
        except SlackApiError as error:
            log.info("Slack does not show %s any more: %s", told.user_id, code(error))
            return told

    await houston.members.changed(str(context.team_id), told, ask)


async def arrived(event: Body, context: AsyncBoltContext, houston: Houston) -> None:
    if not event["user"].get("is_bot"):
        await houston.members.seen(str(context.team_id), people.profile(event["user"]))


async def list_people(typed: Typed) -> Message | None:
    """`/houston people`: for admins the modal, for others who the admins are."""
    if not typed.actor.is_admin:
        return views.admins(typed.actor.admins)
    await _open(typed.houston, typed.client, typed.actor, typed.trigger_id)
    return None


async def open_list(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """The button on the App Home's Connection tab."""
    await ack()
    actor = await people.actor(houston, context)
    if actor.is_admin:
        await _open(houston, client, actor, body["trigger_id"])
    else:
        await whisper(context, body, views.admins(actor.admins))


async def turn_page(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await _update(houston, client, actor, body["view"]["id"], page=int(action["value"]))


async def make_admin(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await houston.roles.set_admin(actor, action["value"], True)
    await _update(houston, client, actor, body["view"]["id"], page=views.page_of(body["view"]))


async def make_member(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await houston.roles.set_admin(actor, action["value"], False)
    if action["value"] == actor.user_id:
        await client.views_update(view_id=body["view"]["id"], view=views.no_longer(actor.name))
        return
    await _update(houston, client, actor, body["view"]["id"], page=views.page_of(body["view"]))


async def choose_clients(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    person = await houston.roles.person(actor, action["value"])
    form = views.clients_form(person, page=views.page_of(body["view"]))
    await client.views_push(trigger_id=body["trigger_id"], view=form)


async def offer_clients(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    clients = await houston.clients.all(await people.scope(houston, context))
    await ack(options=views.client_options(clients, body.get("value") or ""))


async def keep_clients(
    ack: AsyncAck, body: Body, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor = await people.actor(houston, context)
    user_id, chosen = views.chosen(view)
    await houston.roles.set_clients(actor, user_id, chosen)
    await ack()
    if view.get("previous_view_id"):
        await _update(houston, client, actor, view["previous_view_id"], page=views.page_of(view))


async def _open(houston: Houston, client: AsyncWebClient, actor: Actor, trigger_id: str) -> None:
    await client.views_open(trigger_id=trigger_id, view=await _listed(houston, actor))


async def _update(houston: Houston, client: AsyncWebClient, actor: Actor, view_id: str, *, page: int) -> None:
    await client.views_update(view_id=view_id, view=await _listed(houston, actor, page=page))


async def _listed(houston: Houston, actor: Actor, *, page: int = 0) -> View:
    found = await houston.roles.people(actor)
    has_clients = (await houston.workspaces.get(str(actor.scope.workspace_id))).has_clients
    return views.listed(found, has_clients=has_clients, page=page)
