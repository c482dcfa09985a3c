from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from houston import currencies
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
class Matching:
    """All customers that a search finds, however many of them are shown."""

    total: int
    orders: int
    revenue: float


@dataclass(frozen=True, kw_only=True)
class Loyalty:
    """How often customers have ordered, all told: the data has no dates of single orders. `returning` are
    those who ordered more than once and were first seen before the period; without one all of them."""

    returning: int
    more_than_once: int
    once: int
    never: int


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

    async def matching(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        query: str | None = None,
        segment: str | None = None,
    ) -> Matching:
        """What `search` finds, counted."""
        async with self.store.read() as uow:
            total, orders, revenue = await uow.customers.counted(
                scope=scope, client_id=client_id, query=query, segment=segment
            )
        return Matching(total=total, orders=orders, revenue=revenue)

    async def currencies(self, scope: Scope, *, client_id: int | None = None) -> dict[int, str]:
        """By client, the code of the currency that all its metrics of money are in: a customer's revenue
        comes without one. Not there for a client with several, or none."""
        async with self.store.read() as uow:
            metrics = await uow.metrics.all(scope=scope, client_id=client_id)
        units: dict[int, set[str]] = {}
        for metric in metrics:
            units.setdefault(metric.client_id, set()).add(metric.unit)
        return {id: code for id, some in units.items() if (code := currencies.only_one(some))}

    async def loyalty(
        self, scope: Scope, *, client_id: int | None = None, start: datetime | None = None
    ) -> Loyalty:
        """`start` is the beginning of the period."""
        async with self.store.read() as uow:
            all_told = await uow.customers.by_orders(scope=scope, client_id=client_id, before=None)
            before = await uow.customers.by_orders(scope=scope, client_id=client_id, before=start)
        return Loyalty(
            returning=before.get(2, 0),
            more_than_once=all_told.get(2, 0),
            once=all_told.get(1, 0),
            never=all_told.get(0, 0),
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
