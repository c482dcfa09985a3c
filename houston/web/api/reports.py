from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from houston.reports.reports import ReportDraft, ReportSeen
from houston.web.cursor import LARGEST_ID, sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import Answer, ClientSlug, Created, Id, PageQuery, Query, Request, Shown, Words

Sql = Annotated[
    Words,
    Field(
        description="One query that only reads; `:now` is the time of the run.",
        examples=["SELECT sum(total) AS revenue FROM orders WHERE day = date(:now)"],
    ),
]
FIELDS = {"source_id": "source", "client_id": "client"}


class NewReport(Request):
    """A saved query. Of a client's data source it is that client's."""

    name: Words
    source: Annotated[Id, Field(description="The data source's id.")]
    sql: Sql
    url: Annotated[Words, Field(description="Where people read it.")] = ""
    client: ClientSlug = None


class ReportChange(Request):
    """The fields to change; what is left out stays."""

    name: Words = ""
    source: Id = ""
    sql: Sql = ""
    url: Words = ""
    client: ClientSlug = None


class ReportShown(Answer):
    id: Id
    name: str
    source: Id
    sql: str
    url: str
    client: str | None
    alerts: int
    created_at: Shown


class ReportPage(Answer):
    items: list[ReportShown]
    next_cursor: str | None


async def add(call: Call, body: NewReport) -> Created:
    with called(FIELDS):
        draft = ReportDraft(**await fields(call, body.model_dump()))
        seen = await call.houston.reports.add(call.actor, draft)
    return Created(id=str(seen.report.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> ReportPage:
    found = await call.houston.reports.all(call.scope)
    page, following = sliced(found, query.limit, query.cursor, lambda each: each.report.id or 0)
    slugs = await call.slugs()
    return ReportPage(items=[_shown(each, slugs) for each in page], next_cursor=following)


async def get(call: Call, _: Query) -> ReportShown:
    return _shown(await call.houston.reports.get(call.scope, call.id("report")), await call.slugs())


async def change(call: Call, body: ReportChange) -> ReportShown:
    report = (await call.houston.reports.get(call.scope, call.id("report"))).report
    kept = ReportDraft(**report.model_dump(include={"name", "source_id", "sql", "url", "client_id"}))
    with called(FIELDS):
        draft = replace(kept, **await fields(call, body.model_dump(exclude_unset=True)))
        seen = await call.houston.reports.edit(call.actor, report.id or 0, draft)
    return _shown(seen, await call.slugs())


async def delete(call: Call, _: Query) -> None:
    await call.houston.reports.delete(call.actor, call.id("report"))


async def fields(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    """What was given of a query, as a draft has it. Raises Invalid."""
    found = dict(given)
    if "source" in found:
        found["source_id"] = row(found.pop("source"))
    if "client" in found:
        found["client_id"] = await call.client_id(found.pop("client"))
    return found


def row(id: str) -> int:
    """0, which is nobody's, for what no database can hold."""
    return int(id) if int(id) < LARGEST_ID else 0


def _shown(seen: ReportSeen, slugs: dict[int | None, str | None]) -> ReportShown:
    report = seen.report
    told = report.model_dump(include={"name", "sql", "url", "created_at"})
    return ReportShown(
        id=str(report.id),
        source=str(report.source_id),
        client=slugs.get(report.client_id),
        alerts=seen.alerts,
        **told,
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/reports",
        summary="Save a query. It is run first.",
        handle=add,
        body=NewReport,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/reports",
        summary="The saved queries.",
        handle=list_,
        query=PageQuery,
        answer=ReportPage,
    ),
    Endpoint(method="GET", path="/reports/{id}", summary="One of them.", handle=get, answer=ReportShown),
    Endpoint(
        method="PATCH",
        path="/reports/{id}",
        summary="Change one. It is run first.",
        handle=change,
        body=ReportChange,
        answer=ReportShown,
    ),
    Endpoint(
        method="DELETE",
        path="/reports/{id}",
        summary="Delete one, with its runs. Its alerts have to go first.",
        handle=delete,
        answer=None,
        refuses=(409,),
    ),
)
