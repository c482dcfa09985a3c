from datetime import date
from typing import Any, Literal

from houston.agent.tool import ToolContext, ToolError, tool
from houston.watch.metrics import Performance
from houston.watch.performance import By, Change, CompareTo, Row, Span
from tools.results import percent, period, rounded, source


@tool(label="Looking up the metrics{client}")
async def list_metrics(ctx: ToolContext) -> dict[str, Any]:
    """Lists the metrics of the current client (of every visible client where none is chosen): name, marketing
    channels, unit, how it is totalled, and whether up is good. Use these exact names in other tools.
    """
    entries = await ctx.desk.metrics.list(ctx.scope, client_id=ctx.client_id)
    metrics = {
        entry.name: {
            "name": entry.name,
            "channels": entry.channels,
            "unit": entry.unit,
            "totalled_by": entry.aggregate,
            "good_direction": entry.direction or "neither",
        }
        for entry in entries
    }
    return {"metrics": list(metrics.values())}


@tool(label="Reading {metric}{client}{period}")
async def channel_performance(
    ctx: ToolContext,
    metric: str,
    start: date,
    end: date,
    channel: str | None = None,
    by: By = "total",
    compare_to: CompareTo | None = None,
    compare_start: date | None = None,
    compare_end: date | None = None,
) -> dict[str, Any]:
    """Reads one metric of the current client over a period: its total (a ratio such as cost per click is the
    sum of its numerator over the sum of its denominator), and its change against another period.

    Args:
        metric: The metric's exact name, from list_metrics.
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        channel: One marketing channel; leave out for all of them together.
        by: "total" for one figure; "day", "week" or "channel" for a row each.
        compare_to: What to compare with; "previous_period" is as many days (or whole months) just before.
        compare_start: First day of another period to compare with, instead of compare_to.
        compare_end: Last day of that other period.
    """
    if ctx.client_id is None:
        raise ToolError("No client is chosen. Call switch_client first, or ask which client is meant.")
    found = await ctx.desk.metrics.performance(
        ctx.scope,
        client_id=ctx.client_id,
        metric=metric,
        channel=channel,
        span=_span(start, end, "start", "end"),
        by=by,
        compare_to=_other(compare_start, compare_end) or compare_to,
        zone=ctx.zone,
    )
    return _performance(ctx, found)


def _performance(ctx: ToolContext, found: Performance) -> dict[str, Any]:
    figures = found.figures
    result = {
        "metric": found.metric,
        "channel": found.channel,
        "unit": found.unit,
        "totalled_by": found.aggregate,
        "good_direction": found.direction or "neither",
        "period": period(found.span),
        "by": found.by,
        "total": rounded(figures.total),
        "rows": [_row(row, found.by) for row in figures.rows],
        "remarks": found.remarks,
        "source": source(ctx, rows=found.points, span=found.span, freshness=found.newest),
    }
    if figures.change and found.against:
        result["compared_to"] = {
            **period(found.against),
            "total": rounded(figures.change.value),
            **_moved(figures.change),
        }
    if figures.extremes:
        result["highest"], result["lowest"] = (_row(row, found.by) for row in figures.extremes)
    return result


def _row(row: Row, by: By) -> dict[str, Any]:
    shown: dict[str, Any] = {by: row.name, "value": rounded(row.value)}
    if row.share is not None:
        shown["share_percent"] = percent(row.share)
    if row.change is not None:
        shown |= {"compared_value": rounded(row.change.value), **_moved(row.change)}
    return shown


def _moved(change: Change) -> dict[str, Any]:
    return {"difference": rounded(change.difference), "percent": percent(change.percent)}


def _other(start: date | None, end: date | None) -> Span | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise ToolError("Give both compare_start and compare_end, or neither.")
    return _span(start, end, "compare_start", "compare_end")


def _span(start: date, end: date, first: Literal["start", "compare_start"], last: str) -> Span:
    if end < start:
        raise ToolError(f"{last} lies before {first}. Call again with the two dates in order.")
    return Span(start=start, end=end)
