"""The catalogue of metrics, and how they performed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston.errors import NotFound
from houston.watch.performance import (
    By,
    Change,
    CompareTo,
    Figures,
    Readings,
    Row,
    Series,
    Span,
    by_channel,
    by_days,
    compared_span,
    covered_until,
    cut_off,
    extremes,
    paired,
    total,
)
from store import Scope, Store
from store.tables import Metric

UNDECLARED = "How to total {} is not declared, so the figure is a mean."
SUM_OF_LAST = "The total is the sum of each channel's last value."
NO_SIDES = "This ratio lacks the points of its numerator or denominator, so it cannot be worked out."


@dataclass(frozen=True, kw_only=True)
class MetricEntry:
    """One metric of one client, all of its channels together."""

    name: str
    client_id: int
    channels: tuple[str, ...]
    unit: str
    aggregate: str
    direction: str
    key: bool


@dataclass(frozen=True, kw_only=True)
class Performance:
    metric: str
    channel: str | None
    unit: str
    aggregate: str
    direction: str
    by: By
    span: Span
    against: Span | None
    figures: Figures
    points: int
    newest: datetime | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Metrics:
    store: Store

    async def list(self, scope: Scope, *, client_id: int | None) -> list[MetricEntry]:
        """Key metrics first, then by name."""
        async with self.store.read() as uow:
            metrics = await uow.metrics.all(scope=scope, client_id=client_id)
        grouped: dict[tuple[int, str], list[Metric]] = {}
        for metric in metrics:
            grouped.setdefault((metric.client_id, metric.name), []).append(metric)
        return sorted(map(_entry, grouped.values()), key=lambda entry: (not entry.key, entry.name))

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
        """Raises NotFound, naming what there is, for an unknown metric or channel."""
        against = compared_span(span, compare_to) if isinstance(compare_to, str) else compare_to
        async with self.store.read() as uow:
            known = await uow.metrics.all(scope=scope, client_id=client_id)
            chosen = _chosen(known, metric, channel, by)
            wanted = sorted(
                {one.id for name in chosen for one in _sources(known, name) if one.id is not None}
            )
            newest = await uow.points.newest(scope=scope, metric_ids=wanted)
            start, end = _reach(span, against, zone)
            points = await uow.points.between(scope=scope, metric_ids=wanted, start=start, end=end)
        readings: dict[int, list[tuple[datetime, float]]] = {id: [] for id in wanted}
        for point in points:
            readings[point.metric_id].append((point.time, point.value))
        series = [_series(known, one, readings) for one in chosen]
        asked = _Asked(span=span, against=against, by=by, zone=zone)
        return _performance(chosen[0], channel, series, asked, max(newest.values(), default=None))


@dataclass(frozen=True, kw_only=True)
class _Asked:
    span: Span
    against: Span | None
    by: By
    zone: ZoneInfo


def _performance(
    metric: Metric, channel: str | None, series: Sequence[Series], asked: _Asked, newest: datetime | None
) -> Performance:
    start, end = asked.span.bounds(asked.zone)
    covered = covered_until(series, newest) if newest else end
    now = [one.within(start, end) for one in series]
    figures = _figures(metric.aggregate, now, _before(series, asked, covered), asked)
    unfinished = covered if newest and start <= newest and covered < end else None
    return Performance(
        metric=metric.name,
        channel=channel and metric.channel,
        unit=metric.unit,
        aggregate=metric.aggregate or "mean",
        direction=metric.direction,
        by=asked.by,
        span=asked.span,
        against=asked.against,
        figures=figures,
        points=sum(len(one.values) + len(one.numerator) + len(one.denominator) for one in now),
        newest=newest,
        remarks=tuple(_remarks(metric, now, figures, asked, unfinished)),
    )


def _before(series: Sequence[Series], asked: _Asked, covered: datetime) -> list[Series] | None:
    if asked.against is None:
        return None
    start, _ = asked.against.bounds(asked.zone)
    end = cut_off(asked.span, asked.against, covered, asked.zone)
    return [one.within(start, end) for one in series]


def _figures(
    aggregate: str, now: Sequence[Series], before: Sequence[Series] | None, asked: _Asked
) -> Figures:
    value = total(aggregate, now)
    change = Change.since(total(aggregate, before), value) if before is not None else None
    rows = _rows(aggregate, now, before, asked)
    return Figures(total=value, change=change, rows=rows, extremes=extremes(rows))


def _rows(
    aggregate: str, now: Sequence[Series], before: Sequence[Series] | None, asked: _Asked
) -> tuple[Row, ...]:
    if asked.by == "total":
        return ()
    if asked.by == "channel":
        return by_channel(aggregate, now, before)
    rows = by_days(aggregate, now, asked.span, asked.zone, weekly=asked.by == "week")
    if before is None or asked.against is None:
        return rows
    return paired(rows, by_days(aggregate, before, asked.against, asked.zone, weekly=asked.by == "week"))


def _remarks(
    metric: Metric, now: Sequence[Series], figures: Figures, asked: _Asked, unfinished: datetime | None
) -> Iterable[str]:
    if not metric.aggregate:
        yield UNDECLARED.format(metric.name)
    if metric.aggregate == "last" and len(now) > 1:
        yield SUM_OF_LAST
    if metric.aggregate == "ratio" and figures.total is None:
        yield NO_SIDES
    if unfinished:
        reached = _moment(unfinished.astimezone(asked.zone))
        compared = ", and are compared with as much of the other period" if asked.against else ""
        yield f"The figures go up to {reached}{compared}."


def _moment(end: datetime) -> str:
    """`Tue 17 Nov` for the end of a day, else with the time."""
    if end.hour == end.minute == 0:
        end -= timedelta(days=1)
        return f"the end of {end:%a} {end.day} {end:%b}"
    return f"{end:%a} {end.day} {end:%b}, {end:%H:%M}"


def _chosen(known: Sequence[Metric], name: str, channel: str | None, by: By) -> list[Metric]:
    """The rows that make up the answer: one channel, the total's own row, or every channel."""
    named = [metric for metric in known if _same(metric.name, name)]
    if not named:
        names = ", ".join(dict.fromkeys(metric.name for metric in known)) or "none yet"
        raise NotFound(f"There is no metric “{name}” for this client. Its metrics: {names}.")
    if channel is not None:
        found = [metric for metric in named if _same(metric.channel, channel)]
        if not found:
            channels = ", ".join(metric.channel for metric in named if metric.channel) or "none"
            raise NotFound(f"{named[0].name} has no channel “{channel}”. Its channels: {channels}.")
        return found
    channels_only = [metric for metric in named if metric.channel]
    if by == "channel":
        return channels_only or named
    return [metric for metric in named if not metric.channel] or channels_only


def _sources(known: Sequence[Metric], metric: Metric) -> list[Metric]:
    """Whose points are read for this metric."""
    if metric.aggregate != "ratio":
        return [metric]
    return [*_side(known, metric, metric.numerator), *_side(known, metric, metric.denominator)]


def _side(known: Sequence[Metric], ratio: Metric, name: str) -> list[Metric]:
    named = [one for one in known if _same(one.name, name) and one.client_id == ratio.client_id]
    same_channel = [one for one in named if one.channel == ratio.channel]
    return same_channel or ([] if ratio.channel else named)


def _series(
    known: Sequence[Metric], metric: Metric, readings: dict[int, list[tuple[datetime, float]]]
) -> Series:
    def of(metrics: Iterable[Metric]) -> Readings:
        return sorted(reading for one in metrics for reading in readings[one.id or 0])

    if metric.aggregate != "ratio":
        return Series(channel=metric.channel, values=of([metric]))
    return Series(
        channel=metric.channel,
        numerator=of(_side(known, metric, metric.numerator)),
        denominator=of(_side(known, metric, metric.denominator)),
    )


def _reach(span: Span, against: Span | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    spans = [span, against] if against else [span]
    bounds = [one.bounds(zone) for one in spans]
    return min(start for start, _ in bounds), max(end for _, end in bounds)


def _entry(metrics: Sequence[Metric]) -> MetricEntry:
    first = metrics[0]
    return MetricEntry(
        name=first.name,
        client_id=first.client_id,
        channels=tuple(metric.channel for metric in metrics if metric.channel),
        unit=first.unit,
        aggregate=first.aggregate or "mean",
        direction=first.direction,
        key=any(metric.key for metric in metrics),
    )


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.strip().casefold()
