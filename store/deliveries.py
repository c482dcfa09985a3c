from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Delivery


class Deliveries(Repository):
    """Written by the ledger, read here."""

    async def all(self, *, scope: Scope, event_id: int | None = None, limit: int = 50) -> list[Delivery]:
        """The newest first."""
        query = select(Delivery).where(scope.holds(Delivery.client_id))
        if scope.workspace_id is not None:
            query = query.where(Delivery.workspace_id == scope.workspace_id)
        if event_id is not None:
            query = query.where(Delivery.event_id == event_id)
        return list(await self._session.exec(query.order_by(col(Delivery.id).desc()).limit(limit)))

    async def find(self, *, scope: Scope, id: int) -> Delivery | None:
        query = select(Delivery).where(
            Delivery.id == id,
            Delivery.workspace_id == scope.workspace_id,
            scope.holds(Delivery.client_id),
        )
        return (await self._session.exec(query)).first()
