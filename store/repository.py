from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Insert, Result, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel.ext.asyncio.session import AsyncSession


class Repository:
    """One aggregate's queries in one transaction. None of them commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def _upsert(
        self, table: Any, rows: Sequence[dict[str, Any]], *, key: Sequence[str], keep: Sequence[str] = ()
    ) -> None:
        """Insert rows; where `key` is taken, overwrite every column but `key` and `keep`."""
        if rows:
            dialect = self._session.get_bind().dialect.name
            await self._session.exec(upsert(dialect, table, rows[0], key=key, keep=keep), params=rows)

    async def _changes(self, statement: Any) -> bool:
        """Whether the statement changed its one row."""
        changed: int = (await self._session.exec(statement)).rowcount
        return changed == 1

    async def _adds(self, table: Any, row: dict[str, Any], *, key: Sequence[str]) -> bool:
        """Whether the row was added; not where `key` is taken."""
        dialect = self._session.get_bind().dialect.name
        statement = upsert(dialect, table, row, key=key, keep=list(row)).values(**row)
        added: Result[Any] = await (await self._session.connection()).execute(
            statement.returning(literal_column("1"))
        )
        return added.first() is not None


def upsert(
    dialect: str,
    table: Any,
    example: dict[str, Any],
    *,
    key: Sequence[str],
    keep: Sequence[str] = (),
    also: Mapping[str, Any] | None = None,
) -> Insert:
    """The statement for `Repository._upsert`, for Core connections too; `also` sets by expression."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in example if name not in key and name not in keep}
    changed.update(also or {})
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)
