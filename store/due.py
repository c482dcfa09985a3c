"""Rows that fall due: claimed for a while by one process, which says afterwards how it went."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, update
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col

from store.lifecycles import Once


def moved(table: Any, *, id: int, due_at: datetime, values: Mapping[str, Any]) -> Update:
    """A change to a row that is due at just this moment; to none where somebody else was first, or the
    row was changed, paused or deleted meanwhile."""
    is_there = (col(table.id) == id, col(table.due_at) == due_at, col(table.active).is_(True))
    return update(table).where(*is_there).values(**values)


def unclaimed(row: Any) -> None:
    """Write its `due_at` whatever it was: who has claimed the row meanwhile has it no more."""
    flag_modified(row, "due_at")


def settling(table: Any, *, id: int, due_at: datetime, values: Mapping[str, Any]) -> Once:
    """The same, together with a lifecycle's step."""
    statement = moved(table, id=id, due_at=due_at, values=values)

    def settle(connection: Connection) -> bool:
        changed: int = connection.execute(statement).rowcount
        return changed == 1

    return settle
