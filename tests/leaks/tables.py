"""The rows of a table as they are kept."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from bot.playground.nouns import Json
from store import Store


async def rows_of(store: Store, table: Any) -> list[Json]:
    """Every row, by column, in the order of the primary key: PostgreSQL has none of its own.

    `table` is a table's class or its `Table`.
    """
    return (await rows_of_all(store, [table]))[0]


async def rows_of_all(store: Store, tables: Iterable[Any]) -> list[list[Json]]:
    """The same of several tables, at one moment."""
    found = []
    async with store.read() as uow:
        connection = await uow._session.connection()
        for table in tables:
            kept = getattr(table, "__table__", table)
            rows = await connection.execute(select(kept).order_by(*kept.primary_key))
            found.append([dict(row._mapping) for row in rows])
    return found
