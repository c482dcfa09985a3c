"""`/houston destinations`: the list with its buttons. Adding and editing has a form."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.listeners.typed import Typed
from bot.views import destinations as views
from bot.views.blocks import Message
from houston.access import Actor
from houston.assembly import Houston
from store.tables import Destination

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("resume_destination")(resume)
    app.action("delete_destination")(delete)
    app.action("destinations_previous")(turn_page)
    app.action("destinations_next")(turn_page)


async def listed(typed: Typed) -> Message:
    return views.listed(await typed.houston.destinations.seen(typed.actor))


async def turn_page(ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    found = await houston.destinations.seen(await people.actor(houston, context))
    await _replace(context, views.listed(found, int(action["value"])))


async def resume(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    found = await houston.resuming.resume(actor, int(action["value"]))
    await _show(houston, client, context, body, actor, found)


async def delete(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    found = await houston.destinations.delete(actor, int(action["value"]))
    await _show(houston, client, context, body, actor, found)


async def _show(
    houston: Houston,
    client: AsyncWebClient,
    context: AsyncBoltContext,
    body: Body,
    actor: Actor,
    changed: Destination,
) -> None:
    """How things are now, in the place of what was there."""
    if (body.get("view") or {}).get("type") == "home":
        await home.publish(houston, client, context, home.where(body))
        return
    found = await houston.destinations.seen(actor)
    await _replace(context, views.listed(found, views.page_of(found, changed.id or 0)))


async def _replace(context: AsyncBoltContext, message: Message) -> None:
    assert context.respond is not None
    await context.respond(text=message.text, blocks=message.blocks, replace_original=True)
