"""What the picture of an outlier shows: the series, the expected band, the deviation."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from houston import access
from houston.watch.chart import Band, Chart, Line
from houston.watch.definitions import settings_of
from houston.watch.memory import HISTORY
from houston.watch.outliers.detector import Detector, Verdicts
from houston.watch.outliers.numbers import readable
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from store import Store
from store.tables import Event, Point

SHOWN = 120
"""Points in the picture: readable on a phone, with a week of context on hourly series."""


@dataclass(frozen=True, kw_only=True)
class OutlierChart:
    store: Store

    async def __call__(self, event: Event, zone: ZoneInfo) -> Chart | None:
        """None where the series is gone, or too young to draw."""
        points = await self._points(event)
        if len(points) < 2:
            return None
        series = Series.of((point.time, point.value) for point in points)
        detector = Detector(await self._settings(event))
        verdicts = await asyncio.to_thread(detector.read, series)
        return _chart(event, points[-SHOWN:], verdicts, zone)

    async def _points(self, event: Event) -> list[Point]:
        async with self.store.read() as uow:
            return await uow.points.last(
                scope=access.everything(),
                metric_id=event.payload["metric_id"],
                until=event.occurred_at + timedelta(microseconds=1),
                limit=HISTORY,
            )

    async def _settings(self, event: Event) -> Settings | None:
        """None where the definition is gone: the usual ones."""
        async with self.store.read() as uow:
            definition = await uow.definitions.find(
                scope=access.everything(), id=event.payload["definition_id"]
            )
        return settings_of(definition) if definition else None


def _chart(event: Event, points: list[Point], verdicts: Verdicts, zone: ZoneInfo) -> Chart:
    facts = event.payload
    name = f"{facts['metric']} · {facts['channel']}" if facts["channel"] else facts["metric"]
    lower, upper = verdicts.lower[-len(points) :], verdicts.upper[-len(points) :]
    known = np.isfinite(lower) & np.isfinite(upper)
    band = tuple(
        (point.time, float(low), float(high))
        for point, low, high, there in zip(points, lower, upper, known, strict=True)
        if there
    )
    return Chart(
        title=name,
        unit=facts["unit"],
        timezone=zone,
        lines=(Line(label=name, points=tuple((point.time, point.value) for point in points)),),
        band=Band(points=band) if band else None,
        marks=((event.occurred_at, facts["value"]),),
        alt=(
            f"{name}: {readable(facts['value'])} at the end, where "
            f"{readable(facts['lower'])} to {readable(facts['upper'])} was expected"
        ),
    )
