from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from houston.records.customers import Segment
from store.tables import Customer
from tools.results import bounds, optional_span, period, rounded, source


@tool(label="Looking up customers{client}")
async def customers(
    ctx: ToolContext,
    query: str | None = None,
    segment: str | None = None,
    order_by: Literal["revenue", "orders", "created_at"] = "revenue",
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Lists customers with their lifetime orders and revenue, the highest (or newest) first.

    Args:
        query: Part of a name, e-mail address or customer id.
        segment: Only this segment, by its exact name from customer_summary.
        order_by: What to sort by.
        limit: How many to list at most.
    """
    found = await ctx.desk.customers.search(
        ctx.scope, client_id=ctx.client_id, query=query, segment=segment, order_by=order_by, limit=limit
    )
    return {"customers": [_customer(one) for one in found], "source": source(ctx, rows=len(found))}


@tool(label="Counting customers{client}{period}")
async def customer_summary(
    ctx: ToolContext, start: date | None = None, end: date | None = None
) -> dict[str, Any]:
    """Counts all customers, those who were new in a period, and each segment's customers, lifetime orders and
    revenue.

    Args:
        start: First day of the period in which customers count as new, YYYY-MM-DD.
        end: Last day, included.
    """
    span = optional_span(start, end, ctx)
    first, last = bounds(span, ctx)
    found = await ctx.desk.customers.summary(ctx.scope, client_id=ctx.client_id, start=first, end=last)
    return {
        "period": period(span) or None,
        "total": found.total,
        "new": found.new,
        "orders": found.orders,
        "revenue": rounded(found.revenue),
        "by_segment": [_segment(name, segment) for name, segment in found.by_segment.items()],
        "source": source(ctx, rows=found.total, span=span),
    }


def _segment(name: str, segment: Segment) -> dict[str, Any]:
    return {
        "segment": name,
        "customers": segment.total,
        "new": segment.new,
        "orders": segment.orders,
        "revenue": rounded(segment.revenue),
    }


def _customer(customer: Customer) -> dict[str, Any]:
    return {
        "customer_id": customer.customer_id,
        "name": customer.name,
        "email": customer.email,
        "segment": customer.segment,
        "created_at": customer.created_at,
        "orders": customer.orders,
        "revenue": rounded(customer.revenue),
    }
