"""Reports: the buttons on *Watching*, and the form with its preview."""

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
from bot.views.watching import report_form, reports
from bot.views.watching.listing import deleted
from houston.access import Actor
from houston.assembly import Houston
from houston.reports.reports import CHANGE, ReportDraft, ReportSeen
from store.tables import Report

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("add_report")(pressing(add))
    app.action("edit_report")(pressing(edit))
    app.action("preview_report")(pressing(preview))
    app.action("delete_report")(pressing(delete))
    app.view(report_form.CALLBACK)(submit)


async def add(by: Pressed) -> None:
    await _open(by, Origin.of(by.body), None)


async def edit(by: Pressed) -> None:
    seen = await by.houston.reports.get(by.actor.scope, by.id)
    await _open(by, Origin.of(by.body, by.id), seen.report)


async def preview(by: Pressed) -> None:
    draft = report_form.draft(by.body["view"]["state"]["values"])
    work = by.houston.reports.preview(by.actor, draft.source_id, draft.sql)
    await by.answer_below("preview", await answered(work, reports.previewed))


async def delete(by: Pressed) -> None:
    gone = await by.houston.reports.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "report"))


async def submit(
    ack: AsyncAck, view: Body, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """The query is run first, which may take longer than Slack waits for the answer to a form."""
    by, origin = await pressed(body, context, client, houston), Origin.from_text(view["private_metadata"])
    outcome = partial(reports.kept, what=origin.done)
    work = _kept(houston, by.actor, origin, report_form.draft(view["state"]["values"]))
    kept = await settled(ack, client, view, work, meanwhile=report_form.RUNNING, outcome=outcome)
    if kept:
        await confirm(houston, client, context, origin, outcome(kept), Place.watching("reports"))


async def _open(by: Pressed, origin: Origin, report: Report | None) -> None:
    by.actor.demand_admin(CHANGE)
    sources = await by.houston.data_sources.all(by.actor.scope)
    await by.open(report_form.form(origin, sources, await by.clients(), report))


async def _kept(houston: Houston, actor: Actor, origin: Origin, draft: ReportDraft) -> ReportSeen:
    if origin.id is None:
        return await houston.reports.add(actor, draft)
    return await houston.reports.edit(actor, origin.id, draft)
