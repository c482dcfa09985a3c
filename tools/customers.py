from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston import currencies
from houston.agent.tool import ToolContext, tool
from houston.records.customers import Segment
from store.tables import Client, Customer
from tools.results import bounds, counted, local, optional_span, owner, period, rounded, source

NEW = "first seen in the period"
RETURNING = (
    "first seen before the period, and with more than one order in all; "
    "the data has no dates of single orders"
)


@tool(label="Looking up customers{client}")
async def customers(
    ctx: ToolContext,
    query: str | None = None,
    segment: str | None = None,
    order_by: Literal["revenue", "orders", "created_at"] = "revenue",
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Lists customers with their lifetime orders and revenue (in `unit`), the highest (or newest) first;
    `matching` are all that were found, also those left out.

    Args:
        query: Part of a name, e-mail address or customer id.
        segment: Only this segment, by its exact name from customer_summary.
        order_by: What to sort by.
        limit: How many to list at most.
    """
    found = await ctx.desk.customers.search(
        ctx.scope, client_id=ctx.client_id, query=query, segment=segment, order_by=order_by, limit=limit
    )
    matching = await ctx.desk.customers.matching(
        ctx.scope, client_id=ctx.client_id, query=query, segment=segment
    )
    clients = {client.id: client for client in await ctx.desk.clients.all(ctx.scope)}
    money = await ctx.desk.customers.currencies(ctx.scope, client_id=ctx.client_id)
    return {
        "customers": [_customer(ctx, one, clients, money.get(one.client_id)) for one in found],
        **counted(matching.total, found),
        "matching": {
            "orders": matching.orders,
            "revenue": rounded(matching.revenue),
            "unit": currencies.only_one(money.values()) or None,
        },
        "source": source(ctx, rows=len(found)),
    }


@tool(label="Counting customers{client}{period}")
async def customer_summary(
    ctx: ToolContext, start: date | None = None, end: date | None = None
) -> dict[str, Any]:
    """Counts all customers, those who were new in a period or came back, and each segment's customers,
    lifetime orders and revenue (in `unit`).

    Args:
        start: First day of the period in which customers count as new, YYYY-MM-DD.
        end: Last day, included.
    """
    span = optional_span(start, end, ctx)
    first, last = bounds(span, ctx)
    found = await ctx.desk.customers.summary(ctx.scope, client_id=ctx.client_id, start=first, end=last)
    loyalty = await ctx.desk.customers.loyalty(ctx.scope, client_id=ctx.client_id, start=first)
    money = await ctx.desk.customers.currencies(ctx.scope, client_id=ctx.client_id)
    return {
        "period": period(span) or None,
        "total": found.total,
        "new": found.new,
        "returning": loyalty.returning,
        "ordered_more_than_once": loyalty.more_than_once,
        "ordered_once": loyalty.once,
        "never_ordered": loyalty.never,
        "orders": found.orders,
        "revenue": rounded(found.revenue),
        "average_order": _average(found.revenue, found.orders),
        "unit": currencies.only_one(money.values()) or None,
        "by_segment": [_segment(name, segment) for name, segment in found.by_segment.items()],
        "meaning": {"new": NEW, "returning": RETURNING},
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


def _customer(
    ctx: ToolContext, customer: Customer, clients: Mapping[int | None, Client], unit: str | None
) -> dict[str, Any]:
    return {
        "customer_id": customer.customer_id,
        "name": customer.name,
        "email": customer.email,
        "segment": customer.segment,
        "client": owner(clients.get(customer.client_id)),
        "created_at": local(ctx, customer.created_at),
        "orders": customer.orders,
        "revenue": rounded(customer.revenue),
        "average_order": _average(customer.revenue, customer.orders),
        "unit": unit,
    }


def _average(revenue: float, orders: int) -> float | None:
    return rounded(revenue / orders) if orders else None
