"""Data sources: `/houston sources`, the buttons on *Watching*, and the form."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.confirming import confirm
from bot.listeners.forms import settled
from bot.listeners.typed import Typed
from bot.listeners.watching import sections
from bot.listeners.watching.pressed import Pressed, pressed, pressing
from bot.views.blocks import Message
from bot.views.origin import Origin
from bot.views.place import Place
from bot.views.text import count
from bot.views.watching import source_form, sources
from bot.views.watching.listing import deleted, listing
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.reports.sources import CHANGE, SourceDraft
from store.tables import DataSource

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("add_source")(pressing(add))
    app.action("edit_source")(pressing(edit))
    app.action("test_source")(pressing(test))
    app.action("delete_source")(pressing(delete))
    app.view(source_form.CALLBACK)(submit)


async def listed(typed: Typed) -> Message:
    typed.actor.demand_admin("see data sources")
    names = await sections.client_names(typed.houston, typed.scope, typed.reader)
    found = await typed.houston.data_sources.all(typed.scope)
    blocks = listing(sources.listed(found, names), typed.reader)
    return Message(text=count(len(found), "data source"), blocks=blocks)


async def add(by: Pressed) -> None:
    by.actor.demand_admin(CHANGE)
    await by.open(source_form.form(Origin.of(by.body), await by.clients()))


async def edit(by: Pressed) -> None:
    by.actor.demand_admin(CHANGE)
    source = await by.houston.data_sources.get(by.actor.scope, by.id)
    await by.open(source_form.form(Origin.of(by.body, by.id), await by.clients(), source))


async def test(by: Pressed) -> None:
    trial = await by.houston.data_sources.test(by.actor, by.id)
    source = await by.houston.data_sources.get(by.actor.scope, by.id)
    await whisper(by.context, by.body, sources.tried(source, trial.tables))


async def delete(by: Pressed) -> None:
    gone = await by.houston.data_sources.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "data source"))


async def submit(
    ack: AsyncAck,
    body: Body,
    view: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    """The database is asked first, which may take longer than Slack waits for the answer to a form."""
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    draft = source_form.draft(view["state"]["values"], by.own_client)
    outcome = partial(sources.kept, what=origin.done)
    work = _kept(houston, by.actor, origin, draft)
    kept = await settled(ack, client, view, work, meanwhile=source_form.TRYING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("sources"))


async def _kept(houston: Houston, actor: Actor, origin: Origin, draft: SourceDraft) -> DataSource:
    if origin.id is None:
        return await houston.data_sources.add(actor, draft)
    return await houston.data_sources.edit(actor, origin.id, draft)
