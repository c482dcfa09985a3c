"""The modal that adds and edits a rule."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect.memberships import offered
from bot.listeners.confirming import confirm
from bot.views import place_options, rule_fields, rule_form, rules
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.rule_form import Parts
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid, InvalidFields
from houston.notify.rules.rules import CHANGE, RuleSeen

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("add_rule")(add_rule)
    app.action("edit_rule")(edit_rule)
    app.action("event_type")(change_type)
    app.options("channel")(offer_channels)
    app.options("escalate_to")(offer_escalations)
    app.options("client")(offer_clients)
    app.view(rule_form.CALLBACK)(submit)


async def add_rule(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await open_form(
        houston, client, await people.actor(houston, context), body["trigger_id"], Origin.of(body)
    )


async def edit_rule(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    origin = Origin.of(body, int(action["value"]))
    await open_form(houston, client, await people.actor(houston, context), body["trigger_id"], origin)


async def change_type(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """Not every type has every field, so they go and come with it."""
    await ack()
    view = body["view"]
    chosen = rule_form.chosen_type(view["state"]["values"])
    actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
    actor.demand_admin(CHANGE)
    form = rule_form.form(origin, await _parts(houston, actor, origin), event_type=chosen)
    if rule_form.fields(form) != rule_form.fields(view):
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form)


async def offer_channels(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """Channels, and for admins where else a rule can send."""
    actor, query = await people.actor(houston, context), body.get("value") or ""
    channels = await offered(houston, client, actor.scope, actor.user_id, query)
    others = [place_options.of_destination(each) for each in await houston.rules.elsewhere(actor)]
    await ack(options=place_options.offered(channels, others, query))


async def offer_escalations(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """The same, and everybody who works here."""
    actor, query = await people.actor(houston, context), body.get("value") or ""
    channels = await offered(houston, client, actor.scope, actor.user_id, query)
    found = await houston.rules.elsewhere(actor)
    others = [place_options.of_destination(each) for each in found if each.kind != "dm"]
    everybody = [place_options.of_member(each) for each in await houston.rules.people(actor)]
    await ack(options=place_options.offered(channels, [*everybody, *others], query))


async def offer_clients(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    """None in a client's own workspace, where the field does not exist."""
    scope = await people.scope(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    clients = await houston.clients.all(scope) if workspace.has_clients else None
    await ack(options=rule_fields.offered_clients(clients, body.get("value") or ""))


async def submit(
    ack: AsyncAck, body: Body, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor, origin = await people.actor(houston, context), Origin.from_text(view["private_metadata"])
    workspace = await houston.workspaces.get(str(context.team_id))
    try:
        draft = rule_form.draft(view["state"]["values"], workspace.timezone)
        if origin.id is None:
            rule = await houston.rules.add(actor, draft)
        else:
            rule = await houston.rules.edit(actor, origin.id, draft)
    except (Invalid, InvalidFields) as wrong:
        await ack(response_action="errors", errors=rule_form.errors_by_block(wrong, view))
        return
    await ack()
    await _confirm(houston, client, context, origin, rule)


async def open_form(
    houston: Houston, client: AsyncWebClient, actor: Actor, trigger_id: str, origin: Origin
) -> None:
    actor.demand_admin(CHANGE)
    form = rule_form.form(origin, await _parts(houston, actor, origin))
    await client.views_open(trigger_id=trigger_id, view=form)


async def _parts(houston: Houston, actor: Actor, origin: Origin) -> Parts:
    """The rule that is edited, and the clients to choose from in an agency's workspace."""
    scope = actor.scope
    assert scope.workspace_id is not None
    workspace = await houston.workspaces.get(scope.workspace_id)
    return Parts(
        clients=await houston.clients.all(scope) if workspace.has_clients else None,
        timezone=workspace.timezone,
        rule=await houston.rules.get(scope, origin.id) if origin.id is not None else None,
        default=(await houston.default_channel(scope)).destination,
    )


async def _confirm(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, origin: Origin, rule: RuleSeen
) -> None:
    workspace = await houston.workspaces.get(str(context.team_id))
    message = rules.confirmed(rule, origin.done, workspace)
    await confirm(houston, client, context, origin, message, Place.on("notifications"))
