from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from houston.errors import Invalid
from houston.watch.definition import DefinitionDraft, draft_of
from houston.watch.definitions import DefinitionSeen
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Created, Id, PageQuery, Query, Request, Shown, Words

Change = Annotated[float | None, Field(ge=0, description="A smaller deviation is never an outlier.")]


Sensitivity = Literal["low", "normal", "high"]
Direction = Literal["both", "up", "down"]
Season = Literal["auto", "none", "weekly", "daily_weekly"]
Pattern = Annotated[
    Words, Field(description="A metric's name, `name/channel`, or a pattern.", examples=["spend/*"])
]
Schedule = Annotated[
    Words,
    Field(
        description="`15m`, `every 15 minutes`, `weekdays at 9:00`, or five cron fields, in the workspace's "
        "time zone."
    ),
]
Country = Annotated[
    Words,
    Field(description="Whose public holidays are learned from and never told.", examples=["CH", "DE-BY"]),
]
Excluded = Annotated[
    list[Words],
    Field(
        default_factory=list,
        max_length=100,
        description="Days that are learned from and never told.",
        examples=[["2026-11-27", "2026-12-24..2027-01-02"]],
    ),
]


class NewOutlierDefinition(Request):
    """What to check for outliers, how and when."""

    name: Words
    metrics: Pattern
    client: ClientSlug = None
    sensitivity: Sensitivity = "normal"
    direction: Direction = "both"
    season: Season = "auto"
    minimum_change: Change = None
    minimum_change_percent: Change = None
    schedule: Schedule = "1h"
    country: Country = ""
    excluded: Excluded
    active: bool = True


class OutlierDefinitionChange(Request):
    """The fields to change; what is left out stays."""

    name: Words = ""
    metrics: Pattern = ""
    sensitivity: Sensitivity = "normal"
    direction: Direction = "both"
    season: Season = "auto"
    minimum_change: Change = None
    minimum_change_percent: Change = None
    schedule: Schedule = "1h"
    country: Country = ""
    excluded: Excluded
    active: bool = True


class OutlierDefinitionSeen(Answer):
    """A definition and how it does: incidents that are `open`, that `fired_90d`, and of these those that
    somebody called no outlier. `precision` is the share of the others; null where nothing fired."""

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
    country: str
    excluded: list[str]
    active: bool
    created_at: Shown
    due_at: Shown
    error: str
    series: int
    open: int
    fired_90d: int
    not_outliers: int
    precision: float | None


class OutlierDefinitionPage(Answer):
    items: list[OutlierDefinitionSeen]
    next_cursor: str | None


async def add(call: Call, body: NewOutlierDefinition) -> Created:
    client_id = await call.client_id(body.client)
    if client_id is None:
        raise Invalid("client", "Name the client whose metrics to check.")
    told = body.model_dump(exclude={"client", "excluded"})
    draft = DefinitionDraft(client_id=client_id, excluded=tuple(body.excluded), **told)
    definition = await call.houston.definitions.add(call.actor, draft)
    return Created(id=str(definition.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> OutlierDefinitionPage:
    definitions = await call.houston.definitions.all(call.scope)
    page, following = sliced(definitions, query.limit, query.cursor, lambda each: each.definition.id or 0)
    return OutlierDefinitionPage(items=[_seen(each) for each in page], next_cursor=following)


async def get(call: Call, _: Query) -> OutlierDefinitionSeen:
    return _seen(await call.houston.definitions.get(call.scope, call.id("outlier definition")))


async def change(call: Call, body: OutlierDefinitionChange) -> OutlierDefinitionSeen:
    id = call.id("outlier definition")
    before = await call.houston.definitions.get(call.scope, id)
    changes = body.model_dump(exclude_unset=True)
    if "excluded" in changes:
        changes["excluded"] = tuple(changes["excluded"])
    draft = replace(draft_of(before.definition), **changes)
    await call.houston.definitions.edit(call.actor, id, draft)
    return _seen(await call.houston.definitions.get(call.scope, id))


async def delete(call: Call, _: Query) -> None:
    await call.houston.definitions.delete(call.actor, call.id("outlier definition"))


def _seen(seen: DefinitionSeen) -> OutlierDefinitionSeen:
    kept = seen.definition.model_dump()
    does = {name: getattr(seen, name) for name in ("open", "fired_90d", "not_outliers", "precision")}
    named = {"id": str(seen.definition.id), "client": seen.client.slug, "series": seen.metrics}
    return OutlierDefinitionSeen.model_validate(kept | does | named)


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
    Endpoint(
        method="GET",
        path="/outlier-definitions/{id}",
        summary="One definition, and how it does.",
        handle=get,
        answer=OutlierDefinitionSeen,
    ),
    Endpoint(
        method="PATCH",
        path="/outlier-definitions/{id}",
        summary="Change what is watched and how. The client stays.",
        handle=change,
        body=OutlierDefinitionChange,
        answer=OutlierDefinitionSeen,
    ),
    Endpoint(
        method="DELETE",
        path="/outlier-definitions/{id}",
        summary="Watch no longer, and forget what was found.",
        handle=delete,
        answer=None,
    ),
)
