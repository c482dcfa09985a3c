"""The modal that adds and edits a rule."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import people
from bot.connect.memberships import private_channels
from bot.listeners import home
from bot.views import rule_form, rules
from bot.views.place import Place
from bot.views.rule_form import Origin
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import InvalidFields
from houston.notify.rules import CHANGE, RuleSeen
from houston.notify.vocabulary import NOTE_TYPES
from store.scope import Scope
from store.tables import Client

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("add_rule")(add_rule)
    app.action("edit_rule")(edit_rule)
    app.action("event_type")(change_type)
    app.options("channel")(offer_channels)
    app.options("client")(offer_clients)
    app.view(rule_form.CALLBACK)(submit)


async def add_rule(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await open_form(houston, client, await people.actor(houston, context), body["trigger_id"], _origin(body))


async def edit_rule(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    origin = _origin(body, rule_id=int(action["value"]))
    await open_form(houston, client, await people.actor(houston, context), body["trigger_id"], origin)


async def change_type(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """Notes have no severity, so the field goes and comes with the type."""
    await ack()
    view = body["view"]
    chosen = rule_form.draft(view["state"]["values"]).event_type
    is_shown = any(block.get("block_id") == "severity" for block in view["blocks"])
    if is_shown == (chosen in NOTE_TYPES):
        actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
        actor.demand_admin(CHANGE)
        rule, clients = await _parts(houston, actor.scope, origin)
        form = rule_form.form(origin, clients=clients, rule=rule, event_type=chosen)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form)


async def offer_channels(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    scope = await people.scope(houston, context)
    private = await private_channels(client, str(context.user_id))
    channels = await houston.channels.offered(scope, body.get("value") or "", private)
    await ack(options=rule_form.channel_options(channels))


async def offer_clients(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    """None in a client's own workspace, where the field does not exist."""
    scope = await people.scope(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    clients = await houston.clients.all(scope) if workspace.has_clients else None
    await ack(options=rule_form.offered_clients(clients, body.get("value") or ""))


async def submit(
    ack: AsyncAck, body: Body, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
    draft = rule_form.draft(view["state"]["values"])
    try:
        if origin.rule_id is None:
            rule = await houston.rules.add(actor, draft)
        else:
            rule = await houston.rules.edit(actor, origin.rule_id, draft)
    except InvalidFields as invalid:
        await ack(response_action="errors", errors=rule_form.errors_by_block(invalid.errors, view))
        return
    await ack()
    await _confirm(houston, client, context, origin, rule)


async def open_form(
    houston: Houston, client: AsyncWebClient, actor: Actor, trigger_id: str, origin: Origin
) -> None:
    actor.demand_admin(CHANGE)
    rule, clients = await _parts(houston, actor.scope, origin)
    await client.views_open(trigger_id=trigger_id, view=rule_form.form(origin, clients=clients, rule=rule))


async def _parts(
    houston: Houston, scope: Scope, origin: Origin
) -> tuple[RuleSeen | None, list[Client] | None]:
    """The rule that is edited, and the clients to choose from in an agency's workspace."""
    assert scope.workspace_id is not None
    rule = await houston.rules.get(scope, origin.rule_id) if origin.rule_id is not None else None
    workspace = await houston.workspaces.get(scope.workspace_id)
    return rule, await houston.clients.all(scope) if workspace.has_clients else None


async def _confirm(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, origin: Origin, rule: RuleSeen
) -> None:
    workspace = await houston.workspaces.get(str(context.team_id))
    what = "Added" if origin.rule_id is None else "Saved"
    message = rules.confirmed(rule, what, has_clients=workspace.has_clients)
    if origin.home:
        await home.publish(houston, client, context, Place.on("notifications"))
    elif origin.response_url:
        webhook = AsyncWebhookClient(origin.response_url, session=client.session, logger=client.logger)
        await webhook.send(text=message.text, blocks=message.blocks, response_type="ephemeral")


def _origin(body: Body, rule_id: int | None = None) -> Origin:
    on_home = (body.get("view") or {}).get("type") == "home"
    return Origin(rule_id=rule_id, home=on_home, response_url=body.get("response_url") or "")
