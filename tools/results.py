"""How tools say where their figures come from, and round them."""

from datetime import date, datetime
from typing import Any

from houston.agent.tool import ToolContext
from houston.watch.performance import Span


def source(
    ctx: ToolContext, *, rows: int, span: Span | None = None, freshness: datetime | None = None
) -> dict[str, Any]:
    """What the footer of the answer is made from."""
    client = ctx.client.name if ctx.client else None
    return {"client": client, **period(span), "rows": rows, "freshness": freshness}


def period(span: Span | None) -> dict[str, Any]:
    return {"start": span.start, "end": span.end} if span else {}


def optional_span(start: date | None, end: date | None, ctx: ToolContext) -> Span | None:
    """Open ends mean the beginning of records and today."""
    if start is None and end is None:
        return None
    return Span(start=start or date(2000, 1, 1), end=end or ctx.today)


def bounds(span: Span | None, ctx: ToolContext) -> tuple[datetime | None, datetime | None]:
    return span.bounds(ctx.zone) if span else (None, None)


def rounded(value: float | None) -> float | None:
    """Cents from 1 on; four significant digits below."""
    if value is None:
        return None
    return round(value, 2) if abs(value) >= 1 else float(f"{value:.4g}")


def percent(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
