from datetime import datetime

from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Client


class Clients(Repository):
    async def all(self, *, scope: Scope) -> list[Client]:
        query = select(Client).where(scope.holds(Client.id)).order_by(col(Client.name))
        return list(await self._session.exec(query))

    async def find(self, *, scope: Scope, slug: str) -> Client | None:
        query = select(Client).where(Client.slug == slug, scope.holds(Client.id))
        return (await self._session.exec(query)).first()

    async def get(self, *, scope: Scope, id: int) -> Client | None:
        query = select(Client).where(Client.id == id, scope.holds(Client.id))
        return (await self._session.exec(query)).first()

    async def open(self, *, slug: str, name: str, now: datetime) -> Client:
        """The client of this slug, made if it is new. The caller answers for who may name slugs."""
        found = (await self._session.exec(select(Client).where(Client.slug == slug))).first()
        if found is None:
            found = Client(slug=slug, name=name, created_at=now)
            self._session.add(found)
            await self._session.flush()
        return found
