"""Metric feeds: the buttons on *Watching*, and the form with its preview."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.confirming import confirm
from bot.listeners.forms import settled
from bot.listeners.watching.pressed import Pressed, pressed
from bot.listeners.watching.previewing import answered
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.watching import feed_form, feeds
from bot.views.watching.listing import deleted
from houston.access import Actor
from houston.assembly import Houston
from houston.reports.feeds import CHANGE, FeedDraft, FeedSeen
from store.tables import MetricFeed

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("add_feed")(add)
    app.action("edit_feed")(edit)
    app.action("preview_feed")(preview)
    app.action("pause_feed")(pause)
    app.action("resume_feed")(resume)
    app.action("delete_feed")(delete)
    app.view(feed_form.CALLBACK)(submit)


async def add(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await _open(by, Origin.of(body), None)


async def edit(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    seen = await houston.feeds.get(by.actor.scope, by.id)
    await _open(by, Origin.of(body, by.id), seen.feed)


async def preview(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    work = houston.feeds.preview(by.actor, feed_form.draft(body["view"]["state"]["values"]))
    shown = partial(feeds.previewed, zone=by.reader.zone)
    await by.answer_below("preview", await answered(work, shown))


async def pause(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await by.show(feeds.kept(await houston.feeds.pause(by.actor, by.id), "Paused", by.reader.zone))


async def resume(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await by.show(feeds.kept(await houston.feeds.resume(by.actor, by.id), "Resumed", by.reader.zone))


async def delete(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    gone = await houston.feeds.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "metric feed"))


async def submit(
    ack: AsyncAck, view: Body, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """The query is run first, which may take longer than Slack waits for the answer to a form."""
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    outcome = partial(feeds.kept, what=origin.done, zone=by.reader.zone)
    work = _kept(houston, by.actor, origin, feed_form.draft(view["state"]["values"]))
    kept = await settled(ack, client, view, work, meanwhile=feed_form.RUNNING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("feeds"))


async def _open(by: Pressed, origin: Origin, feed: MetricFeed | None) -> None:
    by.actor.demand_admin(CHANGE)
    sources = await by.houston.data_sources.all(by.actor.scope)
    await by.open(feed_form.form(origin, sources, await by.clients(), by.timezone, feed))


async def _kept(houston: Houston, actor: Actor, origin: Origin, draft: FeedDraft) -> FeedSeen:
    if origin.id is None:
        return await houston.feeds.add(actor, draft)
    return await houston.feeds.edit(actor, origin.id, draft)
