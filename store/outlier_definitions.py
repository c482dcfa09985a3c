from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Occurrence, OutlierDefinition, Review


class OutlierDefinitions(Repository):
    async def all(self, *, scope: Scope) -> list[OutlierDefinition]:
        query = select(OutlierDefinition).where(scope.holds(OutlierDefinition.client_id))
        return list(await self._session.exec(query.order_by(col(OutlierDefinition.id))))

    async def find(self, *, scope: Scope, id: int) -> OutlierDefinition | None:
        query = select(OutlierDefinition).where(
            OutlierDefinition.id == id, scope.holds(OutlierDefinition.client_id)
        )
        return (await self._session.exec(query)).first()

    async def save(self, *, definition: OutlierDefinition) -> OutlierDefinition:
        self._session.add(definition)
        await self._session.flush()
        return definition

    async def delete(self, *, definition: OutlierDefinition) -> None:
        """With what it found, and what people said of that."""
        for table in (Review, Occurrence):
            await self._session.exec(delete(table).where(col(table.definition_id) == definition.id))
        await self._session.delete(definition)

    async def due(self, *, scope: Scope, now: datetime) -> list[OutlierDefinition]:
        query = select(OutlierDefinition).where(
            scope.holds(OutlierDefinition.client_id),
            col(OutlierDefinition.active).is_(True),
            col(OutlierDefinition.due_at) <= now,
        )
        return list(await self._session.exec(query.order_by(col(OutlierDefinition.due_at))))

    async def take(self, *, definition: OutlierDefinition, until: datetime) -> bool:
        """Claim a due check by moving it to `until`; False where somebody else was first."""
        statement = (
            update(OutlierDefinition)
            .where(
                col(OutlierDefinition.id) == definition.id,
                col(OutlierDefinition.due_at) == definition.due_at,
            )
            .values(due_at=until)
            .returning(col(OutlierDefinition.id))
        )
        return (await self._session.exec(statement)).first() is not None

    async def set_error(self, *, id: int, error: str) -> None:
        statement = update(OutlierDefinition).where(col(OutlierDefinition.id) == id).values(error=error)
        await self._session.exec(statement)
