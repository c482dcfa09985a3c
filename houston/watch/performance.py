"""What a metric came to over a period: pure sums over points, in the asker's days."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

By = Literal["total", "day", "week", "channel"]
CompareTo = Literal[
    "previous_period", "same_period_last_week", "same_period_last_month", "same_period_last_year"
]
Readings = Sequence[tuple[datetime, float]]
"""Time and value, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Whole days in one time zone, the last one included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment in it, and the first one after it."""
        return _midnight(self.start, zone), _midnight(self.end + timedelta(days=1), zone)


@dataclass(frozen=True, kw_only=True)
class Series:
    """The points behind one channel's figures: its own, or those of a ratio's two sides."""

    channel: str
    values: Readings = ()
    numerator: Readings = ()
    denominator: Readings = ()

    def within(self, start: datetime, end: datetime) -> "Series":
        def cut(readings: Readings) -> Readings:
            return [(at, value) for at, value in readings if start <= at < end]

        return Series(
            channel=self.channel,
            values=cut(self.values),
            numerator=cut(self.numerator),
            denominator=cut(self.denominator),
        )


@dataclass(frozen=True, kw_only=True)
class Change:
    value: float | None
    """What it is compared with."""
    difference: float | None = None
    percent: float | None = None

    @classmethod
    def since(cls, before: float | None, now: float | None) -> "Change":
        if before is None or now is None:
            return cls(value=before)
        percent = (now - before) / abs(before) * 100 if before else None
        return cls(value=before, difference=now - before, percent=percent)


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str
    """A channel, or an ISO date."""
    value: float | None
    share: float | None = None
    change: Change | None = None


@dataclass(frozen=True, kw_only=True)
class Figures:
    total: float | None
    rows: tuple[Row, ...] = ()
    change: Change | None = None
    extremes: tuple[Row, ...] = field(default=())
    """The highest and the lowest row, where there are several."""


def compared_span(span: Span, to: CompareTo) -> Span:
    match to:
        case "same_period_last_week":
            return Span(start=span.start - timedelta(days=7), end=span.end - timedelta(days=7))
        case "same_period_last_month":
            return Span(start=_months_on(span.start, -1), end=_months_on(span.end, -1))
        case "same_period_last_year":
            return Span(start=_months_on(span.start, -12), end=_months_on(span.end, -12))
        case "previous_period":
            return _before(span)


def covered_until(series: Sequence[Series], newest: datetime) -> datetime:
    """The end of what the newest point stands for: the hour of an hourly one, the day of a daily one."""
    times = sorted(
        {
            at
            for one in series
            for readings in (one.values, one.numerator, one.denominator)
            for at, _ in readings[-2:]
        }
    )
    return newest + (times[-1] - times[-2]) if len(times) > 1 else newest


def cut_off(span: Span, against: Span, covered: datetime, zone: ZoneInfo) -> datetime:
    """As far into `against` as the points reach into `span`, so that like is held against like."""
    start, end = against.bounds(zone)
    if covered >= span.bounds(zone)[1]:
        return end
    elapsed = covered.astimezone(zone).replace(tzinfo=None) - datetime.combine(span.start, time())
    reached = (datetime.combine(against.start, time()) + elapsed).replace(tzinfo=zone)
    return max(start, min(end, reached.astimezone(UTC)))


def total(aggregate: str, series: Sequence[Series]) -> float | None:
    """Over all channels. A ratio is the sum of its numerators over the sum of its denominators."""
    if aggregate == "ratio":
        denominator = math.fsum(value for one in series for _, value in one.denominator)
        numerator = math.fsum(value for one in series for _, value in one.numerator)
        return numerator / denominator if denominator else None
    values = [value for one in series for _, value in one.values]
    if not values:
        return None
    if aggregate == "sum":
        return math.fsum(values)
    if aggregate == "last":
        return math.fsum(one.values[-1][1] for one in series if one.values)
    return math.fsum(values) / len(values)


def by_channel(aggregate: str, now: Sequence[Series], before: Sequence[Series] | None) -> tuple[Row, ...]:
    whole = total(aggregate, now) if aggregate == "sum" else None
    earlier = {one.channel: total(aggregate, [one]) for one in before or ()}
    rows = [_channel_row(one.channel, total(aggregate, [one]), whole) for one in now]
    if before is not None:
        rows = [_with_change(row, earlier.get(row.name)) for row in rows]
    return tuple(sorted(rows, key=lambda row: (row.value is None, -(row.value or 0.0))))


def by_days(
    aggregate: str,
    series: Sequence[Series],
    span: Span,
    zone: ZoneInfo,
    *,
    weekly: bool = False,
) -> tuple[Row, ...]:
    """A row a day, or a week from Monday to Sunday."""
    buckets: dict[date, list[date]] = {}
    for offset in range(span.days):
        day = span.start + timedelta(days=offset)
        first = day - timedelta(days=day.weekday()) if weekly else day
        buckets.setdefault(max(first, span.start), []).append(day)
    rows = []
    for start, days in buckets.items():
        bounds = Span(start=days[0], end=days[-1]).bounds(zone)
        rows.append(
            Row(name=start.isoformat(), value=total(aggregate, [one.within(*bounds) for one in series]))
        )
    return tuple(rows)


def paired(rows: Sequence[Row], before: Sequence[Row]) -> tuple[Row, ...]:
    """Each row beside the one in the same place of the other period; nothing where they do not line up."""
    if len(rows) != len(before):
        return tuple(rows)
    return tuple(_with_change(row, earlier.value) for row, earlier in zip(rows, before, strict=True))


def extremes(rows: Sequence[Row]) -> tuple[Row, ...]:
    valued: Mapping[float, Row] = {row.value: row for row in rows if row.value is not None}
    return (valued[max(valued)], valued[min(valued)]) if len(valued) > 1 else ()


def _channel_row(channel: str, value: float | None, whole: float | None) -> Row:
    share = value / whole * 100 if value is not None and whole else None
    return Row(name=channel, value=value, share=share)


def _with_change(row: Row, before: float | None) -> Row:
    return Row(name=row.name, value=row.value, share=row.share, change=Change.since(before, row.value))


def _before(span: Span) -> Span:
    """The same number of days before it; for whole months, as many whole months."""
    next_day = span.end + timedelta(days=1)
    if span.start.day == 1 and next_day.day == 1:
        months = (next_day.year - span.start.year) * 12 + next_day.month - span.start.month
        return Span(start=_months_on(span.start, -months), end=span.start - timedelta(days=1))
    return Span(start=span.start - timedelta(days=span.days), end=span.start - timedelta(days=1))


def _months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
