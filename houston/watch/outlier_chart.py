"""What the picture of an outlier shows: the series, the expected band, the deviation, the week before."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from houston import access
from houston.watch import captions
from houston.watch.chart import Band, Chart, Line, Points
from houston.watch.definition import settings_of
from houston.watch.figures import humanized, number
from houston.watch.last_week import WEEK, at, last_week
from houston.watch.memory import HISTORY
from houston.watch.outliers.detector import Detector
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from store import Store
from store.tables import Event, Point

MOST = 2000
"""Points in the picture: as many as it has columns."""


@dataclass(frozen=True, kw_only=True)
class OutlierChart:
    store: Store

    async def __call__(self, event: Event, zone: ZoneInfo) -> Chart | None:
        """None where the series is gone, or too young to draw, and for what only lacks data."""
        if "definition_id" not in event.payload:
            return None
        points = await self._points(event)
        if len(points) < 2:
            return None
        apart = captions.spacing(time for time, _ in points[-50:])
        shown_from = event.occurred_at - captions.stretch_for(apart)
        band = await asyncio.to_thread(_band, points, await self._settings(event))
        before = await self._before(event, shown_from - WEEK)
        return drawn(event, points, before, band, zone, apart)

    async def _points(self, event: Event) -> Points:
        async with self.store.read() as uow:
            return _pairs(
                await uow.points.last(
                    scope=access.everything(),
                    metric_id=event.payload["metric_id"],
                    until=event.occurred_at + timedelta(microseconds=1),
                    limit=HISTORY,
                )
            )

    async def _before(self, event: Event, start: datetime) -> Points:
        """From a week before the picture begins, also where the history that was learned is shorter."""
        async with self.store.read() as uow:
            return _pairs(
                await uow.points.between(
                    scope=access.everything(),
                    metric_ids=[event.payload["metric_id"]],
                    start=start,
                    end=event.occurred_at + timedelta(microseconds=1),
                )
            )

    async def _settings(self, event: Event) -> Settings | None:
        """None where the definition is gone: the usual ones."""
        async with self.store.read() as uow:
            definition = await uow.definitions.find(
                scope=access.everything(), id=event.payload["definition_id"]
            )
        return settings_of(definition) if definition else None


def _pairs(points: Sequence[Point]) -> Points:
    return tuple((point.time, point.value) for point in points)


def _band(points: Points, settings: Settings | None) -> Band:
    """CPU work. Where the detector knew nothing yet there is none."""
    verdicts = Detector(settings).read(Series.of(points))
    known = np.isfinite(verdicts.lower) & np.isfinite(verdicts.upper)
    return Band(
        points=tuple(
            (points[row][0], float(verdicts.lower[row]), float(verdicts.upper[row]))
            for row in np.flatnonzero(known)
        )
    )


def drawn(
    event: Event, points: Points, before: Points, band: Band, zone: ZoneInfo, apart: timedelta
) -> Chart:
    """`before` are the points from a week earlier on; `apart` the usual distance between two."""
    facts = event.payload
    name = humanized(facts["metric"]) + (f" · {facts['channel']}" if facts["channel"] else "")
    begin = event.occurred_at - captions.stretch_for(apart)
    seen = tuple(each for each in points if each[0] > begin)[-MOST:]
    seen = seen if len(seen) > 1 else points[-2:]
    compared = last_week(before, zone, shown_from=seen[0][0])
    shown_band = tuple(each for each in band.points if each[0] >= seen[0][0])
    stretch, a_week_ago = captions.shown(seen), at(compared, event.occurred_at, within=apart / 2)
    return Chart(
        title=name,
        subtitle=stretch,
        unit=facts["unit"],
        timezone=zone,
        lines=(Line(label=name, points=seen),),
        compared=compared,
        band=Band(points=shown_band) if shown_band else None,
        marks=((event.occurred_at, facts["value"]),),
        alt=f"{name}, {stretch}: {_said(event, zone, apart, a_week_ago)}",
    )


def _said(event: Event, zone: ZoneInfo, apart: timedelta, a_week_ago: float | None) -> str:
    """`$5,100 on Tue, Nov 3, 41 % under the usual 9.8–11.2 k; last week $10,200.`"""
    facts = event.payload
    when = captions.moment(event.occurred_at.astimezone(UTC), zone, apart)
    said = f"{number(facts['value'], facts['unit'])} on {when}"
    why = facts.get("brief") or facts.get("reason")
    said += f", {why}" if why else ""
    said += f"; last week {number(a_week_ago, facts['unit'])}" if a_week_ago is not None else ""
    return f"{said.rstrip('.')}."
