import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.errors import Invalid, NotFound
from store import Scope, Store
from store.tables import Client

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

    async def open(self, slug: str, name: str | None = None) -> Client:
        """The client of this slug, made if it is new: for the operator's commands only.

        Raises Invalid for a slug with anything but lower-case letters, digits and hyphens.
        """
        check_slug(slug)
        async with self.store.begin() as uow:
            rows = await uow.clients.open(slug=slug, name=name or title(slug), now=self.now())
            await uow.commit()
            return rows


def check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug):
        raise Invalid(
            "client", f"{slug[:80]!r} is not a client's slug: use lower-case letters, digits and hyphens."
        )


def title(slug: str) -> str:
    """A name to start with: `acme-outdoor` → `Acme Outdoor`."""
    return " ".join(word.capitalize() for word in slug.split("-") if word)
