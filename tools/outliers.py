from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from houston.watch.occurrences import OccurrenceSeen
from houston.watch.performance import Change
from tools.results import counted, given_span, local, percent, period, rounded, said, source

MOST = 500


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
    chosen. explain_outlier says what moved with one of them.

    Args:
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        metric: Only this metric, by its exact name.
        severity: Only this severity.
        limit: How many to list at most; `count` counts them all.
    """
    span = given_span(start, end)
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
    shown = [outlier(ctx, one) for one in found[:limit]]
    return {
        "period": period(span),
        **counted(len(found), shown),
        "by_severity": _by_severity(found),
        "outliers": shown,
        "source": source(ctx, rows=len(found), span=span),
    }


def outlier(ctx: ToolContext, seen: OccurrenceSeen) -> dict[str, Any]:
    """Whole, as tools show it."""
    change = Change.since(seen.expected, seen.value)
    shown = {
        "id": str(seen.id),
        "time": local(ctx, seen.time_in(ctx.zone)),
        "client": seen.client.name,
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
    return shown | said({"watched_by": seen.watched_by})


def _by_severity(found: list[OccurrenceSeen]) -> dict[str, int]:
    return {
        severity: count
        for severity in ("critical", "warning", "info")
        if (count := sum(each.severity == severity for each in found))
    }
