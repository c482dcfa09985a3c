from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from houston.errors import Invalid
from houston.watch.definitions import DefinitionDraft
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Created, Id, PageQuery, Request, Shown, Words
from store.tables import OutlierDefinition

Change = Annotated[float | None, Field(ge=0, description="A smaller deviation is never an outlier.")]


class NewOutlierDefinition(Request):
    """What to check for outliers, how and when."""

    name: Words
    metrics: Annotated[
        Words, Field(description="A metric's name, `name/channel`, or a pattern.", examples=["spend/*"])
    ]
    client: ClientSlug = None
    sensitivity: Literal["low", "normal", "high"] = "normal"
    direction: Literal["both", "up", "down"] = "both"
    season: Literal["auto", "none", "weekly", "daily_weekly"] = "auto"
    minimum_change: Change = None
    minimum_change_percent: Change = None
    schedule: Annotated[
        Words, Field(description="An interval, or five cron fields in the workspace's time zone.")
    ] = "1h"


class OutlierDefinitionSeen(Answer):
    id: Id
    name: str
    metrics: str
    client: str
    sensitivity: str
    direction: str
    season: str
    minimum_change: float | None
    minimum_change_percent: float | None
    schedule: str
    active: bool
    created_at: Shown
    due_at: Shown
    error: str


class OutlierDefinitionPage(Answer):
    items: list[OutlierDefinitionSeen]
    next_cursor: str | None


async def add(call: Call, body: NewOutlierDefinition) -> Created:
    client_id = await call.client_id(body.client)
    if client_id is None:
        raise Invalid("client", "Name the client whose metrics to check.")
    draft = DefinitionDraft(client_id=client_id, **body.model_dump(exclude={"client"}))
    definition = await call.houston.definitions.add(call.actor, draft)
    return Created(id=str(definition.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> OutlierDefinitionPage:
    definitions = await call.houston.definitions.all(call.scope)
    page, following = sliced(definitions, query.limit, query.cursor, lambda each: each.id or 0)
    return OutlierDefinitionPage(items=await _seen(call, page), next_cursor=following)


async def _seen(call: Call, definitions: Sequence[OutlierDefinition]) -> list[OutlierDefinitionSeen]:
    slugs = await call.slugs()
    return [
        OutlierDefinitionSeen.model_validate(
            each.model_dump() | {"id": str(each.id), "client": slugs.get(each.client_id)}
        )
        for each in definitions
    ]


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/outlier-definitions",
        summary="Watch metrics for outliers. Points that are there already teach, and are not told.",
        handle=add,
        body=NewOutlierDefinition,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/outlier-definitions",
        summary="What is watched.",
        handle=list_,
        query=PageQuery,
        answer=OutlierDefinitionPage,
    ),
)
