"""Metric feeds: the buttons on *Watching*, and the form with its preview."""

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
    app.action("add_feed")(pressing(add))
    app.action("edit_feed")(pressing(edit))
    app.action("preview_feed")(pressing(preview))
    app.action("pause_feed")(pressing(pause))
    app.action("resume_feed")(pressing(resume))
    app.action("delete_feed")(pressing(delete))
    app.view(feed_form.CALLBACK)(submit)


async def add(by: Pressed) -> None:
    await _open(by, Origin.of(by.body), None)


async def edit(by: Pressed) -> None:
    seen = await by.houston.feeds.get(by.actor.scope, by.id)
    await _open(by, Origin.of(by.body, by.id), seen.feed)


async def preview(by: Pressed) -> None:
    work = by.houston.feeds.preview(by.actor, feed_form.draft(by.body["view"]["state"]["values"]))
    shown = partial(feeds.previewed, zone=by.reader.zone)
    await by.answer_below("preview", await answered(work, shown))


async def pause(by: Pressed) -> None:
    await by.show(feeds.kept(await by.houston.feeds.pause(by.actor, by.id), "Paused", by.reader.zone))


async def resume(by: Pressed) -> None:
    await by.show(feeds.kept(await by.houston.feeds.resume(by.actor, by.id), "Resumed", by.reader.zone))


async def delete(by: Pressed) -> None:
    gone = await by.houston.feeds.delete(by.actor, by.id)
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
