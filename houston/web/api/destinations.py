from houston.access import Actor
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, Id, InWorkspace, PageQuery, Query, Request, Shown, Words
from store.tables import Destination


class DestinationQuery(PageQuery):
    workspace: InWorkspace = None


class DestinationChange(Request):
    alias: Words


class DestinationSeen(Answer):
    """A place to send to. `error` says what keeps it from receiving; empty while it works."""

    id: Id
    workspace: str
    kind: str
    alias: str
    address: str
    error: str
    created_at: Shown


class DestinationPage(Answer):
    items: list[DestinationSeen]
    next_cursor: str | None


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
    return _seen(await call.houston.destinations.rename(actor, id, body.alias))


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
        summary="Change a destination's alias.",
        handle=change,
        body=DestinationChange,
        answer=DestinationSeen,
    ),
    Endpoint(
        method="DELETE",
        path="/destinations/{id}",
        summary="Delete a destination that no rule uses and nothing was sent to.",
        handle=delete,
        answer=None,
    ),
)
