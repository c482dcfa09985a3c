from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Event


class Events(Repository):
    """Written by the ledger, read here."""

    async def find(self, *, scope: Scope, id: int) -> Event | None:
        query = select(Event).where(Event.id == id, scope.holds(Event.client_id))
        return (await self._session.exec(query)).first()

    async def first_of(self, *, scope: Scope, episode_id: int) -> Event | None:
        """The event that told of an episode first."""
        query = select(Event).where(Event.episode_id == episode_id, scope.holds(Event.client_id))
        return (await self._session.exec(query.order_by(col(Event.id)).limit(1))).first()

    async def all(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        type: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Event]:
        """The newest first; `before` is the last one of the page before."""
        wanted = [scope.holds(Event.client_id)]
        wanted += [col(Event.client_id) == client_id] if client_id is not None else []
        wanted += [col(Event.type) == type] if type else []
        wanted += [col(Event.id) < before] if before is not None else []
        query = select(Event).where(*wanted).order_by(col(Event.id).desc())
        return list(await self._session.exec(query.limit(limit)))
