from dataclasses import asdict, replace
from typing import Annotated, Literal

from pydantic import Field

from houston.errors import Invalid, NotFound
from houston.watch.metric_settings import MetricSeen
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, PageQuery, Request, Shown, Words

Aggregate = Annotated[
    Literal["", "sum", "mean", "last", "ratio"],
    Field(description="How it is totalled; undeclared (empty) counts as mean."),
]
Direction = Annotated[Literal["", "up", "down"], Field(description="Which way is good; empty: neither.")]
Side = Annotated[Words, Field(description="Of a ratio: the name of another metric.", examples=["clicks"])]
Freshness = Annotated[
    Words, Field(description="How old its newest point may be; empty: any age.", examples=["3h"])
]


class MetricChange(Request):
    """What to declare of all channels of a metric; what is left out stays."""

    metric: Words
    client: ClientSlug = None
    unit: Words = ""
    aggregate: Aggregate = ""
    numerator: Side = ""
    denominator: Side = ""
    direction: Direction = ""
    key: bool = False
    freshness: Freshness = ""


class MetricQuery(PageQuery):
    client: ClientSlug = None


class MetricShown(Answer):
    """`key` metrics are those of the digest; `newest` is the time of the last point of any channel."""

    metric: str
    client: str
    channels: list[str]
    unit: str
    aggregate: str
    numerator: str
    denominator: str
    direction: str
    key: bool
    freshness: str
    newest: Shown | None


class MetricPage(Answer):
    items: list[MetricShown]
    next_cursor: str | None


async def list_(call: Call, query: MetricQuery) -> MetricPage:
    client_id = await call.client_id(query.client)
    found = await call.houston.metric_settings.seen(call.scope, client_id)
    page, following = sliced(found, query.limit, query.cursor, lambda each: f"{each.client.slug}/{each.name}")
    return MetricPage(items=[_shown(each) for each in page], next_cursor=following)


async def change(call: Call, body: MetricChange) -> MetricShown:
    client_id = await call.client_id(body.client)
    if client_id is None:
        raise Invalid("client", "Name the client whose metric it is.")
    settings = call.houston.metric_settings
    changes = body.model_dump(exclude={"metric", "client"}, exclude_unset=True)
    draft = replace(await settings.get(call.scope, client_id, body.metric), **changes)
    await settings.declare(call.actor, client_id, body.metric, draft)
    for each in await settings.seen(call.scope, client_id):
        if each.name.casefold() == body.metric.strip().casefold():
            return _shown(each)
    raise NotFound("This metric is not there any more.")


def _shown(seen: MetricSeen) -> MetricShown:
    return MetricShown(
        metric=seen.name,
        client=seen.client.slug,
        channels=list(seen.channels),
        newest=seen.newest,
        **asdict(seen.settings),
    )


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/metrics",
        summary="The metrics that the key may see, and what is declared of them.",
        handle=list_,
        query=MetricQuery,
        answer=MetricPage,
    ),
    Endpoint(
        method="PATCH",
        path="/metrics",
        summary="Declare how a metric is totalled, its unit, and how fresh it has to be.",
        handle=change,
        body=MetricChange,
        answer=MetricShown,
    ),
)
