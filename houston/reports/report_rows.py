"""Reports between the table and people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from houston.access import Actor, everything
from houston.errors import Invalid, InvalidFields, NotFound
from houston.records.checks import link, text
from houston.reports.ownership import client_named, client_of, complain, source_of
from houston.reports.report import ReportDraft, ReportSeen
from houston.team import audit
from store import Scope, UnitOfWork
from store.tables import Report

LONGEST_NAME = 100
LONGEST_SQL = 20_000
KEEPS_CLIENT = "Alerts watch this report, so whose it is stays as it is."


async def found(uow: UnitOfWork, scope: Scope, id: int) -> Report:
    """Raises NotFound."""
    report = await uow.reports.find(scope=scope, id=id)
    if report is None:
        raise NotFound("I know no such report. /houston alerts lists them.")
    return report


async def seen(uow: UnitOfWork, scope: Scope, reports: Sequence[Report]) -> list[ReportSeen]:
    """With what people call their parts. The query of a data source that is out of sight is not told: it
    may speak of others."""
    clients = {client.id: client.name for client in await uow.clients.all(scope=scope)}
    sources = {source.id: source.name for source in await uow.data_sources.all(scope=scope)}
    watched = [alert.report_id for alert in await uow.alerts.all(scope=scope)]
    return [
        ReportSeen(
            report=report if report.source_id in sources else Report(**report.model_dump() | {"sql": ""}),
            source_name=sources.get(report.source_id, ""),
            client=clients.get(report.client_id),
            alerts=watched.count(report.id or 0),
        )
        for report in reports
    ]


async def fill(uow: UnitOfWork, actor: Actor, report: Report, draft: ReportDraft) -> None:
    """Write the draft into the row. Raises InvalidFields."""
    errors: dict[str, str] = {}
    try:
        report.name = text("name", draft.name, most=LONGEST_NAME, required=True)
        if await _is_taken(uow, actor.scope, report):
            errors["name"] = "Another report has this name. Choose another."
    except Invalid as error:
        complain(errors, error)
    try:
        report.sql = text("sql", draft.sql, most=LONGEST_SQL, required=True)
    except Invalid as error:
        complain(errors, error)
    try:
        report.url = link("url", draft.url)
    except Invalid as error:
        complain(errors, error)
    try:
        await _own(uow, actor, report, draft)
    except Invalid as error:
        complain(errors, error)
    if errors:
        raise InvalidFields(errors)


async def keep(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    report: Report,
    before: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    after = None if action.endswith("deleted") else await told(uow, report)
    clients, subject = [report.client_id], f"report {report.id}"
    await audit.record(uow, actor, action, subject, before=before, after=after, clients=clients, now=now)
    await uow.commit()


async def told(uow: UnitOfWork, report: Report) -> dict[str, Any]:
    """What the audit keeps of it: that of a client is read by the client, who may not know the query of
    an agency's data source."""
    client = await client_named(uow, everything(), report.client_id)
    source = await uow.data_sources.find(scope=everything(), id=report.source_id)
    is_its_own = source is not None and source.client_id == report.client_id
    kept = report.model_dump(include={"name", "url", "source_id"} | ({"sql"} if is_its_own else set()))
    return {**kept, "client": client.slug if client else None}


async def _own(uow: UnitOfWork, actor: Actor, report: Report, draft: ReportDraft) -> None:
    """Raises Invalid for `source` and `client`."""
    source = await source_of(uow, actor.scope, draft.source_id)
    client_id = await client_of(uow, actor.scope, source, draft.client_id)
    is_moved = report.id is not None and report.client_id != client_id
    if is_moved and await uow.reports.alerts(scope=actor.scope, id=report.id or 0):
        raise Invalid("client", KEEPS_CLIENT)
    report.source_id, report.client_id = draft.source_id, client_id


async def _is_taken(uow: UnitOfWork, scope: Scope, report: Report) -> bool:
    known = await uow.reports.all(scope=scope)
    name = report.name.casefold()
    return any(each.name.casefold() == name and each.id != report.id for each in known)
