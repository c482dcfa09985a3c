from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Metric, Point

REMEMBERED = 20
"""Changes of a metric's past whose times it keeps."""

Readings = list[tuple[datetime, float]]
"""Time and value, oldest first."""


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

    async def readings(
        self, *, scope: Scope, metric_ids: Collection[int], until: datetime, limit: int
    ) -> dict[int, Readings]:
        """The newest `limit` points of each metric up to and with `until`, as bare pairs."""
        age = func.row_number().over(partition_by=col(Point.metric_id), order_by=col(Point.time).desc())
        newest = (
            select(Point.metric_id, Point.time, Point.value, age.label("age"))
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id))
            .where(col(Point.time) <= until)
            .subquery()
        )
        query = select(newest.c.metric_id, newest.c.time, newest.c.value).where(newest.c.age <= limit)
        query = query.order_by(newest.c.metric_id, newest.c.time)
        return _by_metric(await self._session.exec(query))

    async def later(
        self, *, scope: Scope, metric_ids: Collection[int], after: datetime, until: datetime
    ) -> dict[int, Readings]:
        """Those with after < time <= until, by metric, as bare pairs."""
        query = (
            select(Point.metric_id, Point.time, Point.value)
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id))
            .where(col(Point.time) > after, col(Point.time) <= until)
            .order_by(col(Point.metric_id), col(Point.time))
        )
        return _by_metric(await self._session.exec(query))

    async def within(
        self,
        *,
        scope: Scope,
        metric_ids: Collection[int],
        windows: Sequence[tuple[datetime, datetime]],
    ) -> dict[int, Readings]:
        """Those with start <= time < end of any of these windows, by metric, as bare pairs."""
        times = [and_(col(Point.time) >= start, col(Point.time) < end) for start, end in windows]
        query = (
            select(Point.metric_id, Point.time, Point.value)
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id), or_(*times))
            .order_by(col(Point.metric_id), col(Point.time))
        )
        return _by_metric(await self._session.exec(query))

    async def sums(
        self, *, scope: Scope, metric_ids: Collection[int], start: datetime, end: datetime
    ) -> dict[int, float]:
        """What the points with start <= time < end of each metric come to."""
        query = (
            select(Point.metric_id, func.sum(Point.value))
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id))
            .where(col(Point.time) >= start, col(Point.time) < end)
            .group_by(col(Point.metric_id))
        )
        return dict((await self._session.exec(query)).all())

    async def newest(self, *, scope: Scope, metric_ids: Collection[int]) -> dict[int, datetime]:
        """The time of each metric's last point."""
        query = (
            select(Point.metric_id, func.max(Point.time))
            .join(Metric, col(Metric.id) == col(Point.metric_id))
            .where(col(Point.metric_id).in_(metric_ids), scope.holds(Metric.client_id))
            .group_by(col(Point.metric_id))
        )
        return dict((await self._session.exec(query)).all())

    async def had_by(self, *, scope: Scope, metric_ids: Collection[int]) -> set[int]:
        """Which of these metrics have any."""
        own = select(Point.metric_id).where(col(Point.metric_id) == col(Metric.id)).exists()
        query = select(Metric.id).where(col(Metric.id).in_(metric_ids), scope.holds(Metric.client_id), own)
        return {id for id in await self._session.exec(query) if id is not None}

    async def put(self, *, points: Sequence[Point]) -> None:
        """Insert or correct; the same points twice change nothing. A metric whose past changes says so."""
        await self._note_changes(points)
        await self._upsert(Point, [point.model_dump() for point in points], key=("metric_id", "time"))

    async def _note_changes(self, points: Sequence[Point]) -> None:
        """Whoever writes points of the same metrics at the same time waits, so that none slips by."""
        query = select(Metric).where(col(Metric.id).in_({point.metric_id for point in points}))
        metrics = list(await self._session.exec(query.order_by(col(Metric.id)).with_for_update()))
        late = await self._late(points)
        if not late:
            return
        known = await self._known(late)
        changed: dict[int, datetime] = {}
        for point in late:
            if known.get((point.metric_id, point.time)) != point.value:
                earliest = changed.get(point.metric_id, point.time)
                changed[point.metric_id] = min(point.time, earliest)
        _mark(metrics, changed)

    async def _late(self, points: Sequence[Point]) -> list[Point]:
        """Those that are not later than all of their metric's."""
        query = (
            select(Point.metric_id, func.max(Point.time))
            .where(col(Point.metric_id).in_({point.metric_id for point in points}))
            .group_by(col(Point.metric_id))
        )
        newest = dict((await self._session.exec(query)).all())
        return [each for each in points if each.metric_id in newest and each.time <= newest[each.metric_id]]

    async def _known(self, points: Sequence[Point]) -> Mapping[tuple[int, datetime], float]:
        """What there is around these points."""
        query = select(Point.metric_id, Point.time, Point.value).where(
            col(Point.metric_id).in_({point.metric_id for point in points}),
            col(Point.time) >= min(point.time for point in points),
            col(Point.time) <= max(point.time for point in points),
        )
        return {(id, time): value for id, time, value in await self._session.exec(query)}


def _by_metric(rows: Iterable[tuple[int, datetime, float]]) -> dict[int, Readings]:
    found: dict[int, Readings] = {}
    for metric_id, time, value in rows:
        found.setdefault(metric_id, []).append((time, value))
    return found


def _mark(metrics: Sequence[Metric], changed: Mapping[int, datetime]) -> None:
    for metric in metrics:
        earliest = changed.get(metric.id or 0)
        if earliest:
            metric.revision += 1
            metric.revisions = [*metric.revisions, earliest.isoformat()][-REMEMBERED:]
