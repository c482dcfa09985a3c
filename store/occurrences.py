from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete
from sqlmodel import col, select

from store.dispatch import Write
from store.repository import Repository, upsert
from store.scope import Scope
from store.tables import Metric, Occurrence


class Occurrences(Repository):
    async def between(
        self,
        *,
        scope: Scope,
        start: datetime,
        end: datetime,
        client_id: int | None = None,
        metric: str | None = None,
        severity: str | None = None,
        limit: int = 200,
    ) -> list[tuple[Occurrence, Metric]]:
        """Occurrences with start <= time < end and their metrics, the newest first."""
        query = (
            select(Occurrence, Metric)
            .join(Metric, col(Metric.id) == col(Occurrence.metric_id))
            .where(scope.holds(Occurrence.client_id), Occurrence.time >= start, Occurrence.time < end)
            .order_by(col(Occurrence.time).desc())
            .limit(limit)
        )
        if client_id is not None:
            query = query.where(Occurrence.client_id == client_id)
        if metric is not None:
            query = query.where(Metric.name == metric)
        if severity is not None:
            query = query.where(Occurrence.severity == severity)
        return [(occurrence, metric) for occurrence, metric in await self._session.exec(query)]

    async def seen(self, *, scope: Scope, id: int) -> tuple[Occurrence, Metric] | None:
        """With its metric."""
        query = select(Occurrence, Metric).join(Metric, col(Metric.id) == col(Occurrence.metric_id))
        return (
            await self._session.exec(query.where(Occurrence.id == id, scope.holds(Occurrence.client_id)))
        ).first()

    async def of_metrics(
        self, *, scope: Scope, metric_ids: Collection[int], start: datetime, end: datetime, limit: int
    ) -> list[Occurrence]:
        """Those of these metrics with start <= time < end, the newest first."""
        query = select(Occurrence).where(
            scope.holds(Occurrence.client_id),
            col(Occurrence.metric_id).in_(metric_ids),
            Occurrence.time >= start,
            Occurrence.time < end,
        )
        return list(await self._session.exec(query.order_by(col(Occurrence.time).desc()).limit(limit)))

    async def values(
        self, *, scope: Scope, definition_ids: Collection[int], since: datetime
    ) -> dict[tuple[int, int], dict[datetime, float]]:
        """When these definitions found any from then on and with which value, by definition and metric; the
        earliest first."""
        query = select(
            Occurrence.definition_id, Occurrence.metric_id, Occurrence.time, Occurrence.value
        ).where(
            scope.holds(Occurrence.client_id),
            col(Occurrence.definition_id).in_(definition_ids),
            col(Occurrence.time) >= since,
        )
        found: dict[tuple[int, int], dict[datetime, float]] = {}
        for definition_id, metric_id, time, value in await self._session.exec(
            query.order_by(col(Occurrence.time))
        ):
            found.setdefault((definition_id, metric_id), {})[time] = value
        return found


def adding(occurrences: Sequence[Occurrence]) -> Write:
    """Keep occurrences; one for the same point of the same definition is kept once."""
    rows = [occurrence.model_dump() for occurrence in occurrences]

    def write(connection: Connection) -> None:
        point = ("definition_id", "metric_id", "time")
        statement = upsert(connection.dialect.name, Occurrence, rows[0], key=point, keep=tuple(rows[0]))
        connection.execute(statement, rows)

    return write


Point = tuple[int, int, datetime]
"""Definition, metric and time."""


def removing(points: Collection[Point]) -> Write:
    """Forget the occurrences of points whose values were corrected."""

    def write(connection: Connection) -> None:
        for definition_id, metric_id, time in points:
            connection.execute(
                delete(Occurrence).where(
                    col(Occurrence.definition_id) == definition_id,
                    col(Occurrence.metric_id) == metric_id,
                    col(Occurrence.time) == time,
                )
            )

    return write
