from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Delivery, Event
from store.tables.notify import DEAD, DUE, SENT


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

    async def counts(self, *, scope: Scope, since: datetime) -> tuple[int, int, int]:
        """How many of those made since then are due, sent and dead."""
        query = (
            select(Delivery.state, func.count())
            .join(Event, col(Event.id) == col(Delivery.event_id))
            .where(
                Delivery.workspace_id == scope.workspace_id,
                scope.holds(Delivery.client_id),
                col(Event.recorded_at) >= since,
            )
            .group_by(col(Delivery.state))
        )
        found = dict((await self._session.exec(query)).all())
        return found.get(DUE, 0), found.get(SENT, 0), found.get(DEAD, 0)
