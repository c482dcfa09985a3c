"""One address of the API, as data: what it takes, what it answers, and who does the work."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid, NotFound
from houston.web.shapes import Answer, Query, Request
from houston.web.slack import SlackSide
from store import Scope
from store.tables import ApiKey

PLACES: dict[str, dict[str, Any]] = {
    "id": {"pattern": "^[0-9]{1,19}$", "examples": ["4711"]},
    "slug": {"pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "examples": ["acme"]},
    "workspace": {"pattern": "^[A-Z0-9]{1,40}$", "examples": ["T0123456789"]},
    "user": {"pattern": "^[A-Z0-9]{1,40}$", "examples": ["U0123456789"]},
}
"""The parts of paths, by name. What does not fit is not found."""


def check_path(path: Mapping[str, str]) -> None:
    """Raises NotFound for a part that can name nothing."""
    for name, value in path.items():
        if not re.fullmatch(PLACES[name]["pattern"], value):
            raise NotFound(f"There is nothing called {value[:40]!r} here.")


@dataclass(frozen=True, kw_only=True)
class Call:
    """An authenticated request, on its way to the work."""

    houston: Houston
    key: ApiKey
    actor: Actor
    path: dict[str, str]
    slack: SlackSide

    @property
    def scope(self) -> Scope:
        return self.actor.scope

    def id(self, noun: str) -> int:
        """The path's row. Raises NotFound for what can be none."""
        id = int(self.path["id"])
        if id >= 2**63:
            raise NotFound(f"There is no {noun} {id}.")
        return id

    async def within(self, workspace_id: str, field: str = "workspace") -> Actor:
        """The actor in the workspace that a field names. Raises Invalid: the same for none and outside."""
        try:
            return await self.houston.access.in_workspace(self.actor, workspace_id)
        except NotFound as error:
            raise Invalid(field, error.message) from error

    async def at_home(self, noun: str, workspace_id: str | None) -> Actor:
        """The actor in the workspace of the path's row. Raises NotFound: the same for none and outside."""
        missing = NotFound(f"There is no {noun} {self.path['id']}.")
        if workspace_id is None:
            raise missing
        try:
            return await self.houston.access.in_workspace(self.actor, workspace_id)
        except NotFound as error:
            raise missing from error

    async def actors(self, workspace_id: str | None) -> list[Actor]:
        """The actor in this workspace, or in each that they see. Raises Invalid."""
        if workspace_id is not None:
            return [await self.within(workspace_id)]
        seen = await self.houston.access.workspaces(self.scope)
        return [await self.houston.access.in_workspace(self.actor, each.id) for each in seen]

    async def slugs(self) -> dict[int | None, str | None]:
        """The slugs of the clients in sight, by id; None for no client."""
        clients = await self.houston.clients.all(self.scope)
        return {None: None} | {client.id: client.slug for client in clients}

    def author(self, client_id: int | None) -> str:
        """Who signs a note: what an agency calls its keys may speak of other clients than the note's."""
        return self.key.name if client_id == self.key.client_id else "The agency"

    async def client_id(self, slug: str | None, field: str = "client") -> int | None:
        """Raises Invalid: the same for a client that does not exist and for one outside the scope."""
        if slug is None:
            return self.key.client_id
        for client in await self.houston.clients.all(self.scope):
            if client.slug == slug:
                return client.id
        raise Invalid(field, f"I know no client called {slug[:80]!r}.")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """`handle` gets the call and the checked body, or the checked query where there is no body.

    Without an `answer` there is nothing to say (204). `refuses` are statuses beyond those that
    every request like this may get. `once` names fields of the answer that are never kept: a repeat
    of the request gets null for them. A POST that makes nothing new (`makes`) answers 200.
    """

    method: str
    path: str
    summary: str
    handle: Callable[[Call, Any], Awaitable[Answer | None]]
    answer: type[Answer] | None
    body: type[Request] | None = None
    query: type[Query] = Query
    refuses: tuple[int, ...] = ()
    once: tuple[str, ...] = ()
    makes: bool = True

    @property
    def status(self) -> int:
        if self.answer is None:
            return 204
        return 201 if self.method == "POST" and self.makes else 200
