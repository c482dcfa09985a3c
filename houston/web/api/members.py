from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from houston.errors import Invalid, InvalidFields
from houston.team.people import Person
from houston.web.cursor import sliced
from houston.web.endpoint import Call, Endpoint
from houston.web.fields import called
from houston.web.shapes import Answer, InWorkspace, PageQuery, Request, Words

Role = Literal["admin", "member"]
NAMES = {"member": "role", "member_clients": "clients"}


class MemberQuery(PageQuery):
    workspace: InWorkspace = None


class MemberChange(Request):
    """Either the role or the clients; for both send two requests."""

    role: Role = "member"
    clients: Annotated[
        list[Words] | None,
        Field(max_length=1000, description="The slugs of those that an agency's member sees; null: all."),
    ] = None


class MemberSeen(Answer):
    """A Slack user. `is_admin` also for Slack's own admins. `clients` is null where they see all of
    them, or the workspace is a client's own."""

    workspace: str
    user: str
    name: str
    email: str
    timezone: str
    role: Role
    is_admin: bool
    is_guest: bool
    active: bool
    clients: list[str] | None


class MemberPage(Answer):
    items: list[MemberSeen]
    next_cursor: str | None


async def list_(call: Call, query: MemberQuery) -> MemberPage:
    people = [
        person
        for actor in await call.actors(query.workspace)
        for person in await call.houston.roles.people(actor)
    ]
    page, following = sliced(people, query.limit, query.cursor, _key)
    return MemberPage(items=[_seen(person) for person in page], next_cursor=following)


async def change(call: Call, body: MemberChange) -> MemberSeen:
    changes, roles = body.model_dump(exclude_unset=True), call.houston.roles
    if len(changes) != 1:
        raise InvalidFields({"role": "Send either role or clients, in a request of its own."})
    actor = await call.houston.access.in_workspace(call.actor, call.path["workspace"])
    user = call.path["user"]
    with called(NAMES):
        if "role" in changes:
            await roles.set_admin(actor, user, body.role == "admin")
        else:
            ids = None if body.clients is None else await _ids(call, body.clients)
            await roles.set_clients(actor, user, ids)
    return _seen(await roles.person(actor, user))


async def _ids(call: Call, slugs: Sequence[str]) -> list[int]:
    """Raises Invalid."""
    known = {client.slug: client.id for client in await call.houston.clients.all(call.scope)}
    for slug in slugs:
        if slug not in known:
            raise Invalid("clients", f"I know no client called {slug[:80]!r}.")
    return [id for slug in slugs if (id := known[slug]) is not None]


def _key(person: Person) -> str:
    return f"{person.member.workspace_id}/{person.member.user_id}"


def _seen(person: Person) -> MemberSeen:
    member = person.member
    clients = None if person.clients is None else [client.slug for client in person.clients]
    also = {"workspace": member.workspace_id, "user": member.user_id, "is_admin": member.is_admin}
    return MemberSeen.model_validate(member.model_dump() | also | {"clients": clients})


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/members",
        summary="The people of the workspaces that the key may see.",
        handle=list_,
        query=MemberQuery,
        answer=MemberPage,
    ),
    Endpoint(
        method="PATCH",
        path="/members/{workspace}/{user}",
        summary="Change what somebody may do or see.",
        handle=change,
        body=MemberChange,
        answer=MemberSeen,
    ),
)
