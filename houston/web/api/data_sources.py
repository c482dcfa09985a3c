from dataclasses import replace
from typing import Annotated

from pydantic import Field

from houston.reports.sources import SourceDraft
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Created, Id, PageQuery, Query, Request, Shown, Words
from store.tables import DataSource

Url = Annotated[
    Words,
    Field(
        description="Tried before it is kept, and never shown again.",
        examples=["postgresql://reader:secret@db.example.com/shop"],
        max_length=2000,
    ),
]


class NewDataSource(Request):
    """A database to read from: a client's, or without one the agency's own."""

    name: Words
    url: Url
    client: ClientSlug = None


class DataSourceChange(Request):
    """The fields to change; what is left out stays."""

    name: Words = ""
    url: Url = ""


class DataSourceShown(Answer):
    """`place` is what may be seen of its URL; `error` is what was wrong when it was asked last."""

    id: Id
    name: str
    dialect: str
    place: str
    client: str | None
    created_at: Shown
    error: str


class DataSourcePage(Answer):
    items: list[DataSourceShown]
    next_cursor: str | None


class Tables(Answer):
    """What can be read there."""

    dialect: str
    tables: list[str]


async def add(call: Call, body: NewDataSource) -> Created:
    draft = SourceDraft(name=body.name, url=body.url, client_id=await call.client_id(body.client))
    source = await call.houston.data_sources.add(call.actor, draft)
    return Created(id=str(source.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> DataSourcePage:
    found = await call.houston.data_sources.all(call.scope)
    page, following = sliced(found, query.limit, query.cursor, lambda each: each.id or 0)
    slugs = await call.slugs()
    return DataSourcePage(items=[_shown(each, slugs) for each in page], next_cursor=following)


async def get(call: Call, _: Query) -> DataSourceShown:
    source = await call.houston.data_sources.get(call.scope, call.id("data source"))
    return _shown(source, await call.slugs())


async def change(call: Call, body: DataSourceChange) -> DataSourceShown:
    before = await call.houston.data_sources.get(call.scope, call.id("data source"))
    kept = SourceDraft(name=before.name, client_id=before.client_id)
    draft = replace(kept, **body.model_dump(exclude_unset=True))
    source = await call.houston.data_sources.edit(call.actor, before.id or 0, draft)
    return _shown(source, await call.slugs())


async def delete(call: Call, _: Query) -> None:
    await call.houston.data_sources.delete(call.actor, call.id("data source"))


async def test(call: Call, _: Query) -> Tables:
    trial = await call.houston.data_sources.test(call.actor, call.id("data source"))
    return Tables(dialect=trial.dialect, tables=list(trial.tables))


def _shown(source: DataSource, slugs: dict[int | None, str | None]) -> DataSourceShown:
    told = source.model_dump(include={"name", "dialect", "place", "created_at", "error"})
    return DataSourceShown(id=str(source.id), client=slugs.get(source.client_id), **told)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/data-sources",
        summary="Add a database to read from. It is tried first.",
        handle=add,
        body=NewDataSource,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/data-sources",
        summary="The databases to read from.",
        handle=list_,
        query=PageQuery,
        answer=DataSourcePage,
    ),
    Endpoint(
        method="GET",
        path="/data-sources/{id}",
        summary="One of them.",
        handle=get,
        answer=DataSourceShown,
    ),
    Endpoint(
        method="PATCH",
        path="/data-sources/{id}",
        summary="Rename one, or give it another URL, which is tried first.",
        handle=change,
        body=DataSourceChange,
        answer=DataSourceShown,
    ),
    Endpoint(
        method="DELETE",
        path="/data-sources/{id}",
        summary="Forget one. Its reports and feeds have to go first.",
        handle=delete,
        answer=None,
        refuses=(409,),
    ),
    Endpoint(
        method="POST",
        path="/data-sources/{id}/test",
        summary="Reach it now.",
        handle=test,
        answer=Tables,
        refuses=(502,),
        makes=False,
    ),
)
