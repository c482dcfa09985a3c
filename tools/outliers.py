from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, ToolError, tool
from houston.watch.occurrences import OccurrenceSeen
from houston.watch.performance import Change, Span
from tools.results import percent, period, rounded, source

MOST = 200


@tool(label="Looking for outliers{client}{period}")
async def outlier_occurrences(
    ctx: ToolContext,
    start: date,
    end: date,
    metric: str | None = None,
    severity: Literal["info", "warning", "critical"] | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 20,
) -> dict[str, Any]:
    """Lists what the outlier checks found in a period, the newest first: value, expected value, usual band,
    how far off in percent, severity and reason. Covers the current client, or all visible ones where none is
    chosen.

    Args:
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        metric: Only this metric, by its exact name.
        severity: Only this severity.
        limit: How many to list at most; `count` counts them all.
    """
    if end < start:
        raise ToolError("end lies before start. Call again with the two dates in order.")
    span = Span(start=start, end=end)
    first, last = span.bounds(ctx.zone)
    found = await ctx.desk.outliers.list(
        ctx.scope,
        client_id=ctx.client_id,
        start=first,
        end=last,
        metric=metric,
        severity=severity,
        limit=MOST,
    )
    return {
        "period": period(span),
        "count": len(found),
        "outliers": [_outlier(one) for one in found[:limit]],
        "source": source(ctx, rows=len(found), span=span),
    }


def _outlier(seen: OccurrenceSeen) -> dict[str, Any]:
    change = Change.since(seen.expected, seen.value)
    return {
        "time": seen.time,
        "client": seen.client.slug,
        "metric": seen.metric,
        "channel": seen.channel,
        "unit": seen.unit,
        "value": rounded(seen.value),
        "expected": rounded(seen.expected),
        "usual": [rounded(seen.lower), rounded(seen.upper)],
        "difference": rounded(change.difference),
        "percent": percent(change.percent),
        "severity": seen.severity,
        "reason": seen.reason,
    }
