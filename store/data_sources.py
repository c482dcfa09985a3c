from sqlalchemy import update
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import DataSource, MetricFeed, Report


class DataSources(Repository):
    """Users' databases. The agency's own are for who sees every client."""

    async def all(self, *, scope: Scope) -> list[DataSource]:
        query = select(DataSource).where(scope.holds(DataSource.client_id))
        return list(await self._session.exec(query.order_by(col(DataSource.name), col(DataSource.id))))

    async def find(self, *, scope: Scope, id: int) -> DataSource | None:
        query = select(DataSource).where(DataSource.id == id, scope.holds(DataSource.client_id))
        return (await self._session.exec(query)).first()

    async def readers(self, *, scope: Scope, id: int) -> list[str]:
        """The names of the reports and feeds that read it, which are a reason to keep it."""
        reports = select(Report.name).where(Report.source_id == id, scope.holds(Report.client_id))
        feeds = select(MetricFeed.name).where(MetricFeed.source_id == id, scope.holds(MetricFeed.client_id))
        found = [*await self._session.exec(reports), *await self._session.exec(feeds)]
        return sorted(found, key=str.casefold)

    async def save(self, *, source: DataSource) -> DataSource:
        self._session.add(source)
        await self._session.flush()
        return source

    async def delete(self, *, source: DataSource) -> None:
        await self._session.delete(source)
        await self._session.flush()

    async def set_error(self, *, id: int, error: str) -> None:
        statement = update(DataSource).where(col(DataSource.id) == id, col(DataSource.error) != error)
        await self._session.exec(statement.values(error=error))
