"""The form of webhooks and other services, and of a destination's name."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners.confirming import confirm
from bot.listeners.forms import settled, written
from bot.views import destination_form as views
from bot.views.destinations import kept as kept_message
from bot.views.origin import Origin
from bot.views.place import Place
from houston.access import Actor
from houston.assembly import Houston
from houston.notify.places.destinations import CHANGE
from houston.notify.places.targets import Draft
from houston.notify.places.urls import SERVICE, WEBHOOK
from store.tables import Destination

Body = dict[str, Any]

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
    origin = Origin.of(body, kind=ADDED[action["action_id"]])
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
    view = views.form(Origin.of(body, found.id, kind=found.kind), found)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def submit(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """A test is sent first, which may take longer than Slack waits for the answer to a form."""
    actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
    outcome = partial(kept_message, what=origin.done)
    work = _kept(houston, actor, origin, view)
    kept = await settled(ack, client, view, work, meanwhile=views.TRYING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.on("connection"))


async def _kept(houston: Houston, actor: Actor, origin: Origin, view: Body) -> Destination:
    """What was filled in, tried and kept."""
    alias, url = written(view, "alias"), written(view, "url")
    if origin.id is None:
        return await houston.new_destinations.add(actor, Draft(kind=origin.kind, alias=alias, target=url))
    renamed = await houston.destinations.rename(actor, origin.id, alias)
    return await houston.new_destinations.change_url(actor, origin.id, url) if url else renamed
