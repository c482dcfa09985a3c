"""The form of an alert: conditions are read when Enter is pressed, and what it would have done is shown."""

import asyncio
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
from bot.listeners.watching.progress import shown_below
from bot.posting import pictures
from bot.views.blocks import Block, Message
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.watching import alert_form as views
from bot.views.watching import alerts
from houston.access import Actor
from houston.assembly import Houston
from houston.watch.alerts.alerts import CHANGE, AlertDraft, AlertSeen
from houston.watch.alerts.placing import complaining
from store.tables import Destination

Body = dict[str, Any]

CHECKING = Message(text="⏳ Checking the conditions…")


def register(app: AsyncApp) -> None:
    app.action("add_alert")(pressing(add))
    app.action("edit_alert")(pressing(edit))
    app.action("add_condition")(add_condition)
    app.action("preview_alert")(pressing(preview))
    for number in range(1, views.MOST_CONDITIONS + 1):
        app.action(f"condition_{number}")(pressing(read))
    app.view(views.CALLBACK)(submit)


async def add(by: Pressed) -> None:
    """Below a report it is for that one."""
    await _open(by, Origin.of(by.body), None, by.id or None)


async def edit(by: Pressed) -> None:
    await _open(by, Origin.of(by.body, by.id), await by.houston.alerts.get(by.actor.scope, by.id), None)


async def add_condition(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
    await ack()
    view = body["view"]
    await client.views_update(view_id=view["id"], view=views.with_one_more(view))


async def read(by: Pressed) -> None:
    """Enter was pressed in a condition."""
    asked = by.body["actions"][0]["block_id"]
    draft = views.draft_of_one(by.body["view"]["state"]["values"], asked)
    await by.answer_below(asked, await answered(by.houston.alerts.explain(by.actor, draft), alerts.explained))


async def preview(by: Pressed) -> None:
    await by.answer_below("preview", alerts.looking(0, 0))
    draft = views.draft(by.body["view"]["state"]["values"])
    await by.answer_below("preview", await answered(_previewed(by, draft), list))


async def submit(
    ack: AsyncAck, view: Body, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    outcome = partial(alerts.kept, what=origin.done)
    work = _kept(houston, by.actor, origin, views.draft(view["state"]["values"]))
    kept = await settled(ack, client, view, work, meanwhile=CHECKING, outcome=outcome, names=views.NAMES)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("alerts"))


async def _previewed(by: Pressed, draft: AlertDraft) -> list[Block]:
    async with shown_below(by, "preview", alerts.looking) as progress:
        preview = await by.houston.alerts.preview(by.actor, draft, progress)
    file = await pictures.upload(by.client, preview.chart) if preview.chart else None
    return alerts.previewed(preview, by.reader.zone, file or "")


async def _open(by: Pressed, origin: Origin, seen: AlertSeen | None, report_id: int | None) -> None:
    by.actor.demand_admin(CHANGE)
    places, reports = await asyncio.gather(_places(by, seen), by.houston.reports.all(by.actor.scope))
    parts = views.Parts(
        reports=reports,
        timezone=by.timezone,
        alert=seen.alert if seen else None,
        report_id=report_id,
        places=places,
    )
    await by.open(views.form(origin, parts))


async def _places(by: Pressed, seen: AlertSeen | None) -> tuple[Destination, ...]:
    if seen:
        return seen.destinations
    default = (await by.houston.default_channel(by.actor.scope)).destination
    return (default,) if default else ()


async def _kept(houston: Houston, actor: Actor, origin: Origin, draft: AlertDraft) -> AlertSeen:
    async with complaining(houston.alerts, actor, draft):
        if origin.id is None:
            return await houston.alerts.add(actor, draft)
        return await houston.alerts.edit(actor, origin.id, draft)
