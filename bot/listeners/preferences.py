"""`/houston prefs` and the *My preferences* tab: what a member gets by DM.

The channel in which somebody opens it does not narrow what is their own.
"""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners.confirming import confirm
from bot.listeners.typed import Typed
from bot.views import preference_form, preferences
from bot.views.origin import Origin
from bot.views.place import Place
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid, InvalidFields

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("edit_preferences")(edit)
    app.options("clients")(offer_clients)
    app.view(preference_form.CALLBACK)(submit)


async def choose(typed: Typed) -> None:
    """`/houston prefs`."""
    actor = await typed.houston.access.actor(typed.workspace.id, typed.user_id)
    url = typed.context.response_url or ""
    await _open(typed.houston, typed.client, actor, typed.trigger_id, home=False, response_url=url)


async def edit(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    on_home = (body.get("view") or {}).get("type") == "home"
    url = body.get("response_url") or ""
    actor = await _actor(houston, context)
    await _open(houston, client, actor, body["trigger_id"], home=on_home, response_url=url)


async def offer_clients(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    """None in a client's own workspace, where the field does not exist."""
    actor = await _actor(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    clients = await houston.clients.all(actor.scope) if workspace.has_clients else []
    await ack(options=preference_form.client_options(clients, body.get("value") or ""))


async def submit(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor = await _actor(houston, context)
    zone = (await houston.preferences.get(actor)).timezone
    try:
        seen = await houston.preferences.save(actor, preference_form.draft(view["state"]["values"], zone))
    except (Invalid, InvalidFields) as wrong:
        await ack(response_action="errors", errors=preference_form.errors_by_block(wrong, view))
        return
    await ack()
    origin = Origin.from_text(view["private_metadata"] or "{}")
    await confirm(houston, client, context, origin, preferences.saved(seen), Place.on("preferences"))


async def _open(
    houston: Houston,
    client: AsyncWebClient,
    actor: Actor,
    trigger_id: str,
    *,
    home: bool,
    response_url: str,
) -> None:
    seen = await houston.preferences.get(actor)
    workspace = await houston.workspaces.get(str(actor.scope.workspace_id))
    form = preference_form.form(seen, has_clients=workspace.has_clients, home=home, response_url=response_url)
    await client.views_open(trigger_id=trigger_id, view=form)


async def _actor(houston: Houston, context: AsyncBoltContext) -> Actor:
    workspace_id, user_id = str(context.team_id), str(context.user_id)
    await people.actor(houston, context)
    return await houston.access.actor(workspace_id, user_id)
