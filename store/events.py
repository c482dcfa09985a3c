from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Event


class Events(Repository):
    """Written by the ledger, read here."""

    async def find(self, *, scope: Scope, id: int) -> Event | None:
        query = select(Event).where(Event.id == id, scope.holds(Event.client_id))
        return (await self._session.exec(query)).first()

    async def all(self, *, scope: Scope, limit: int = 50) -> list[Event]:
        """The newest first."""
        query = select(Event).where(scope.holds(Event.client_id)).order_by(col(Event.id).desc())
        return list(await self._session.exec(query.limit(limit)))
