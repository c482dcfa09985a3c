"""The form of webhooks and other services, and of a destination's name."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import people
from bot.listeners import home
from bot.listeners.forms import written
from bot.views import destination_form as views
from bot.views.blocks import Message
from bot.views.destination_form import Origin
from bot.views.destinations import kept as kept_message
from bot.views.place import Place
from bot.views.text import escape
from bot.whispers import notice
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Conflict, HoustonError, Invalid
from houston.notify.places.destinations import CHANGE
from houston.notify.places.targets import Draft
from houston.notify.places.urls import SERVICE, WEBHOOK
from store.tables import Destination

Body = dict[str, Any]

PATIENCE = 1.5
"""Seconds. Slack waits three for the answer to a form, and people would like to know sooner."""

ADDED = {"add_webhook": WEBHOOK, "add_service": SERVICE}


def register(app: AsyncApp) -> None:
    for action_id in ADDED:
        app.action(action_id)(add)
    app.action("edit_destination")(edit)
    app.view(views.CALLBACK)(submit)


async def add(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_admin(CHANGE)
    origin = _origin(body, ADDED[action["action_id"]])
    await client.views_open(trigger_id=body["trigger_id"], view=views.form(origin))


async def edit(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    found = await houston.destinations.get(actor, int(action["value"]))
    view = views.form(_origin(body, found.kind, found.id), found)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def submit(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """A test is sent first, which may take longer than Slack waits for the answer to a form."""
    actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
    work = asyncio.create_task(_kept(houston, actor, origin, view))
    await asyncio.wait({work}, timeout=PATIENCE)
    if not work.done():
        await ack(response_action="update", view=notice(views.TRYING))
        await client.views_update(view_id=view["id"], view=notice(await _outcome(work, origin)))
        return
    if isinstance(error := work.exception(), Invalid | Conflict):
        await ack(response_action="errors", errors=views.errors(error, view))
        return
    kept = await work
    await ack()
    await _confirm(houston, client, context, origin, kept)


async def _kept(houston: Houston, actor: Actor, origin: Origin, view: Body) -> Destination:
    """What was filled in, tried and kept."""
    alias, url = written(view, "alias"), written(view, "url")
    if origin.id is None:
        return await houston.new_destinations.add(actor, Draft(kind=origin.kind, alias=alias, target=url))
    renamed = await houston.destinations.rename(actor, origin.id, alias)
    return await houston.new_destinations.change_url(actor, origin.id, url) if url else renamed


async def _outcome(work: asyncio.Task[Destination], origin: Origin) -> Message:
    try:
        return kept_message(await work, _what(origin))
    except HoustonError as error:
        return Message(text=f"⚠️ {escape(error.message)}")


async def _confirm(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, origin: Origin, kept: Destination
) -> None:
    message = kept_message(kept, _what(origin))
    if origin.home:
        await home.publish(houston, client, context, Place.on("connection"))
    elif origin.response_url:
        webhook = AsyncWebhookClient(origin.response_url, session=client.session, logger=client.logger)
        await webhook.send(text=message.text, blocks=message.blocks, response_type="ephemeral")


def _origin(body: Body, kind: str, id: int | None = None) -> Origin:
    on_home = (body.get("view") or {}).get("type") == "home"
    return Origin(kind=kind, id=id, home=on_home, response_url=body.get("response_url") or "")


def _what(origin: Origin) -> str:
    return "Added" if origin.id is None else "Saved"
