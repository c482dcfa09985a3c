from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Metric, Point


class Points(Repository):
    async def between(
        self, *, scope: Scope, metric_ids: Sequence[int], start: datetime, end: datetime
    ) -> list[Point]:
        """Points with start <= time < end, by metric and time."""
        query = (
            select(Point)
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(
                col(Point.metric_id).in_(metric_ids),
                scope.holds(Metric.client_id),
                col(Point.time) >= start,
                col(Point.time) < end,
            )
            .order_by(col(Point.metric_id), col(Point.time))
        )
        return list(await self._session.exec(query))

    async def last(self, *, scope: Scope, metric_id: int, until: datetime, limit: int) -> list[Point]:
        """The newest `limit` points up to and with `until`, oldest first."""
        query = (
            select(Point)
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(Point.metric_id == metric_id, scope.holds(Metric.client_id), col(Point.time) <= until)
            .order_by(col(Point.time).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))[::-1]

    async def newest(self, *, scope: Scope, metric_ids: Sequence[int]) -> dict[int, datetime]:
        """The time of each metric's last point."""
        query = (
            select(Point.metric_id, func.max(Point.time))
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id))
            .group_by(col(Point.metric_id))
        )
        return dict((await self._session.exec(query)).all())

    async def put(self, *, points: Sequence[Point]) -> None:
        """Insert or correct; the same points twice change nothing."""
        await self._upsert(Point, [point.model_dump() for point in points], key=("metric_id", "time"))
