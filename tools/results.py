"""How tools say where their figures come from, and round and shorten them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from houston.agent.tool import ToolContext, ToolError
from houston.watch.span import Span
from store.tables import Client

AGENCY = "the agency"
"""Whose that is which belongs to no client."""

NO_CLIENT = "No client is chosen. Call switch_client first, or ask which client is meant."


def source(
    ctx: ToolContext, *, rows: int, span: Span | None = None, freshness: datetime | None = None
) -> dict[str, Any]:
    """What the footer of the answer is made from."""
    client = ctx.client.name if ctx.client else None
    return {"client": client, **period(span), "rows": rows, "freshness": local(ctx, freshness)}


def period(span: Span | None) -> dict[str, Any]:
    return {"start": span.start, "end": span.end} if span else {}


def given_span(start: date, end: date, first: str = "start", last: str = "end") -> Span:
    """Raises ToolError for dates out of order."""
    if end < start:
        raise ToolError(f"{last} lies before {first}. Call again with the two dates in order.")
    return Span(start=start, end=end)


def optional_span(start: date | None, end: date | None, ctx: ToolContext) -> Span | None:
    """Open ends mean the beginning of records and today."""
    if start is None and end is None:
        return None
    return given_span(start or date(2000, 1, 1), end or max(ctx.today, start or ctx.today))


def bounds(span: Span | None, ctx: ToolContext) -> tuple[datetime | None, datetime | None]:
    return span.bounds(ctx.zone) if span else (None, None)


def the_client(ctx: ToolContext) -> int:
    """The conversation's client, or the only one there is for the asker. Raises ToolError."""
    if ctx.client_id is not None:
        return ctx.client_id
    seen = ctx.scope.client_ids
    if seen is not None and len(seen) == 1:
        return next(iter(seen))
    raise ToolError(NO_CLIENT)


def counted(total: int, shown: Sequence[Any]) -> dict[str, int]:
    """How many there are, and how many of them are not shown."""
    return {"count": total, "left_out": max(total - len(shown), 0)}


def row_id(text: str) -> int | None:
    """None for what is no id of a row."""
    digits = text.strip().removeprefix("#")
    return int(digits) if digits.isdecimal() and len(digits) <= 19 and int(digits) < 2**63 else None


def of_client(ctx: ToolContext, client_ids: Sequence[int | None]) -> dict[str, int]:
    """Where one client is chosen: how many there are that belong to no client, and so are not listed."""
    others = sum(id is None for id in client_ids)
    return {"of_the_agency": others} if ctx.client_id is not None and others else {}


def owner(client: Client | None) -> str:
    return client.name if client else AGENCY


def local(ctx: ToolContext, at: datetime | None) -> datetime | None:
    """To the second, in the asker's time zone."""
    return at.astimezone(ctx.zone).replace(microsecond=0) if at else None


def hours_since(ctx: ToolContext, at: datetime) -> float:
    return round((ctx.now - at).total_seconds() / 3600, 1)


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], ())}


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def rounded(value: float | None) -> float | None:
    """Cents from 1 on; four significant digits below."""
    if value is None:
        return None
    return round(value, 2) if abs(value) >= 1 else float(f"{value:.4g}")


def percent(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
