"""From a question to the tool calls that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from houston.agent.facts import Facts
from houston.agent.patterns.catalogue import Catalogue
from houston.agent.patterns.period import Period
from houston.agent.patterns.query import MOST_METRICS, Query

LONGEST_BY_DAY = 31


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One tool call, before it has an id."""

    tool: str
    arguments: Mapping[str, Any]


def plan(query: Query, catalogue: Catalogue) -> tuple[Wanted, ...]:
    match query.intent:
        case "performance":
            return tuple(performance(query, metric) for metric in query.metrics)
        case "overview":
            return tuple(performance(query, metric) for metric in overview_metrics(query, catalogue))
        case "why":
            return why(query)
        case "outliers":
            return (outliers(query),)
        case "notes":
            return (notes(query),)
        case "customers":
            return (customers(query),)
        case "customer_count" | "new_customers":
            return (_wanted("customer_summary", period=query.period),)
    return ()


def performance(query: Query, metric: str) -> Wanted:
    assert query.period is not None
    against = query.against
    return _wanted(
        "channel_performance",
        period=query.period,
        metric=metric,
        channel=query.channels[0] if len(query.channels) == 1 else None,
        by=breakdown(query),
        compare_to=query.compare or (None if against or query.rank else "previous_period"),
        compare_start=against.start.isoformat() if against else None,
        compare_end=against.end.isoformat() if against else None,
    )


def breakdown(query: Query) -> str:
    """The finest rows that can still be read."""
    assert query.period is not None
    days = (query.period.end - query.period.start).days + 1
    if query.by in ("day", "time"):
        return "day" if days <= LONGEST_BY_DAY else "week"
    return query.by


def overview_metrics(query: Query, catalogue: Catalogue) -> tuple[str, ...]:
    channels = set(query.channels)
    known = [metric.name for metric in catalogue.metrics if not channels or channels & set(metric.channels)]
    return tuple(known[:MOST_METRICS])


def why(query: Query) -> tuple[Wanted, ...]:
    """What was noticed, how the days ran, and which channels moved."""
    by_channel = [performance(replace(query, by="channel", channels=()), metric) for metric in query.metrics]
    week = replace(query, by="day", rank=None, period=_at_least_a_week(query.period))
    by_day = [performance(week, metric) for metric in query.metrics]
    return (outliers(query), *by_channel, *by_day)


def _at_least_a_week(period: Period | None) -> Period | None:
    if period is None or (period.end - period.start).days >= 6:
        return period
    return Period(start=period.end - timedelta(days=6), end=period.end)


def drilled(query: Query, found: Mapping[str, Any], facts: Facts) -> Query:
    """Where no metric was named: the newest outlier's."""
    listed = found.get("outliers") or ()
    if not listed:
        return replace(query, intent="outliers")
    newest = listed[0]
    day = datetime.fromisoformat(newest["time"]).astimezone(facts.zone).date()
    return replace(query, metrics=(newest["metric"],), period=Period.around(day, facts.today))


def outliers(query: Query) -> Wanted:
    metric = query.metrics[0] if len(query.metrics) == 1 else None
    return _wanted(
        "outlier_occurrences", period=query.period, metric=metric, severity=query.severity, limit=query.limit
    )


def notes(query: Query) -> Wanted:
    return _wanted(
        "notes", period=query.period, status=query.status, query=query.search or None, limit=query.limit
    )


def customers(query: Query) -> Wanted:
    return _wanted(
        "customers",
        query=query.search or None,
        segment=query.segment,
        order_by=query.order_by,
        limit=query.limit,
    )


def _wanted(tool: str, *, period: Period | None = None, **arguments: Any) -> Wanted:
    dates = {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else {}
    given = {name: value for name, value in arguments.items() if value is not None}
    return Wanted(tool=tool, arguments={**given, **dates})
