"""*Delete client*, for an agency's admins: typed confirmation first, then all of it at once."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect.revocation import revoke_all
from bot.listeners.agency import offer_clients
from bot.listeners.forms import answer, chosen_client, written
from bot.views import deletion as views
from bot.views.blocks import View
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import HoustonError
from store.tables import Client

Body = dict[str, Any]

WHAT = "delete a client"


def register(app: AsyncApp) -> None:
    app.action("delete_client")(open_form)
    app.action("deleted_client")(choose)
    app.options("deleted_client")(offer_clients)
    app.view(views.CALLBACK)(submit)


async def open_form(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_agency(WHAT)
    await client.views_open(trigger_id=body["trigger_id"], view=views.form())


async def choose(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """Say what goes with the client that was picked, and ask for its slug."""
    await ack()
    actor, view = await people.actor(houston, context), body["view"]
    actor.demand_agency(WHAT)
    chosen = await chosen_client(houston, actor, view, "deleted_client")
    going = await houston.erasure.preview(actor, chosen.slug) if chosen else None
    await client.views_update(view_id=view["id"], hash=view["hash"], view=views.form(chosen, going))


async def submit(
    ack: AsyncAck,
    view: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    changed: Callable[[], None],
) -> None:
    actor = await people.actor(houston, context)
    actor.demand_agency(WHAT)
    chosen, typed = await chosen_client(houston, actor, view, "deleted_client"), written(view, "confirmation")
    if chosen is None or str(chosen.id) != view["private_metadata"]:
        await ack(response_action="errors", errors={"deleted_client": "Choose a client."})
    elif typed != chosen.slug:
        again = f"Type {chosen.slug}, letter by letter, or cancel."
        await ack(response_action="errors", errors={"confirmation": again})
    else:
        work = _deleted(houston, client, actor, chosen)
        await answer(ack, client, view, work, meanwhile=views.under_way(chosen))
        changed()


async def _deleted(houston: Houston, client: AsyncWebClient, actor: Actor, chosen: Client) -> View:
    try:
        erased = await houston.erasure.delete_client(actor, chosen.slug, chosen.slug)
    except HoustonError as error:
        return views.failed(error.message)
    await revoke_all(client, erased)
    return views.done(chosen)
