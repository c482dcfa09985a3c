import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict, Invalid, NotFound
from houston.records.checks import text
from houston.team import audit
from houston.team.finding_clients import client_called
from store import Scope, Store, UnitOfWork
from store.tables import Client

LONGEST_NAME = 100
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Clients:
    """The agency's customers: the unit of the wall."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[Client]:
        async with self.store.read() as uow:
            return await uow.clients.all(scope=scope)

    async def find(self, scope: Scope, name_or_slug: str) -> Client:
        """By slug or name, whatever the case. Raises NotFound: the same for none and for one outside."""
        wanted = name_or_slug.strip().casefold()
        for client in await self.all(scope):
            if wanted in (client.slug.casefold(), client.name.casefold()):
                return client
        raise NotFound(f"I know no client called {name_or_slug.strip()[:80]!r}. /houston clients lists them.")

    async def called(self, scope: Scope, called: str) -> Client:
        """By id, slug or name, also where it is misspelt. Raises NotFound, which names the nearest of
        those in scope: the same for none and for one outside."""
        return client_called(await self.all(scope), called)

    async def open(self, slug: str, name: str | None = None) -> Client:
        """The client of this slug, made if it is new: for the operator's commands only.

        Raises Invalid for a slug with anything but lower-case letters, digits and hyphens.
        """
        check_slug(slug)
        async with self.store.begin() as uow:
            rows = await uow.clients.open(slug=slug, name=name or title(slug), now=self.now())
            await uow.commit()
            return rows

    async def add(self, actor: Actor, slug: str, name: str = "") -> Client:
        """A new client. Raises Invalid, Conflict where the slug is taken, NotAllowed."""
        actor.demand_agency("add clients")
        check_slug(slug, "slug")
        name = text("name", name, most=LONGEST_NAME) or title(slug)
        async with self.store.begin() as uow:
            if await uow.clients.find(scope=actor.scope, slug=slug):
                raise Conflict(f"There is a client called {slug} already.")
            client = await uow.clients.open(slug=slug, name=name, now=self.now())
            await self._keep(uow, actor, "client.added", client, before=None)
            return client

    async def rename(self, actor: Actor, slug: str, name: str) -> Client:
        """What people read; the slug stays. Raises Invalid, NotFound, NotAllowed."""
        actor.demand_agency("rename clients")
        name = text("name", name, most=LONGEST_NAME, required=True)
        async with self.store.begin() as uow:
            client = await uow.clients.find(scope=actor.scope, slug=slug)
            if client is None:
                raise NotFound(f"I know no client called {slug[:80]!r}.")
            before, client.name = _told(client), name
            await self._keep(uow, actor, "client.renamed", client, before=before)
            return client

    async def _keep(
        self, uow: UnitOfWork, actor: Actor, action: str, client: Client, *, before: dict[str, str] | None
    ) -> None:
        await record(uow, actor, action, client, before=before, now=self.now())
        await uow.commit()


async def record(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    client: Client,
    *,
    before: dict[str, str] | None = None,
    now: datetime,
) -> None:
    """Tell the audit of a change to a client."""
    subject, after = f"client {client.slug}", _told(client)
    await audit.record(uow, actor, action, subject, before=before, after=after, clients=[client.id], now=now)


def _told(client: Client) -> dict[str, str]:
    return {"slug": client.slug, "name": client.name}


def check_slug(slug: str, field: str = "client") -> None:
    if not SLUG.fullmatch(slug):
        raise Invalid(
            field, f"{slug[:80]!r} is not a client's slug: use lower-case letters, digits and hyphens."
        )


def title(slug: str) -> str:
    """A name to start with: `acme-outdoor` → `Acme Outdoor`."""
    return " ".join(word.capitalize() for word in slug.split("-") if word)
