from typing import Annotated, Literal

from pydantic import Field

from houston.access import Actor
from houston.notify.places.targets import Draft
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import (
    Answer,
    Created,
    Id,
    InWorkspace,
    PageQuery,
    Query,
    Request,
    Shown,
    Words,
    WorkspaceId,
)
from store.tables import Destination


class DestinationQuery(PageQuery):
    workspace: InWorkspace = None


class NewDestination(Request):
    """A place to send to; a test message has to arrive there before it is kept."""

    workspace: WorkspaceId
    kind: Literal["channel", "dm", "webhook", "service"]
    alias: Words
    target: Annotated[
        Words,
        Field(
            description="A channel's or person's id in Slack, the URL of a Slack incoming webhook, or an "
            "Apprise URL. No URL is ever shown again.",
            examples=["https://hooks.slack.com/services/T…/B…/…"],
        ),
    ]


class DestinationChange(Request):
    """A new `url` is tried before it is kept."""

    alias: Words | None = None
    url: Words | None = None


class Tried(Answer):
    """How a test message fared; `advice` says why it did not arrive and what to do."""

    arrived: bool
    advice: str


class DestinationSeen(Answer):
    """A place to send to. `error` says what keeps it from receiving; empty while it works. While it is
    paused, what comes for it waits."""

    id: Id
    workspace: str
    kind: str
    alias: str
    address: str
    error: str
    failures: int
    paused_at: Shown | None
    created_at: Shown


class DestinationPage(Answer):
    items: list[DestinationSeen]
    next_cursor: str | None


async def add(call: Call, body: NewDestination) -> Created:
    actor = await call.within(body.workspace)
    draft = Draft(kind=body.kind, alias=body.alias, target=body.target)
    return Created(id=str((await call.houston.new_destinations.add(actor, draft)).id), event_id=None)


async def list_(call: Call, query: DestinationQuery) -> DestinationPage:
    found = [
        destination
        for actor in await call.actors(query.workspace)
        for destination in await call.houston.destinations.all(actor.scope)
    ]
    page, following = sliced(found, query.limit, query.cursor, lambda each: each.id or 0)
    return DestinationPage(items=[_seen(each) for each in page], next_cursor=following)


async def change(call: Call, body: DestinationChange) -> DestinationSeen:
    actor, id = await _actor(call), call.id("destination")
    if body.url is not None:
        await call.houston.new_destinations.change_url(actor, id, body.url)
    if body.alias is not None:
        await call.houston.destinations.rename(actor, id, body.alias)
    return _seen(await call.houston.destinations.get(actor, id))


async def test(call: Call, _: Query) -> Tried:
    trial = await call.houston.trials.of(await _actor(call), call.id("destination"))
    return Tried(arrived=trial.arrived, advice=trial.advice)


async def resume(call: Call, _: Query) -> DestinationSeen:
    return _seen(await call.houston.resuming.resume(await _actor(call), call.id("destination")))


async def delete(call: Call, _: Query) -> None:
    await call.houston.destinations.delete(await _actor(call), call.id("destination"))


async def _actor(call: Call) -> Actor:
    home = await call.houston.destinations.home(call.id("destination"))
    return await call.at_home("destination", home)


def _seen(destination: Destination) -> DestinationSeen:
    kept = destination.model_dump()
    return DestinationSeen.model_validate(
        kept | {"id": str(destination.id), "workspace": destination.workspace_id}
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/destinations",
        summary="Add a destination to a workspace, once a test message has arrived there.",
        handle=add,
        body=NewDestination,
        answer=Created,
    ),
    Endpoint(
        method="GET",
        path="/destinations",
        summary="The places to send to of the workspaces that the key may see; rules make them.",
        handle=list_,
        query=DestinationQuery,
        answer=DestinationPage,
    ),
    Endpoint(
        method="PATCH",
        path="/destinations/{id}",
        summary="Change a destination's alias, or the URL behind it.",
        handle=change,
        body=DestinationChange,
        answer=DestinationSeen,
    ),
    Endpoint(
        method="POST",
        path="/destinations/{id}/test",
        summary="Send a test message there, and say whether it arrived.",
        handle=test,
        answer=Tried,
        makes=False,
    ),
    Endpoint(
        method="POST",
        path="/destinations/{id}/resume",
        summary="Let a paused destination receive again, with all that waits for it.",
        handle=resume,
        answer=DestinationSeen,
        makes=False,
    ),
    Endpoint(
        method="DELETE",
        path="/destinations/{id}",
        summary="Delete a destination that no rule uses and nothing was sent to.",
        handle=delete,
        answer=None,
    ),
)
