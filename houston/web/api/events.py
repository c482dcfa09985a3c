from typing import Annotated, Any

from pydantic import Field

from houston.web.cursor import newest, numbered
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Id, PageQuery, Shown, Words
from store.tables import Event


class EventQuery(PageQuery):
    client: ClientSlug = None
    type: Annotated[Words | None, Field(examples=["outlier"])] = None


class EventSeen(Answer):
    """A thing that happened; `payload` is what its messages are made of."""

    id: Id
    type: str
    phase: str
    client: str | None
    subject: str
    severity: str
    occurred_at: Shown
    recorded_at: Shown
    payload: dict[str, Any]


class EventPage(Answer):
    items: list[EventSeen]
    next_cursor: str | None


async def list_(call: Call, query: EventQuery) -> EventPage:
    events = await call.houston.history.events(
        call.scope,
        client_id=await call.client_id(query.client),
        type=query.type,
        before=numbered(query.cursor),
        limit=query.limit + 1,
    )
    page, following = newest(events, query.limit, lambda each: each.id)
    slugs = await call.slugs()
    return EventPage(items=[_seen(each, slugs.get(each.client_id)) for each in page], next_cursor=following)


def _seen(event: Event, client: str | None) -> EventSeen:
    return EventSeen.model_validate(event.model_dump() | {"id": str(event.id), "client": client})


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/events",
        summary="What happened, the newest first.",
        handle=list_,
        query=EventQuery,
        answer=EventPage,
    ),
)
