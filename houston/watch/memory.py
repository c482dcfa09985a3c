"""A detector that remembers what it has read, so that a check costs only its new points."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from houston.watch.outliers.detector import Detector, Verdicts
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from store import Scope, UnitOfWork
from store.tables import Point

HISTORY = 10_000
"""Points that a detector learns from when it meets a series, at the most."""


@dataclass(kw_only=True)
class Memory:
    """One definition's view of one metric."""

    settings: Settings
    detector: Detector = field(init=False)
    read_to: datetime | None = None
    spacing: timedelta = timedelta(hours=1)

    def __post_init__(self) -> None:
        self.detector = Detector(self.settings)

    async def read(
        self, uow: UnitOfWork, scope: Scope, metric_id: int, now: datetime
    ) -> tuple[list[Point], Verdicts]:
        """Judge the points that arrived since the last reading."""
        points = await self._new_points(uow, scope, metric_id, now)
        series = Series.of((point.time, point.value) for point in points)
        verdicts = await asyncio.to_thread(self.detector.read, series)
        if points:
            self.read_to = points[-1].time
        if len(points) > 2:
            self.spacing = timedelta(seconds=float(np.median(np.diff(series.times.astype(np.int64)))))
        return points, verdicts

    async def _new_points(self, uow: UnitOfWork, scope: Scope, metric_id: int, now: datetime) -> list[Point]:
        if self.read_to is None:
            return await uow.points.last(scope=scope, metric_id=metric_id, until=now, limit=HISTORY)
        after = self.read_to + timedelta(seconds=1)
        until = now.astimezone(UTC) + timedelta(microseconds=1)
        return await uow.points.between(scope=scope, metric_ids=[metric_id], start=after, end=until)
