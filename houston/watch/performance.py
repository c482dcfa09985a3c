"""What a metric came to over a period: pure sums over points, in the asker's days."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from houston.watch.span import Span

By = Literal["total", "day", "week", "month", "weekday", "hour", "channel", "client"]
LAST_TIMES = 3
"""Enough to tell how far apart a series' points are."""

Readings = Sequence[tuple[datetime, float]]
"""Time and value, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """The points behind one channel's figures: its own, or those of a ratio's two sides."""

    channel: str
    values: Readings = ()
    numerator: Readings = ()
    denominator: Readings = ()

    @property
    def sides(self) -> tuple[Readings, Readings, Readings]:
        return self.values, self.numerator, self.denominator

    def within(self, start: datetime, end: datetime) -> "Series":
        return self.only(lambda at: start <= at < end)

    def only(self, wanted: Callable[[datetime], bool]) -> "Series":
        """The same with the points of these times."""
        values, numerator, denominator = (
            [(at, value) for at, value in readings if wanted(at)] for readings in self.sides
        )
        return Series(channel=self.channel, values=values, numerator=numerator, denominator=denominator)


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
    """A channel, a client, an ISO date, a weekday, or an hour such as `14:00`."""
    value: float | None
    share: float | None = None
    change: Change | None = None
    whole: float | None = None
    """Where `value` is an average: what it adds up to."""
    days: int | None = None
    """Where `value` is an average: over how many days."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    total: float | None
    rows: tuple[Row, ...] = ()
    change: Change | None = None
    extremes: tuple[Row, ...] = field(default=())
    """The highest and the lowest row, where there are several."""
    days: int = 0
    """On which there are points."""

    @property
    def average_per_day(self) -> float | None:
        """Of a sum."""
        return self.total / self.days if self.total is not None and self.days else None


def covered_until(series: Sequence[Series], newest: datetime) -> datetime:
    """The end of what the newest point stands for: the hour of an hourly one, the day of a daily one."""
    times = newest_times(series)
    return newest + (times[-1] - times[-2]) if len(times) > 1 else newest


def newest_times(series: Sequence[Series]) -> list[datetime]:
    """The times of the newest points of each side, oldest first. A side may hold several channels' points,
    and so several of one time."""
    return sorted({at for one in series for readings in one.sides for at in _last_times(readings)})


def _last_times(readings: Readings) -> list[datetime]:
    found: list[datetime] = []
    for at, _ in reversed(readings):
        if not found or at != found[-1]:
            found.append(at)
        if len(found) == LAST_TIMES:
            break
    return found


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
    aggregate: str, series: Sequence[Series], span: Span, zone: ZoneInfo, *, by: By = "day"
) -> tuple[Row, ...]:
    """A row a day, a week from Monday to Sunday, or a month; the first and the last may be cut short."""
    buckets: dict[date, list[date]] = {}
    for offset in range(span.days):
        day = span.start + timedelta(days=offset)
        buckets.setdefault(max(first_day(day, by), span.start), []).append(day)
    rows = []
    for start, days in buckets.items():
        bounds = Span(start=days[0], end=days[-1]).bounds(zone)
        rows.append(
            Row(name=start.isoformat(), value=total(aggregate, [one.within(*bounds) for one in series]))
        )
    return tuple(rows)


def first_day(day: date, by: By) -> date:
    """Of the week or the month that a day lies in."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def days_with_points(series: Sequence[Series], zone: ZoneInfo) -> int:
    times = {at for one in series for readings in one.sides for at, _ in readings}
    return len({at.astimezone(zone).date() for at in times})


def paired(rows: Sequence[Row], before: Sequence[Row]) -> tuple[Row, ...]:
    """Each row beside the one in the same place of the other period; nothing where they do not line up."""
    if len(rows) != len(before):
        return tuple(rows)
    return tuple(_with_change(row, earlier.value) for row, earlier in zip(rows, before, strict=True))


def paired_by_name(rows: Sequence[Row], before: Sequence[Row]) -> tuple[Row, ...]:
    """Each row beside the one of the same weekday or hour."""
    earlier = {row.name: row.value for row in before}
    return tuple(_with_change(row, earlier.get(row.name)) for row in rows)


def extremes(rows: Sequence[Row]) -> tuple[Row, ...]:
    valued: Mapping[float, Row] = {row.value: row for row in rows if row.value is not None}
    return (valued[max(valued)], valued[min(valued)]) if len(valued) > 1 else ()


def _channel_row(channel: str, value: float | None, whole: float | None) -> Row:
    share = value / whole * 100 if value is not None and whole else None
    return Row(name=channel, value=value, share=share)


def _with_change(row: Row, before: float | None) -> Row:
    return replace(row, change=Change.since(before, row.value))
