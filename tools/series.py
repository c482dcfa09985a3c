from datetime import date
from typing import Any, Literal

from houston.agent.tool import ToolContext, tool
from houston.watch.performance import Change
from houston.watch.stretches import Step, Stretch
from tools.results import given_span, local, percent, period, rounded, source, the_client

MOST = 60
NO_BAND = "What was expected is known only for single points of one channel that a definition watches."


@tool(label="Reading {metric}{client}{period}, point by point")
async def metric_series(
    ctx: ToolContext,
    metric: str,
    start: date,
    end: date,
    channel: str | None = None,
    every: Literal["auto", "raw", "hour", "day", "week", "month"] = "auto",
) -> dict[str, Any]:
    """Reads one metric of the current client as a series of points, with the expected value, the usual band
    and the outliers where it is watched. For totals and comparisons use channel_performance instead.

    Args:
        metric: The metric's exact name, from list_metrics.
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        channel: One marketing channel; leave out for all of them together (which have no band).
        every: How fine; "raw" are the points as they came in, "auto" the finest that is at most 60 rows.
    """
    span = given_span(start, end)
    found = await ctx.desk.stretches(
        ctx.scope,
        client_id=the_client(ctx),
        metric=metric,
        channel=channel,
        span=span,
        every=None if every == "auto" else every,
        zone=ctx.zone,
        most=MOST,
    )
    return {
        "metric": found.metric,
        "channel": found.channel or None,
        "unit": found.unit,
        "every": found.every,
        "totalled_by": found.aggregate,
        "period": period(span),
        "points": [_point(ctx, step) for step in found.steps],
        "count": len(found.steps),
        "outliers": found.outliers,
        "watched_by": found.watched_by or None,
        "summary": _summary(ctx, found),
        "remarks": _remarks(found),
        "source": source(ctx, rows=found.points, span=span, freshness=found.newest),
    }


def _point(ctx: ToolContext, step: Step) -> dict[str, Any]:
    shown: dict[str, Any] = {"time": local(ctx, step.time), "value": rounded(step.value)}
    if step.bounds:
        expected, lower, upper = step.bounds
        shown |= {"expected": rounded(expected), "usual": [rounded(lower), rounded(upper)]}
    return shown | {"is_outlier": True} if step.is_outlier else shown


def _summary(ctx: ToolContext, found: Stretch) -> dict[str, Any] | None:
    if not found.steps:
        return None
    first, last = found.steps[0], found.steps[-1]
    highest = max(found.steps, key=lambda step: step.value)
    lowest = min(found.steps, key=lambda step: step.value)
    change = Change.since(first.value, last.value)
    return {
        "first": rounded(first.value),
        "last": rounded(last.value),
        "difference": rounded(change.difference),
        "percent": percent(change.percent),
        "highest": {"time": local(ctx, highest.time), "value": rounded(highest.value)},
        "lowest": {"time": local(ctx, lowest.time), "value": rounded(lowest.value)},
    }


def _remarks(found: Stretch) -> list[str]:
    if not found.steps:
        return ["There are no points in this period."]
    return [NO_BAND] if found.watched_by and not any(step.bounds for step in found.steps) else []
