from typing import Annotated

from pydantic import Field

from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Id, PageQuery, Query, Request, Shown, Words


class NewApiKey(Request):
    """A key for one client, or without one the agency's: it sees and changes everything."""

    name: Annotated[Words, Field(description="What it is for.")]
    client: ClientSlug = None


class ApiKeyCreated(Answer):
    id: Id
    event_id: Id | None
    key: Annotated[
        str | None,
        Field(description="Shown this once: null in the answer to a repeat with the same Idempotency-Key."),
    ]


class ApiKeySeen(Answer):
    """`created_by` is a member, an API key or the command line."""

    id: Id
    name: str
    client: str | None
    created_by: str
    created_at: Shown
    revoked_at: Shown | None


class ApiKeyPage(Answer):
    items: list[ApiKeySeen]
    next_cursor: str | None


async def add(call: Call, body: NewApiKey) -> ApiKeyCreated:
    if body.client is not None:
        await call.client_id(body.client)
    made = await call.houston.api_keys.create(call.actor, body.name, body.client)
    return ApiKeyCreated(id=str(made.id), event_id=None, key=made.key)


async def list_(call: Call, query: PageQuery) -> ApiKeyPage:
    keys, slugs = await call.houston.api_keys.all(call.scope), await call.slugs()
    page, following = sliced(keys, query.limit, query.cursor, lambda each: each.id or 0)
    items = [
        ApiKeySeen.model_validate(
            each.model_dump(exclude={"hash"}) | {"id": str(each.id), "client": slugs.get(each.client_id)}
        )
        for each in page
    ]
    return ApiKeyPage(items=items, next_cursor=following)


async def revoke(call: Call, _: Query) -> None:
    await call.houston.api_keys.revoke(call.actor, call.id("API key"))


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/api-keys",
        summary="Make a key; keys of the agency only.",
        handle=add,
        body=NewApiKey,
        answer=ApiKeyCreated,
        refuses=(403,),
        once=("key",),
    ),
    Endpoint(
        method="GET",
        path="/api-keys",
        summary="The keys, without what opens; also the revoked ones.",
        handle=list_,
        query=PageQuery,
        answer=ApiKeyPage,
    ),
    Endpoint(
        method="DELETE",
        path="/api-keys/{id}",
        summary="Revoke a key: it opens nothing from now on. Keys of the agency only.",
        handle=revoke,
        answer=None,
        refuses=(403,),
    ),
)
