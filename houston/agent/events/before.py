"""The points before an outlier, with the band that they were expected in."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from houston.agent.facts import Reading
from houston.watch.definition import settings_of
from houston.watch.expected import Bounds, bounds_of
from houston.watch.naming_days import Readings
from houston.watch.outliers.settings import Settings
from store import Scope, Store
from store.tables import Event

POINTS = 24
LEARNED = 400
"""Points that the band is learned from at the most: somebody waits. Of a longer series only the band of
the outlier itself is told, as it was announced."""

KEPT = 200
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Before:
    """Remembers the bands of the newest outliers that were asked about, as long as their points stay."""

    store: Store
    _bands: OrderedDict[int, tuple[Readings, Mapping[datetime, Bounds]]] = field(default_factory=OrderedDict)

    async def __call__(self, scope: Scope, event: Event) -> tuple[Reading, ...]:
        """The last points up to an outlier, the oldest first; none where its series is gone."""
        metric_id = event.payload.get("metric_id")
        if metric_id is None:
            return ()
        async with self.store.read() as uow:
            until = event.occurred_at + MOMENT
            points = await uow.points.last(scope=scope, metric_id=metric_id, until=until, limit=LEARNED)
            definition = await uow.definitions.find(scope=scope, id=event.payload.get("definition_id") or 0)
        found = [(point.time, point.value) for point in points]
        band = await self._band(event, found, settings_of(definition) if definition else Settings())
        return tuple(_reading(at, value, band.get(at)) for at, value in found[-POINTS:])

    async def _band(self, event: Event, points: Readings, settings: Settings) -> Mapping[datetime, Bounds]:
        announced = {event.occurred_at: _announced(event)}
        if len(points) >= LEARNED:
            return announced
        kept = self._bands.pop(event.id, None)
        if kept is None or kept[0] != points:
            kept = (points, await asyncio.to_thread(bounds_of, points, settings))
        self._bands[event.id] = kept
        while len(self._bands) > KEPT:
            self._bands.popitem(last=False)
        return {**kept[1], **announced}


def _announced(event: Event) -> Bounds:
    facts = event.payload
    return float(facts["expected"]), float(facts["lower"]), float(facts["upper"])


def _reading(at: datetime, value: float, bounds: Bounds | None) -> Reading:
    lower, upper = (bounds[1], bounds[2]) if bounds else (None, None)
    return Reading(time=at, value=value, lower=lower, upper=upper)
