"""The catalogue of metrics, and how they performed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.across import of_each, together
from houston.watch.choosing import chosen
from houston.watch.naming_days import Readings
from houston.watch.performance import By
from houston.watch.performing import Asked, Performance, performed, series_of, sources_of
from houston.watch.span import CompareTo, Span, compared_span
from store import Scope, Store, UnitOfWork
from store.tables import Metric

__all__ = ["MetricEntry", "Metrics", "Performance"]

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class MetricEntry:
    """One metric of one client, all of its channels together. `ratio_of`: of which two it is a ratio;
    `has_points`: of its own, in any channel, which is what can be watched for outliers."""

    name: str
    client_id: int
    channels: tuple[str, ...]
    unit: str
    aggregate: str
    direction: str
    key: bool
    has_points: bool
    ratio_of: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Metrics:
    store: Store

    async def list(self, scope: Scope, *, client_id: int | None) -> list[MetricEntry]:
        """Key metrics first, then by name."""
        async with self.store.read() as uow:
            metrics = await uow.metrics.all(scope=scope, client_id=client_id)
            ids = [metric.id or 0 for metric in metrics]
            with_points = await uow.points.had_by(scope=scope, metric_ids=ids)
        grouped: dict[tuple[int, str], list[Metric]] = {}
        for metric in metrics:
            grouped.setdefault((metric.client_id, metric.name), []).append(metric)
        entries = [_entry(each, with_points) for each in grouped.values()]
        return sorted(entries, key=lambda entry: (not entry.key, entry.name))

    async def performance(
        self,
        scope: Scope,
        *,
        client_id: int,
        metric: str,
        channel: str | None,
        span: Span,
        by: By,
        compare_to: CompareTo | Span | None,
        zone: ZoneInfo,
    ) -> Performance:
        """Raises NotFound, naming what there is, for an unknown metric or channel; Invalid for hours of
        what is kept by day."""
        asked = Asked(span=span, against=_against(span, compare_to), by=by, zone=zone)
        async with self.store.read() as uow:
            known = await uow.metrics.all(scope=scope, client_id=client_id)
            found = chosen(known, metric, channel, by)
            read = await _read(
                uow, scope, {one.id for each in found for one in sources_of(known, each)}, asked
            )
        return _performed(known, found, channel, read, asked)

    async def by_client(
        self,
        scope: Scope,
        *,
        metric: str,
        channel: str | None,
        span: Span,
        compare_to: CompareTo | Span | None,
        zone: ZoneInfo,
    ) -> Performance:
        """A row for each client in scope that has the metric. Raises NotFound where none has it."""
        asked = Asked(span=span, against=_against(span, compare_to), by="client", zone=zone)
        async with self.store.read() as uow:
            known = await uow.metrics.all(scope=scope)
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
            groups = of_each(known, clients, metric, channel)
            ids = {
                one.id for own, found in groups.values() for each in found for one in sources_of(own, each)
            }
            read = await _read(uow, scope, ids, asked)
        each_one = {
            client_id: _performed(own, found, channel, read, asked)
            for client_id, (own, found) in groups.items()
        }
        return together({clients[id].name: one for id, one in each_one.items()})


@dataclass(frozen=True, kw_only=True)
class _Read:
    points: Mapping[int, Readings]
    newest: Mapping[int, datetime]


async def _read(uow: UnitOfWork, scope: Scope, ids: Collection[int | None], asked: Asked) -> _Read:
    wanted = sorted(id for id in ids if id is not None)
    start, end = asked.reach
    return _Read(
        points=await uow.points.later(
            scope=scope, metric_ids=wanted, after=start - MOMENT, until=end - MOMENT
        ),
        newest=await uow.points.newest(scope=scope, metric_ids=wanted),
    )


def _ids(known: Sequence[Metric], found: Sequence[Metric]) -> set[int | None]:
    """Of those whose points are read."""
    return {one.id for each in found for one in sources_of(known, each)}


def _performed(
    known: Sequence[Metric], found: Sequence[Metric], channel: str | None, read: _Read, asked: Asked
) -> Performance:
    series = [series_of(known, one, read.points, asked.zone) for one in found]
    ids = _ids(known, found)
    newest = max((at for id, at in read.newest.items() if id in ids), default=None)
    return performed(found[0], channel, series, asked, newest)


def _against(span: Span, compare_to: CompareTo | Span | None) -> Span | None:
    return compared_span(span, compare_to) if isinstance(compare_to, str) else compare_to


def _entry(metrics: Sequence[Metric], with_points: Collection[int]) -> MetricEntry:
    first = metrics[0]
    return MetricEntry(
        name=first.name,
        client_id=first.client_id,
        channels=tuple(metric.channel for metric in metrics if metric.channel),
        unit=first.unit,
        aggregate=first.aggregate or "mean",
        direction=first.direction,
        key=any(metric.key for metric in metrics),
        ratio_of=(first.numerator, first.denominator) if first.aggregate == "ratio" else None,
        has_points=any(metric.id in with_points for metric in metrics),
    )
