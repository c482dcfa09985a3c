"""What a metric of one client came to, from its points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston.watch.detection.periods import DAILY
from houston.watch.naming_days import Readings, day_named, named_in
from houston.watch.performance import (
    By,
    Change,
    Figures,
    Row,
    Series,
    by_channel,
    by_days,
    covered_until,
    days_with_points,
    extremes,
    newest_times,
    paired,
    paired_by_name,
    total,
)
from houston.watch.profiles import by_hour, by_weekday
from houston.watch.span import Span, cut_off
from store.tables import Metric

UNDECLARED = "How to total {} is not declared, so the figure is a mean."
SUM_OF_LAST = "The total is the sum of each channel's last value."
NO_SIDES = "This ratio lacks the points of its numerator or denominator, so it cannot be worked out."

BEGINS_LATE = "There are no figures before {}, so {} is not whole."

LATE = timedelta(days=2)
"""Days without a point at the beginning of a longer period are told of."""

PERCENT = 100.0


@dataclass(frozen=True, kw_only=True)
class Performance:
    """`newest` is the time of the newest point there is, whatever the span."""

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
class Asked:
    span: Span
    against: Span | None
    by: By
    zone: ZoneInfo

    @property
    def reach(self) -> tuple[datetime, datetime]:
        """A day more on either side, where a daily point may be named by the date in UTC."""
        spans = [self.span, self.against] if self.against else [self.span]
        bounds = [one.bounds(self.zone) for one in spans]
        day = timedelta(days=1)
        return min(start for start, _ in bounds) - day, max(end for _, end in bounds) + day


def performed(
    metric: Metric, channel: str | None, series: Sequence[Series], asked: Asked, newest: datetime | None
) -> Performance:
    """`series` are those of the channels that count; `newest` is when their newest point is from."""
    start, end = asked.span.bounds(asked.zone)
    newest = _named(newest, series, asked.zone)
    covered = covered_until(series, newest) if newest else end
    now = [one.within(start, end) for one in series]
    before = _before(series, asked, covered)
    figures = _figures(metric.aggregate, now, before, asked)
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
        points=sum(len(readings) for one in now for readings in one.sides),
        newest=newest,
        remarks=(*_remarks(metric, now, figures, asked, unfinished), *_begun(now, before, asked)),
    )


def series_of(
    known: Sequence[Metric], metric: Metric, readings: Mapping[int, Readings], zone: ZoneInfo
) -> Series:
    """A metric's own points, or those of a ratio's two sides. A share in percent counts in hundredths."""

    def of(metrics: Iterable[Metric], times: float = 1.0) -> Readings:
        named = [named_in(readings.get(one.id or 0, ()), zone) for one in metrics]
        return sorted((at, value * times) for each in named for at, value in each)

    if metric.aggregate != "ratio":
        return Series(channel=metric.channel, values=of([metric]))
    return Series(
        channel=metric.channel,
        numerator=of(_side(known, metric, metric.numerator), PERCENT if metric.unit == "%" else 1.0),
        denominator=of(_side(known, metric, metric.denominator)),
    )


def sources_of(known: Sequence[Metric], metric: Metric) -> list[Metric]:
    """Whose points are read for this metric."""
    if metric.aggregate != "ratio":
        return [metric]
    return [*_side(known, metric, metric.numerator), *_side(known, metric, metric.denominator)]


def same(one: str, other: str) -> bool:
    """Names are the same whatever the case."""
    return one.casefold() == other.strip().casefold()


def moment(end: datetime) -> str:
    """`the end of Tue 17 Nov` for the end of a day, else `Tue 17 Nov, 14:00`."""
    if end.hour == end.minute == 0:
        end -= timedelta(days=1)
        return f"the end of {end:%a} {end.day} {end:%b}"
    return f"{end:%a} {end.day} {end:%b}, {end:%H:%M}"


def _named(newest: datetime | None, series: Sequence[Series], zone: ZoneInfo) -> datetime | None:
    """The newest point's time as its day is named here, where its series is of days."""
    if newest is None:
        return None
    times = newest_times(series)
    is_daily = len(times) < 2 or times[-1] - times[-2] >= DAILY
    return (day_named(newest, zone) if is_daily else newest).astimezone(UTC)


def _before(series: Sequence[Series], asked: Asked, covered: datetime) -> list[Series] | None:
    if asked.against is None:
        return None
    start, _ = asked.against.bounds(asked.zone)
    end = cut_off(asked.span, asked.against, covered, asked.zone)
    return [one.within(start, end) for one in series]


def _figures(aggregate: str, now: Sequence[Series], before: Sequence[Series] | None, asked: Asked) -> Figures:
    value = total(aggregate, now)
    change = Change.since(total(aggregate, before), value) if before is not None else None
    rows = _rows(aggregate, now, before, asked)
    return Figures(
        total=value,
        change=change,
        rows=rows,
        extremes=extremes(rows),
        days=days_with_points(now, asked.zone),
    )


def _rows(
    aggregate: str, now: Sequence[Series], before: Sequence[Series] | None, asked: Asked
) -> tuple[Row, ...]:
    if asked.by in ("total", "client"):
        return ()
    if asked.by == "channel":
        return by_channel(aggregate, now, before)
    rows = _timed(aggregate, now, asked.span, asked)
    if before is None or asked.against is None:
        return rows
    earlier = _timed(aggregate, before, asked.against, asked)
    return (paired_by_name if asked.by in ("weekday", "hour") else paired)(rows, earlier)


def _timed(aggregate: str, series: Sequence[Series], span: Span, asked: Asked) -> tuple[Row, ...]:
    if asked.by == "weekday":
        return by_weekday(aggregate, series, asked.zone)
    if asked.by == "hour":
        return by_hour(aggregate, series, asked.zone)
    return by_days(aggregate, series, span, asked.zone, by=asked.by)


def _remarks(
    metric: Metric, now: Sequence[Series], figures: Figures, asked: Asked, unfinished: datetime | None
) -> Iterable[str]:
    if not metric.aggregate:
        yield UNDECLARED.format(metric.name)
    if metric.aggregate == "last" and len(now) > 1:
        yield SUM_OF_LAST
    if metric.aggregate == "ratio" and figures.total is None:
        yield NO_SIDES
    if unfinished:
        reached = moment(unfinished.astimezone(asked.zone))
        compared = ", and are compared with as much of the other period" if asked.against else ""
        yield f"The figures go up to {reached}{compared}."


def _begun(now: Sequence[Series], before: Sequence[Series] | None, asked: Asked) -> Iterable[str]:
    """Where the first points of a period came days after its beginning."""
    spans = [(now, asked.span, "the period")]
    if before is not None and asked.against:
        spans.append((before, asked.against, "the other period"))
    for series, span, name in spans:
        times = sorted({at for one in series for readings in one.sides for at, _ in readings})
        start, _ = span.bounds(asked.zone)
        if times and times[0] - start >= max(LATE, 2 * _spacing(times)) and span.days > LATE.days:
            first = times[0].astimezone(asked.zone)
            yield BEGINS_LATE.format(f"{first:%a} {first.day} {first:%b %Y}", name)


def _spacing(times: Sequence[datetime]) -> timedelta:
    return (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else timedelta()


def _side(known: Sequence[Metric], ratio: Metric, name: str) -> list[Metric]:
    named = [one for one in known if same(one.name, name) and one.client_id == ratio.client_id]
    same_channel = [one for one in named if one.channel == ratio.channel]
    return same_channel or ([] if ratio.channel else named)
