"""A metric over a stretch of time, row by row, with what was expected of it where it is watched."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from houston.errors import Invalid
from houston.watch.buckets import FINEST_FIRST, Every, begin, bucketed, count
from houston.watch.choosing import chosen
from houston.watch.definition import settings_of
from houston.watch.detection.periods import DAILY
from houston.watch.expected import LEARNED, Bounds, are_points, bounds_of, watching
from houston.watch.naming_days import Readings, day_named, named_in
from houston.watch.performance import Series
from houston.watch.performing import Asked, series_of, sources_of
from houston.watch.span import Span
from store import Scope, Store, UnitOfWork
from store.tables import Metric, OutlierDefinition

MOST_OCCURRENCES = 1_000
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row. `bounds` only where the row is one point of a series that is watched."""

    time: datetime
    value: float
    bounds: Bounds | None = None
    is_outlier: bool = False


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """`outliers` were found in it; `points` were read for it; `newest` is the last there is."""

    metric: str
    channel: str
    unit: str
    aggregate: str
    every: Every
    steps: Sequence[Step]
    outliers: int
    watched_by: str
    points: int
    newest: datetime | None


@dataclass(frozen=True, kw_only=True)
class Stretches:
    store: Store

    async def __call__(
        self,
        scope: Scope,
        *,
        client_id: int,
        metric: str,
        channel: str | None,
        span: Span,
        every: Every | None,
        zone: ZoneInfo,
        most: int,
        with_bounds: bool = True,
    ) -> Stretch:
        """At most so many rows; where `every` is open, as fine as that allows. Raises NotFound for an unknown
        metric or channel, Invalid where the rows are too many."""
        asked = Asked(span=span, against=None, by="total", zone=zone)
        async with self.store.read() as uow:
            known = await uow.metrics.all(scope=scope, client_id=client_id)
            found = chosen(known, metric, channel, "total")
            read = await _read(uow, scope, known, found, asked, with_bounds=with_bounds)
        return await _stretch(found, read, asked, every, most)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """`learned` are the points of what is watched, up to the end of the span."""

    series: Sequence[Series]
    learned: Readings
    broken: Sequence[datetime]
    watched_by: OutlierDefinition | None
    newest: datetime | None


async def _read(
    uow: UnitOfWork,
    scope: Scope,
    known: Sequence[Metric],
    found: Sequence[Metric],
    asked: Asked,
    *,
    with_bounds: bool,
) -> _Read:
    ids = [one.id for each in found for one in sources_of(known, each) if one.id is not None]
    own = [each.id for each in found if each.id is not None]
    (start, end), (first, after) = asked.reach, asked.span.bounds(asked.zone)
    points = await uow.points.later(scope=scope, metric_ids=ids, after=start - MOMENT, until=end - MOMENT)
    newest = await uow.points.newest(scope=scope, metric_ids=ids)
    watched_by = watching(await uow.definitions.all(scope=scope), found)
    learned = (
        await uow.points.readings(scope=scope, metric_ids=own, until=end - MOMENT, limit=LEARNED)
        if with_bounds and watched_by and len(found) == 1 and found[0].aggregate != "ratio"
        else {}
    )
    occurrences = await uow.occurrences.of_metrics(
        scope=scope, metric_ids=own, start=start, end=end, limit=MOST_OCCURRENCES
    )
    is_daily = any(_is_daily(points.get(id, ())) for id in ids)
    times = {day_named(each.time, asked.zone) if is_daily else each.time for each in occurrences}
    return _Read(
        series=[series_of(known, one, points, asked.zone).within(first, after) for one in found],
        learned=[each for each in named_in(learned.get(own[0], ()), asked.zone) if each[0] < after],
        broken=sorted(at for at in times if first <= at < after),
        watched_by=watched_by,
        newest=max(newest.values(), default=None),
    )


async def _stretch(
    found: Sequence[Metric], read: _Read, asked: Asked, wanted: Every | None, most: int
) -> Stretch:
    every = _fitting(read.series, wanted, asked.zone, most)
    since, _ = asked.span.bounds(asked.zone)
    rows = bucketed(found[0].aggregate, read.series, every, asked.zone, since=since)
    bounds: Mapping[datetime, Bounds] = {}
    if read.watched_by and read.learned and are_points([at for at, _ in rows], read.learned):
        bounds = await asyncio.to_thread(bounds_of, read.learned, settings_of(read.watched_by))
    broken = {max(begin(at, every, asked.zone), since) for at in read.broken}
    return Stretch(
        metric=found[0].name,
        channel=found[0].channel if len(found) == 1 else "",
        unit=found[0].unit,
        aggregate=found[0].aggregate or "mean",
        every=every,
        steps=[
            Step(time=at, value=value, bounds=bounds.get(at), is_outlier=at in broken) for at, value in rows
        ],
        outliers=len(read.broken),
        watched_by=read.watched_by.name if read.watched_by else "",
        points=sum(len(each) for one in read.series for each in one.sides),
        newest=read.newest,
    )


def _fitting(series: Sequence[Series], wanted: Every | None, zone: ZoneInfo, most: int) -> Every:
    """What was wanted, else the finest of which there are few enough rows. Raises Invalid."""
    fitting = [every for every in FINEST_FIRST if count(series, every, zone) <= most]
    if not fitting:
        raise Invalid("end", "The period is too long. Ask for a shorter one.")
    if wanted is not None and wanted not in fitting:
        rows = count(series, wanted, zone)
        raise Invalid(
            "every",
            f"By {wanted} these are {rows:,} rows, and at most {most} can be read. "
            f"Ask for every={fitting[0]}, or for a shorter period.",
        )
    return wanted or fitting[0]


def _is_daily(readings: Readings) -> bool:
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(readings)]
    return bool(gaps) and min(gaps) >= DAILY
