"""The key metrics of one client: a day against the same day a week before."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from houston import currencies
from houston.notify.digests.digest import Figure
from houston.watch.metrics import MetricEntry, Metrics, Performance
from houston.watch.span import Span
from store import Scope

MOST = 4
"""Metrics of one client."""

DAYS = 14
"""In the picture: a week, and the one before."""


async def figures(
    metrics: Metrics, scope: Scope, client_id: int, day: date, zone: ZoneInfo, *, most: int = MOST
) -> tuple[Figure, ...]:
    """Those that have a value on that day or on the one that it is compared with."""
    entries = important(await metrics.list(scope, client_id=client_id))[:most]
    found = [await _figure(metrics, scope, entry, day, zone) for entry in entries]
    return tuple(each for each in found if each.value is not None or each.before is not None)


def important(entries: Sequence[MetricEntry]) -> list[MetricEntry]:
    """The key metrics; where none is marked, what can be added up, money first."""
    keys = [entry for entry in entries if entry.key]
    if keys:
        return keys
    sums = [entry for entry in entries if entry.aggregate == "sum"]
    return sorted(sums, key=lambda entry: (not currencies.code(entry.unit), entry.direction != "up"))


async def _figure(metrics: Metrics, scope: Scope, entry: MetricEntry, day: date, zone: ZoneInfo) -> Figure:
    async def performed(span: Span, compare_to: Span | None) -> Performance:
        return await metrics.performance(
            scope,
            client_id=entry.client_id,
            metric=entry.name,
            channel=None,
            span=span,
            by="day",
            compare_to=compare_to,
            zone=zone,
        )

    week_before = day - timedelta(days=7)
    there = await performed(Span(start=day, end=day), Span(start=week_before, end=week_before))
    fortnight = await performed(Span(start=day - timedelta(days=DAYS - 1), end=day), None)
    change = there.figures.change
    return Figure(
        name=entry.name,
        unit=entry.unit,
        direction=entry.direction,
        value=there.figures.total,
        before=change.value if change else None,
        percent=change.percent if change else None,
        days=tuple(row.value for row in fortnight.figures.rows),
    )
