from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, text
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Delivery, Event
from store.tables.notify import DEAD, DUE, SENT


class Deliveries(Repository):
    """Written by the ledger, read here."""

    async def all(
        self,
        *,
        scope: Scope,
        event_id: int | None = None,
        workspace_ids: Sequence[str] | None = None,
        state: int | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Delivery]:
        """The newest first; `before` is the last one of the page before."""
        home = scope.workspace_id
        wanted = [scope.holds(Delivery.client_id)]
        wanted += [col(Delivery.workspace_id) == home] if home is not None else []
        wanted += [col(Delivery.workspace_id).in_(workspace_ids)] if workspace_ids is not None else []
        wanted += [col(Delivery.event_id) == event_id] if event_id is not None else []
        wanted += [col(Delivery.state) == state] if state is not None else []
        wanted += [col(Delivery.id) < before] if before is not None else []
        query = select(Delivery).where(*wanted).order_by(col(Delivery.id).desc())
        return list(await self._session.exec(query.limit(limit)))

    async def find(self, *, scope: Scope, id: int) -> Delivery | None:
        query = select(Delivery).where(
            Delivery.id == id,
            Delivery.workspace_id == scope.workspace_id,
            scope.holds(Delivery.client_id),
        )
        return (await self._session.exec(query)).first()

    async def totals(self, *, scope: Scope, after: int) -> tuple[int, int, int]:
        """How many are due; of those made after that id, how many are sent and dead."""
        counted = select(func.count()).select_from(Delivery).where(scope.holds(Delivery.client_id))
        due = (await self._session.exec(counted.where(text("state = 0")))).one()
        made = select(Delivery.state, func.count()).where(
            scope.holds(Delivery.client_id), col(Delivery.id) > after
        )
        found = dict((await self._session.exec(made.group_by(col(Delivery.state)))).all())
        return due, found.get(SENT, 0), found.get(DEAD, 0)

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
