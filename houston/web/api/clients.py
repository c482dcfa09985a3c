from typing import Annotated

from pydantic import Field

from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import Answer, Created, Id, PageQuery, Query, Request, Shown, Words
from store.tables import Client

Slug = Annotated[Words, Field(description="Lower-case letters, digits and hyphens; it never changes.")]


class NewClient(Request):
    """A customer of the agency."""

    slug: Annotated[Slug, Field(examples=["acme"])]
    name: Annotated[Words, Field(description="By default made from the slug.")] = ""


class ClientChange(Request):
    name: Words


class ClientSeen(Answer):
    id: Id
    slug: str
    name: str
    created_at: Shown


class ClientPage(Answer):
    items: list[ClientSeen]
    next_cursor: str | None


class Confirmation(Query):
    confirm: Annotated[Words, Field(description="The slug once more: nothing brings the client back.")] = ""


async def add(call: Call, body: NewClient) -> Created:
    client = await call.houston.clients.add(call.actor, body.slug, body.name)
    return Created(id=str(client.id), event_id=None)


async def list_(call: Call, query: PageQuery) -> ClientPage:
    clients = await call.houston.clients.all(call.scope)
    page, following = sliced(clients, query.limit, query.cursor, lambda each: each.id or 0)
    return ClientPage(items=[_seen(client) for client in page], next_cursor=following)


async def change(call: Call, body: ClientChange) -> ClientSeen:
    return _seen(await call.houston.clients.rename(call.actor, call.path["slug"], body.name))


def _seen(client: Client) -> ClientSeen:
    return ClientSeen.model_validate(client.model_dump() | {"id": str(client.id)})


async def delete(call: Call, query: Confirmation) -> None:
    with called({"confirmation": "confirm"}):
        erased = await call.houston.erasure.delete_client(call.actor, call.path["slug"], query.confirm)
    call.slack.changed()
    await call.slack.erased(erased)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/clients",
        summary="Add a client; keys of the agency only.",
        handle=add,
        body=NewClient,
        answer=Created,
        refuses=(403,),
    ),
    Endpoint(
        method="GET",
        path="/clients",
        summary="The clients that the key may see.",
        handle=list_,
        query=PageQuery,
        answer=ClientPage,
    ),
    Endpoint(
        method="PATCH",
        path="/clients/{slug}",
        summary="Change a client's name; keys of the agency only.",
        handle=change,
        body=ClientChange,
        answer=ClientSeen,
        refuses=(403,),
    ),
    Endpoint(
        method="DELETE",
        path="/clients/{slug}",
        summary="Delete a client, its workspaces and all that Houston knows of it, for ever; keys of the "
        "agency only.",
        handle=delete,
        query=Confirmation,
        answer=None,
        refuses=(403,),
    ),
)
