"""The rows of a table as they are kept."""

from typing import Any

from sqlalchemy import select

from bot.playground.nouns import Json
from store import Store


async def rows_of(store: Store, table: Any) -> list[Json]:
    """Every row, by column. `table` is a table's class or its `Table`."""
    async with store.read() as uow:
        connection = await uow._session.connection()
        found = await connection.execute(select(getattr(table, "__table__", table)))
        return [dict(row._mapping) for row in found]
