"""Outlier definitions: the buttons on *Watching*, and the form with its preview."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.confirming import confirm
from bot.listeners.forms import settled
from bot.listeners.watching.pressed import Pressed, pressed, pressing
from bot.listeners.watching.previewing import answered
from bot.posting import pictures
from bot.views.blocks import Block, Message
from bot.views.blocks import context as small
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.watching import definition_form as form
from bot.views.watching import definitions
from bot.views.watching.listing import deleted
from houston.assembly import Houston
from houston.watch.definitions import CHANGE, DefinitionSeen
from store.tables import OutlierDefinition

Body = dict[str, Any]

LOOKING = [small("⏳ Looking at the last 90 days…")]
KEEPING = Message(text="⏳ Keeping the definition…")


def register(app: AsyncApp) -> None:
    app.action("add_outlier")(pressing(add))
    app.action("edit_outlier")(pressing(edit))
    app.action("preview_outlier")(pressing(preview))
    app.action("metrics")(pressing(preview))
    app.action("pause_outlier")(pressing(pause))
    app.action("resume_outlier")(pressing(resume))
    app.action("delete_outlier")(pressing(delete))
    app.view(form.CALLBACK)(submit)


async def add(by: Pressed) -> None:
    await _open(by, Origin.of(by.body), None)


async def edit(by: Pressed) -> None:
    seen = await by.houston.definitions.get(by.actor.scope, by.id)
    await _open(by, Origin.of(by.body, by.id), seen.definition)


async def preview(by: Pressed) -> None:
    """The button was pressed, or Enter in the pattern."""
    await by.answer_below("preview", LOOKING)
    await by.answer_below("preview", await answered(_previewed(by), list))


async def pause(by: Pressed) -> None:
    paused = await by.houston.definitions.pause(by.actor, by.id)
    await by.show(definitions.kept(await _seen(by, paused), "Paused"))


async def resume(by: Pressed) -> None:
    resumed = await by.houston.definitions.resume(by.actor, by.id)
    await by.show(definitions.kept(await _seen(by, resumed), "Resumed"))


async def delete(by: Pressed) -> None:
    gone = await by.houston.definitions.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "outlier definition"))


async def submit(
    ack: AsyncAck, view: Body, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    outcome = partial(definitions.kept, what=origin.done)
    kept = await settled(ack, client, view, _kept(by, origin, view), meanwhile=KEEPING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("outliers"))


async def _open(by: Pressed, origin: Origin, definition: OutlierDefinition | None) -> None:
    by.actor.demand_admin(CHANGE)
    await by.open(form.form(origin, await by.clients(), definition))


async def _previewed(by: Pressed) -> list[Block]:
    draft = form.draft(by.body["view"]["state"]["values"], by.own_client)
    preview = await by.houston.previews.preview(by.actor, draft)
    file = await pictures.upload(by.client, preview.chart) if preview.chart else None
    return definitions.previewed(preview, by.reader.zone, file or "")


async def _kept(by: Pressed, origin: Origin, view: Body) -> DefinitionSeen:
    draft = form.draft(view["state"]["values"], by.own_client)
    if origin.id is None:
        return await _seen(by, await by.houston.definitions.add(by.actor, draft))
    return await _seen(by, await by.houston.definitions.edit(by.actor, origin.id, draft))


async def _seen(by: Pressed, definition: OutlierDefinition) -> DefinitionSeen:
    return await by.houston.definitions.get(by.actor.scope, definition.id or 0)
