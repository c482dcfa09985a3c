"""What an agency's admins do about clients: list, add, invite."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.listeners.forms import chosen_client, written
from bot.listeners.typed import Typed, said
from bot.views import clients, invitation
from bot.views.blocks import Message, section
from bot.whispers import notice, whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid
from houston.team.slugs import free_slug
from store.tables import Client

Body = dict[str, Any]

ONE_OF_BOTH = "Choose a client, or write a new one's name: one of both."


def register(app: AsyncApp) -> None:
    app.action("add_client")(add_client)
    app.view(clients.CALLBACK)(submit_client)
    app.action("invite_client")(invite_client)
    app.action("invite_agency")(invite_agency)
    app.action("revoke_invitation")(revoke_invitation)
    app.options("chosen_client")(offer_clients)
    app.view(invitation.CALLBACK)(submit_invitation)


async def listed(typed: Typed) -> Message:
    """`/houston clients`."""
    if not typed.has_clients:
        return said(clients.ONE_CLIENT)
    return clients.listed(await typed.houston.clients.all(typed.scope), typed.reader)


async def add_client(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_agency("add clients")
    await client.views_open(trigger_id=body["trigger_id"], view=clients.form())


async def submit_client(ack: AsyncAck, view: Body, context: AsyncBoltContext, houston: Houston) -> None:
    actor = await people.actor(houston, context)
    try:
        made = await _made(houston, actor, written(view, "client_name"))
    except Invalid as invalid:
        await ack(response_action="errors", errors={"client_name": invalid.message})
        return
    await ack(response_action="update", view=notice(clients.added(made)))


async def invite_client(
    ack: AsyncAck,
    body: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    public_url: str | None,
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_agency("invite clients")
    view = invitation.form() if public_url else notice(_not_configured())
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def submit_invitation(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, houston: Houston, public_url: str
) -> None:
    actor = await people.actor(houston, context)
    actor.demand_agency("invite clients")
    try:
        invited = await _chosen(houston, actor, view)
    except Invalid as invalid:
        await ack(response_action="errors", errors={"client_name": invalid.message})
        return
    path = await houston.invitations.invite(actor, invited)
    await ack(response_action="update", view=invitation.link(f"{public_url}{path}", invited.name))


async def invite_agency(
    ack: AsyncAck,
    body: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    public_url: str | None,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    actor.demand_agency("invite another agency workspace")
    view = notice(_not_configured())
    if public_url:
        view = invitation.link(f"{public_url}{await houston.invitations.invite(actor, None)}", None)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def revoke_invitation(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    await houston.invitations.revoke(await people.actor(houston, context), action["value"])
    if (body.get("view") or {}).get("type") == "home":
        await home.publish(houston, client, context, home.where(body))
    else:
        await whisper(context, body, said("✅ Revoked: its link works no more."))


async def offer_clients(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    """The clients of an agency, for its admins' forms."""
    actor = await people.actor(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    may = actor.is_admin and workspace.has_clients
    found = await houston.clients.all(actor.scope) if may else []
    await ack(options=clients.options(found, body.get("value") or ""))


async def _chosen(houston: Houston, actor: Actor, view: Body) -> Client:
    """The client of the form, made if it is new. Raises Invalid where it is neither or both."""
    chosen, name = await chosen_client(houston, actor, view, "chosen_client"), written(view, "client_name")
    if (chosen is None) == (not name):
        raise Invalid("client_name", ONE_OF_BOTH)
    return chosen or await _made(houston, actor, name)


async def _made(houston: Houston, actor: Actor, name: str) -> Client:
    taken = {each.slug for each in await houston.clients.all(actor.scope)}
    return await houston.clients.add(actor, free_slug(name, taken), name)


def _not_configured() -> Message:
    return Message(text=invitation.NOT_CONFIGURED, blocks=[section(invitation.NOT_CONFIGURED)])
