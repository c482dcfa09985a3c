from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Metric


class Metrics(Repository):
    async def all(self, *, scope: Scope, client_id: int | None = None) -> list[Metric]:
        query = select(Metric).where(scope.holds(Metric.client_id))
        if client_id is not None:
            query = query.where(Metric.client_id == client_id)
        return list(await self._session.exec(query.order_by(col(Metric.name), col(Metric.channel))))

    async def fresh(self, *, scope: Scope) -> list[Metric]:
        """Those whose newest point may not be older than something."""
        query = select(Metric).where(Metric.freshness != "", scope.holds(Metric.client_id))
        return list(await self._session.exec(query.order_by(col(Metric.name), col(Metric.channel))))

    async def of(self, *, scope: Scope, client_id: int, name: str, channel: str) -> Metric | None:
        query = select(Metric).where(
            Metric.client_id == client_id,
            Metric.name == name,
            Metric.channel == channel,
            scope.holds(Metric.client_id),
        )
        return (await self._session.exec(query)).first()

    async def save(self, *, metric: Metric) -> Metric:
        self._session.add(metric)
        await self._session.flush()
        return metric
