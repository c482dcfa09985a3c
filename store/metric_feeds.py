from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from store.due import moved, unclaimed
from store.repository import Repository
from store.scope import Scope
from store.tables import MetricFeed


class MetricFeeds(Repository):
    """Scheduled queries. The agency's own are for who sees every client."""

    async def all(self, *, scope: Scope) -> list[MetricFeed]:
        query = select(MetricFeed).where(scope.holds(MetricFeed.client_id))
        return list(await self._session.exec(query.order_by(col(MetricFeed.name), col(MetricFeed.id))))

    async def find(self, *, scope: Scope, id: int) -> MetricFeed | None:
        query = select(MetricFeed).where(MetricFeed.id == id, scope.holds(MetricFeed.client_id))
        return (await self._session.exec(query)).first()

    async def save(self, *, feed: MetricFeed) -> MetricFeed:
        """Whoever looks at it at this moment keeps nothing of that."""
        unclaimed(feed)
        self._session.add(feed)
        await self._session.flush()
        return feed

    async def delete(self, *, feed: MetricFeed) -> None:
        await self._session.delete(feed)
        await self._session.flush()

    async def due(self, *, scope: Scope, now: datetime, limit: int) -> list[MetricFeed]:
        query = select(MetricFeed).where(
            col(MetricFeed.active).is_(True), col(MetricFeed.due_at) <= now, scope.holds(MetricFeed.client_id)
        )
        return list(await self._session.exec(query.order_by(col(MetricFeed.due_at)).limit(limit)))

    async def move(self, *, id: int, due_at: datetime, values: Mapping[str, Any]) -> bool:
        """Change one that is due at just this moment; False where somebody else was first, or it was
        changed meanwhile."""
        statement = moved(MetricFeed, id=id, due_at=due_at, values=values)
        changed: int = (await self._session.exec(statement)).rowcount
        return changed == 1
