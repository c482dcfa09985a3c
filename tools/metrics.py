from datetime import date
from typing import Any

from houston.agent.tool import ToolContext, ToolError, tool
from houston.watch.metrics import MetricEntry, Performance
from houston.watch.performance import By, Change, Row
from houston.watch.span import CompareTo, Span
from tools.results import counted, given_span, percent, period, rounded, source, the_client

MOST_METRICS, MOST_CHANNELS = 60, 20

MOST_ROWS = 92
"""A quarter by day."""

COARSER: dict[str, By] = {"day": "week", "week": "month"}
DAYS = {"day": 1, "week": 7}


@tool(label="Looking up the metrics{client}", quiet=True)
async def list_metrics(ctx: ToolContext) -> dict[str, Any]:
    """Lists the metrics of the current client (of every visible client where none is chosen): name, marketing
    channels, unit, how it is totalled, and whether up is good. Use these exact names in other tools.
    What says can_be_watched: false is worked out from the metrics in ratio_of, which can be watched for
    outliers instead, or has no points yet.
    """
    entries = await ctx.desk.metrics.list(ctx.scope, client_id=ctx.client_id)
    clients = {client.id: client.name for client in await ctx.desk.clients.all(ctx.scope)}
    grouped: dict[str, list[MetricEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.name, []).append(entry)
    shown = [
        _entry(same, [] if ctx.client else [clients[each.client_id] for each in same])
        for same in list(grouped.values())[:MOST_METRICS]
    ]
    return {"metrics": shown, **counted(len(grouped), shown)}


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
    sum of its numerator over the sum of its denominator), its change against another period, and parts of
    it. For several metrics, call it once for each, all in the same step.

    Args:
        metric: The metric's exact name, from list_metrics.
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        channel: One marketing channel; leave out for all of them together.
        by: "total" for one figure; "day", "week", "month" or "channel" for a row each; "weekday" or "hour"
            for the average of each weekday or hour of the day; "client" for a row for every client.
        compare_to: What to compare with; "previous_period" is as many days (or whole months) just before.
        compare_start: First day of another period to compare with, instead of compare_to.
        compare_end: Last day of that other period.
    """
    span = given_span(start, end)
    if span.days > MOST_ROWS * DAYS.get(by, span.days):
        rows = -(-span.days // DAYS[by])
        raise ToolError(f'By {by} these would be {rows} rows. Call again with by="{COARSER[by]}".')
    against = _other(compare_start, compare_end) or compare_to
    if by == "client":
        found = await ctx.desk.metrics.by_client(
            ctx.scope, metric=metric, channel=channel, span=span, compare_to=against, zone=ctx.zone
        )
    else:
        found = await ctx.desk.metrics.performance(
            ctx.scope,
            client_id=the_client(ctx),
            metric=metric,
            channel=channel,
            span=span,
            by=by,
            compare_to=against,
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
        "rows": [_row(row, found.by) for row in figures.rows[:MOST_ROWS]],
        "remarks": found.remarks,
        "source": _source(ctx, found),
    }
    if found.aggregate == "sum" and figures.days > 1:
        result |= {"average_per_day": rounded(figures.average_per_day), "days": figures.days}
    if figures.change and found.against:
        result["compared_to"] = {
            **period(found.against),
            "total": rounded(figures.change.value),
            **_moved(figures.change),
        }
    if figures.extremes:
        result["highest"], result["lowest"] = (_row(row, found.by) for row in figures.extremes)
    return result


def _source(ctx: ToolContext, found: Performance) -> dict[str, Any]:
    """What is of all clients is not of the current one."""
    named = source(ctx, rows=found.points, span=found.span, freshness=found.newest)
    return named | {"client": None} if found.by == "client" else named


def _row(row: Row, by: By) -> dict[str, Any]:
    shown: dict[str, Any] = {by: row.name, "value": rounded(row.value)}
    if row.whole is not None:
        shown |= {"total": rounded(row.whole), "days": row.days}
    if row.share is not None:
        shown["share_percent"] = percent(row.share)
    if row.change is not None:
        shown |= {"compared_value": rounded(row.change.value), **_moved(row.change)}
    return shown


def _moved(change: Change) -> dict[str, Any]:
    return {"difference": rounded(change.difference), "percent": percent(change.percent)}


def _entry(same: list[MetricEntry], clients: list[str]) -> dict[str, Any]:
    """Of one name; where several clients have it, with the channels of all."""
    first, channels = same[0], dict.fromkeys(channel for each in same for channel in each.channels)
    shown: dict[str, Any] = {
        "name": first.name,
        "channels": list(channels)[:MOST_CHANNELS],
        "unit": first.unit,
        "totalled_by": first.aggregate,
        "good_direction": first.direction or "neither",
    }
    if first.ratio_of:
        shown["ratio_of"] = list(first.ratio_of)
    if not any(each.has_points for each in same):
        shown["can_be_watched"] = False
    return shown | {"clients": clients} if clients else shown


def _other(start: date | None, end: date | None) -> Span | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise ToolError("Give both compare_start and compare_end, or neither.")
    return given_span(start, end, "compare_start", "compare_end")
