"""Which process has which deliveries in its hands."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from store.dispatch import Leased, Place, Target
from store.tables import Delivery, Event
from store.tables.notify import DUE

CLAIMING = 0x636C6169
"""The lock under which processes claim one after another, so that each address stays in one order."""

EACH = 200
"""Deliveries to one address in one claim."""

IS_DUE = col(Delivery.state) == literal_column(str(DUE))
"""A literal, so that every planner sees that the partial index answers."""


def waiting(connection: Connection, targets: Sequence[Target], *, owner: str, now: datetime) -> set[Place]:
    """The addresses, of these, where something earlier waits that this process does not hold: what is
    new must not overtake it."""
    places = {(target.workspace_id, target.address) for target in targets}
    if not places:
        return set()
    query = (
        select(col(Delivery.workspace_id), col(Delivery.address))
        .where(
            IS_DUE,
            tuple_(col(Delivery.workspace_id), col(Delivery.address)).in_(places),
            or_(
                col(Delivery.owner).not_in(("", owner)),
                and_(col(Delivery.owner) == "", col(Delivery.due_at) <= now),
            ),
        )
        .distinct()
    )
    return {(row.workspace_id, row.address) for row in connection.execute(query)}


def claim(
    connection: Connection,
    *,
    owner: str,
    now: datetime,
    until: datetime,
    limit: int,
    full: Collection[Place],
) -> list[Leased]:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({CLAIMING})"))
    query = (
        select(Delivery.__table__, col(Delivery.asked_at).is_not(None).label("uncertain"))  # type: ignore[attr-defined]
        .where(IS_DUE, col(Delivery.due_at) <= now, ~_somebody_writes_there(owner, now), *_not_in(full))
        .order_by(col(Delivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )
    found = _some_of_each(connection.execute(query).mappings().all())
    if not found:
        return []
    connection.execute(
        update(Delivery)
        .where(col(Delivery.id).in_([row["id"] for row in found]))
        .values(owner=owner, due_at=until, asked_at=func.coalesce(col(Delivery.asked_at), now))
    )
    events = _events(connection, {row["event_id"] for row in found})
    return [_leased(dict(row), events, owner) for row in found]


def _not_in(full: Collection[Place]) -> tuple[ColumnElement[bool], ...]:
    if not full:
        return ()
    return (tuple_(col(Delivery.workspace_id), col(Delivery.address)).not_in(sorted(full)),)


def _some_of_each(rows: Sequence[RowMapping]) -> list[RowMapping]:
    """The oldest of each address. One with a long backlog is full then, and next time others come."""
    counted = Counter[Place]()
    found = []
    for row in rows:
        place = (row["workspace_id"], row["address"])
        counted[place] += 1
        if counted[place] <= EACH:
            found.append(row)
    return found


def take_over(connection: Connection, *, owner: str, now: datetime) -> None:
    connection.execute(
        update(Delivery).where(IS_DUE, col(Delivery.owner).not_in(("", owner))).values(owner="", due_at=now)
    )


def renew(connection: Connection, delivery_ids: Sequence[int], *, owner: str, until: datetime) -> None:
    connection.execute(update(Delivery).where(*_held(delivery_ids, owner)).values(due_at=until))


def release(
    connection: Connection, delivery_ids: Sequence[int], *, owner: str, now: datetime, unsure: bool
) -> None:
    asked_at = {} if unsure else {"asked_at": None}
    connection.execute(
        update(Delivery).where(*_held(delivery_ids, owner)).values(due_at=now, owner="", **asked_at)
    )


def _held(delivery_ids: Sequence[int], owner: str) -> tuple[ColumnElement[bool], ...]:
    """Those of these deliveries that are still in this process's hands."""
    return col(Delivery.id).in_(delivery_ids), col(Delivery.owner) == owner, IS_DUE


def _somebody_writes_there(owner: str, now: datetime) -> ColumnElement[bool]:
    other = aliased(Delivery)
    return exists().where(
        col(other.state) == literal_column(str(DUE)),
        col(other.workspace_id) == col(Delivery.workspace_id),
        col(other.address) == col(Delivery.address),
        col(other.owner).not_in(("", owner)),
        col(other.due_at) > now,
    )


def _events(connection: Connection, ids: set[int]) -> dict[int, Event]:
    rows = connection.execute(select(Event.__table__).where(col(Event.id).in_(ids))).mappings()  # type: ignore[attr-defined]
    return {row["id"]: Event(**row) for row in rows}


def _leased(row: dict[str, Any], events: dict[int, Event], owner: str) -> Leased:
    uncertain = bool(row.pop("uncertain"))
    delivery = Delivery(**row | {"owner": owner})
    return Leased(delivery=delivery, event=events[row["event_id"]], uncertain=uncertain)
