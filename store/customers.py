from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, case, func, or_
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Customer

ORDERS: dict[str, UnaryExpression[Any]] = {
    "revenue": col(Customer.revenue).desc(),
    "orders": col(Customer.orders).desc(),
    "created_at": col(Customer.created_at).desc(),
}


class Customers(Repository):
    async def search(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        query: str | None = None,
        segment: str | None = None,
        order_by: str = "revenue",
        limit: int = 20,
    ) -> list[Customer]:
        wanted = _wanted(scope, client_id, query, segment)
        found = select(Customer).where(*wanted).order_by(ORDERS[order_by], col(Customer.id)).limit(limit)
        return list(await self._session.exec(found))

    async def counted(
        self, *, scope: Scope, client_id: int | None, query: str | None, segment: str | None
    ) -> tuple[int, int, float]:
        """All that `search` would find without a limit: customers, orders, revenue."""
        counted = select(
            func.count(),
            func.coalesce(func.sum(Customer.orders), 0),
            func.coalesce(func.sum(Customer.revenue), 0.0),
        ).where(*_wanted(scope, client_id, query, segment))
        return (await self._session.exec(counted)).one()

    async def by_orders(
        self, *, scope: Scope, client_id: int | None, before: datetime | None
    ) -> dict[int, int]:
        """How many customers never ordered (0), ordered once (1), or more often (2), all told; with
        `before` of those first seen before then."""
        wanted = _wanted(scope, client_id, None, None)
        wanted += [col(Customer.created_at) < before] if before else []
        times = case((col(Customer.orders) > 1, 2), (col(Customer.orders) == 1, 1), else_=0)
        query = select(times.label("times"), func.count()).where(*wanted).group_by("times")
        return dict((await self._session.exec(query)).all())

    async def totals(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> dict[str, tuple[int, int, float]]:
        """By segment: customers (first seen in the period, if one is given), orders, revenue."""
        wanted = [scope.holds(Customer.client_id)]
        wanted += [col(Customer.client_id) == client_id] if client_id is not None else []
        wanted += [col(Customer.created_at) >= start] if start else []
        wanted += [col(Customer.created_at) < end] if end else []
        counted = (
            select(
                Customer.segment,
                func.count(),
                func.coalesce(func.sum(Customer.orders), 0),
                func.coalesce(func.sum(Customer.revenue), 0.0),
            )
            .where(*wanted)
            .group_by(col(Customer.segment))
        )
        rows = await self._session.exec(counted)
        return {segment: (count, orders, revenue) for segment, count, orders, revenue in rows}

    async def put(self, *, customers: Sequence[Customer]) -> None:
        """Insert or update by the client's own customer id."""
        rows = [customer.model_dump(exclude={"id"}) for customer in customers]
        await self._upsert(Customer, rows, key=("client_id", "customer_id"))


NAMES = (Customer.name, Customer.email, Customer.customer_id)


def _wanted(
    scope: Scope, client_id: int | None, query: str | None, segment: str | None
) -> list[ColumnElement[bool]]:
    wanted = [scope.holds(Customer.client_id)]
    wanted += [col(Customer.client_id) == client_id] if client_id is not None else []
    wanted += [func.lower(col(Customer.segment)) == segment.lower()] if segment else []
    if query:
        wanted.append(or_(*(col(c).icontains(query, autoescape=True) for c in NAMES)))
    return wanted
