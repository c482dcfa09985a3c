from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from houston.errors import Invalid
from store import Scope, Store
from store.tables import Customer

OrderBy = Literal["revenue", "orders", "created_at"]
ORDERS = ("revenue", "orders", "created_at")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One segment's customers; `new` are those first seen in the period asked for."""

    total: int = 0
    new: int = 0
    orders: int = 0
    revenue: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CustomersSummary:
    """All customers there are, and how many of them are new; orders and revenue are of all time."""

    total: int
    new: int
    orders: int
    revenue: float
    by_segment: dict[str, Segment]


@dataclass(frozen=True, kw_only=True)
class Customers:
    """Who buys from a client."""

    store: Store

    async def search(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        query: str | None = None,
        segment: str | None = None,
        order_by: OrderBy = "revenue",
        limit: int = 20,
    ) -> list[Customer]:
        """The customers that match, the greatest or newest first."""
        if order_by not in ORDERS:
            raise Invalid("order_by", f"Customers are ordered by {', '.join(ORDERS)}, not {order_by!r}.")
        async with self.store.read() as uow:
            return await uow.customers.search(
                scope=scope,
                client_id=client_id,
                query=query,
                segment=segment,
                order_by=order_by,
                limit=limit,
            )

    async def summary(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> CustomersSummary:
        """Totals, and by segment; without a period every customer counts as new."""
        async with self.store.read() as uow:
            everyone = await uow.customers.totals(scope=scope, client_id=client_id)
            fresh = await uow.customers.totals(scope=scope, client_id=client_id, start=start, end=end)
        by_segment = {
            name: Segment(
                total=count, new=fresh[name][0] if name in fresh else 0, orders=orders, revenue=revenue
            )
            for name, (count, orders, revenue) in sorted(everyone.items())
        }
        segments = by_segment.values()
        return CustomersSummary(
            total=sum(each.total for each in segments),
            new=sum(each.new for each in segments),
            orders=sum(each.orders for each in segments),
            revenue=sum(each.revenue for each in segments),
            by_segment=by_segment,
        )
