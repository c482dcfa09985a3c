from dataclasses import replace
from typing import Annotated

from pydantic import Field

from houston.reports.feeds import FeedDraft, FeedSeen
from houston.web.api.reports import FIELDS, fields
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import Answer, ClientSlug, Created, Id, PageQuery, Query, Request, Shown, Words

Sql = Annotated[
    Words,
    Field(
        description="Columns `time` and `value`, and perhaps `metric`, `channel` and `client`.",
        examples=["SELECT day AS time, spend AS value, channel FROM ads WHERE day > date(:now, '-3 days')"],
    ),
]
SHOWN = {"name", "sql", "metric", "schedule", "timezone", "active", "created_at", "checked_at", "error"}
KEPT = {"name", "source_id", "sql", "metric", "schedule", "timezone", "client_id", "active"}


class NewMetricFeed(Request):
    """A scheduled query whose rows become points. Of a client's data source it is that client's."""

    name: Words
    source: Annotated[Id, Field(description="The data source's id.")]
    sql: Sql
    metric: Annotated[Words, Field(description="The metric of rows that have no such column.")] = ""
    schedule: Annotated[Words, Field(examples=["every 15 minutes"])] = "1h"
    timezone: Words | None = None
    client: ClientSlug = None
    active: bool = True


class MetricFeedChange(Request):
    """The fields to change; what is left out stays."""

    name: Words = ""
    source: Id = ""
    sql: Sql = ""
    metric: Words = ""
    schedule: Words = ""
    timezone: Words | None = None
    client: ClientSlug = None
    active: bool = True


class MetricFeedShown(Answer):
    id: Id
    name: str
    source: Id
    sql: str
    metric: str
    schedule: str
    timezone: str
    client: str | None
    active: bool
    created_at: Shown
    checked_at: Shown | None
    error: str


class MetricFeedPage(Answer):
    items: list[MetricFeedShown]
    next_cursor: str | None


async def add(call: Call, body: NewMetricFeed) -> Created:
    with called(FIELDS):
        draft = FeedDraft(**await fields(call, body.model_dump()))
        seen = await call.houston.feeds.add(call.actor, draft)
    return Created(id=str(seen.feed.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> MetricFeedPage:
    found = await call.houston.feeds.all(call.scope)
    page, following = sliced(found, query.limit, query.cursor, lambda each: each.feed.id or 0)
    slugs = await call.slugs()
    return MetricFeedPage(items=[_shown(each, slugs) for each in page], next_cursor=following)


async def get(call: Call, _: Query) -> MetricFeedShown:
    return _shown(await call.houston.feeds.get(call.scope, call.id("metric feed")), await call.slugs())


async def change(call: Call, body: MetricFeedChange) -> MetricFeedShown:
    feed = (await call.houston.feeds.get(call.scope, call.id("metric feed"))).feed
    kept = FeedDraft(**feed.model_dump(include=KEPT))
    with called(FIELDS):
        draft = replace(kept, **await fields(call, body.model_dump(exclude_unset=True)))
        seen = await call.houston.feeds.edit(call.actor, feed.id or 0, draft)
    return _shown(seen, await call.slugs())


async def delete(call: Call, _: Query) -> None:
    await call.houston.feeds.delete(call.actor, call.id("metric feed"))


def _shown(seen: FeedSeen, slugs: dict[int | None, str | None]) -> MetricFeedShown:
    feed = seen.feed
    told = feed.model_dump(
        include=(KEPT - {"source_id", "client_id"}) | {"created_at", "checked_at", "error"}
    )
    return MetricFeedShown(
        id=str(feed.id), source=str(feed.source_id), client=slugs.get(feed.client_id), **told
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/metric-feeds",
        summary="Read points by a scheduled query. It is run first.",
        handle=add,
        body=NewMetricFeed,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/metric-feeds",
        summary="The scheduled queries that bring points.",
        handle=list_,
        query=PageQuery,
        answer=MetricFeedPage,
    ),
    Endpoint(
        method="GET", path="/metric-feeds/{id}", summary="One of them.", handle=get, answer=MetricFeedShown
    ),
    Endpoint(
        method="PATCH",
        path="/metric-feeds/{id}",
        summary="Change one. It is run first.",
        handle=change,
        body=MetricFeedChange,
        answer=MetricFeedShown,
    ),
    Endpoint(
        method="DELETE",
        path="/metric-feeds/{id}",
        summary="Delete one; its points stay.",
        handle=delete,
        answer=None,
    ),
)
