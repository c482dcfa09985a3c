from typing import Annotated, Literal

from pydantic import Field

from houston.web.cursor import newest, numbered
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, Id, InWorkspace, PageQuery, Query, Shown
from store.tables import Delivery
from store.tables.notify import DEAD, DUE, HELD, SENT

State = Literal["due", "held", "sent", "dead"]
STATES: dict[State, int] = {"due": DUE, "held": HELD, "sent": SENT, "dead": DEAD}
WORDS = {number: word for word, number in STATES.items()}


class DeliveryQuery(PageQuery):
    workspace: InWorkspace = None
    event_id: Annotated[Id | None, Field(description="Only those of this event.")] = None
    state: State | None = None


class DeliverySeen(Answer):
    """One event on its way to one address. `error` says what went wrong at the last try; one that is
    held waits until `due_at`."""

    id: Id
    event_id: Id
    workspace: str
    client: str | None
    destination_id: Id
    address: str
    state: State
    tries: int
    due_at: Shown
    sent_at: Shown | None
    error: str


class DeliveryPage(Answer):
    items: list[DeliverySeen]
    next_cursor: str | None


async def list_(call: Call, query: DeliveryQuery) -> DeliveryPage:
    deliveries = await call.houston.history.deliveries(
        call.scope,
        workspace_ids=[each.scope.workspace_id or "" for each in await call.actors(query.workspace)],
        event_id=min(int(query.event_id), 2**63 - 1) if query.event_id else None,
        state=STATES[query.state] if query.state else None,
        before=numbered(query.cursor),
        limit=query.limit + 1,
    )
    page, following = newest(deliveries, query.limit, lambda each: each.id)
    slugs = await call.slugs()
    items = [_seen(each, slugs.get(each.client_id)) for each in page]
    return DeliveryPage(items=items, next_cursor=following)


async def replay(call: Call, _: Query) -> DeliverySeen:
    receipts, id = call.houston.receipts, call.id("delivery")
    actor = await call.at_home("delivery", await receipts.home(call.actor, id))
    replayed = await receipts.replay(actor, id)
    return _seen(replayed, (await call.slugs()).get(replayed.client_id))


def _seen(delivery: Delivery, client: str | None) -> DeliverySeen:
    also = {name: str(getattr(delivery, name)) for name in ("id", "event_id", "destination_id")}
    also |= {"workspace": delivery.workspace_id, "state": WORDS[delivery.state]}
    return DeliverySeen.model_validate(delivery.model_dump() | also | {"client": client})


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/deliveries",
        summary="Messages on their way and those that arrived or did not, the newest first.",
        handle=list_,
        query=DeliveryQuery,
        answer=DeliveryPage,
    ),
    Endpoint(
        method="POST",
        path="/deliveries/{id}/replay",
        summary="Try a message again that was given up; 409 for one that was not.",
        handle=replay,
        answer=DeliverySeen,
        makes=False,
    ),
)
