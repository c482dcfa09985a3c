from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, not_, or_, text, update
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Delivery, Event
from store.tables.notify import DEAD, DUE, HELD, SENT


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

    async def page(
        self,
        *,
        scope: Scope,
        user_id: str | None = None,
        state: int | None = None,
        before: int | None = None,
        after: int | None = None,
        limit: int = 50,
    ) -> list[Delivery]:
        """A workspace's, the newest first: those before an id, or right after one. With `user_id`, of
        direct messages only that person's."""
        own = or_(not_(col(Delivery.address).startswith("dm:")), col(Delivery.address) == f"dm:{user_id}")
        wanted = [col(Delivery.workspace_id) == scope.workspace_id, scope.holds(Delivery.client_id)]
        wanted += [own] if user_id is not None else []
        wanted += [col(Delivery.state) == state] if state is not None else []
        wanted += [col(Delivery.id) < before] if before is not None else []
        wanted += [col(Delivery.id) > after] if after is not None else []
        order = col(Delivery.id) if after is not None else col(Delivery.id).desc()
        found = await self._session.exec(select(Delivery).where(*wanted).order_by(order).limit(limit))
        return sorted(found, key=lambda each: -each.id)

    async def find(self, *, scope: Scope, id: int) -> Delivery | None:
        query = select(Delivery).where(
            Delivery.id == id,
            Delivery.workspace_id == scope.workspace_id,
            scope.holds(Delivery.client_id),
        )
        return (await self._session.exec(query)).first()

    async def workspace_of(self, *, scope: Scope, id: int) -> str | None:
        """The workspace of a delivery within the scope's clients; whether it may be seen, others say."""
        query = select(Delivery.workspace_id).where(Delivery.id == id, scope.holds(Delivery.client_id))
        return (await self._session.exec(query)).first()

    async def replay(
        self, *, scope: Scope, now: datetime, id: int | None = None, destination_id: int | None = None
    ) -> list[int]:
        """Make one that is dead due again, or all of a destination. What may have arrived after all is
        looked for before it is posted: `asked_at` stays. The ids of those that it was in time for."""
        named = col(Delivery.id) == id if id is not None else col(Delivery.destination_id) == destination_id
        statement = (
            update(Delivery)
            .where(named, col(Delivery.workspace_id) == scope.workspace_id, scope.holds(Delivery.client_id))
            .where(col(Delivery.state) == DEAD)
            .values(state=DUE, due_at=now, tries=0, owner="", error="")
            .returning(col(Delivery.id))
        )
        return sorted((await self._session.exec(statement)).scalars())

    async def resume(self, *, workspace_id: str, address: str, now: datetime) -> None:
        """Let go what waits for an address that works again."""
        await self._session.exec(
            update(Delivery)
            .where(
                col(Delivery.state) == HELD,
                col(Delivery.workspace_id) == workspace_id,
                col(Delivery.address) == address,
                col(Delivery.bundle).startswith("paused:"),
            )
            .values(due_at=now)
        )

    async def release(self, *, workspace_id: str, bundle_prefix: str, now: datetime) -> None:
        """Let go at this moment of what is held in such bundles."""
        held = (text("state = 3"), col(Delivery.workspace_id) == workspace_id)
        named = col(Delivery.bundle).startswith(bundle_prefix, autoescape=True)
        await self._session.exec(update(Delivery).where(*held, named).values(due_at=now))

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
