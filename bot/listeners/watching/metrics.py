"""What is declared of a metric: the button on *Watching*, and the form."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.confirming import confirm
from bot.listeners.forms import settled
from bot.listeners.watching.pressed import Pressed, pressed, pressing
from bot.views.blocks import Message
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.watching import metrics as views
from houston.assembly import Houston
from houston.watch.metric_settings import CHANGE, MetricDraft, MetricSeen

Body = dict[str, Any]

KEEPING = Message(text="⏳ Keeping it…")


def register(app: AsyncApp) -> None:
    app.action("edit_metric")(pressing(edit))
    app.view(views.CALLBACK)(submit)


async def edit(by: Pressed) -> None:
    by.actor.demand_admin(CHANGE)
    seen = await by.houston.metric_settings.find(by.actor.scope, by.id)
    await by.open(views.form(Origin.of(by.body, by.id), seen))


async def submit(
    ack: AsyncAck, view: Body, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    work = _kept(by, origin, views.draft(view["state"]["values"]))
    outcome = partial(views.kept, reader=by.reader)
    kept = await settled(ack, client, view, work, meanwhile=KEEPING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("metrics"))


async def _kept(by: Pressed, origin: Origin, draft: MetricDraft) -> MetricSeen:
    service, scope = by.houston.metric_settings, by.actor.scope
    seen = await service.find(scope, origin.id or 0)
    await service.declare(by.actor, seen.client.id or 0, seen.name, draft)
    return await service.find(scope, seen.id)
