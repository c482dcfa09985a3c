"""The outbox on disk. Core statements on one thread's connection: the hot path of Houston.

Shape and reasons: docs/decisions/0002-outbox.md.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, insert, literal_column, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from store.dispatch import Entry, Leased, Receipt, Recorded, Routing, Target
from store.errors import NotKept
from store.ids import Ids
from store.receipts import receive
from store.routes import routes
from store.tables import Delivery, Event
from store.tables.notify import DUE

log = logging.getLogger(__name__)


class Ledger:
    """Every method blocks: call it on the one thread that owns the outbox."""

    def __init__(self, engine: Engine, *, owner: str, ids: Ids) -> None:
        self._engine = engine
        self.owner = owner
        self._ids = ids

    def turn(
        self,
        entries: Sequence[Entry],
        receipts: Sequence[Receipt],
        *,
        routing: Routing,
        now: datetime,
        lease: timedelta,
        room: int,
    ) -> list[Recorded | NotKept]:
        """Commit everything in one transaction; a bad entry fails alone. At most `room` are born leased."""
        try:
            with self._engine.begin() as connection:
                receive(connection, receipts, owner=self.owner)
                return list(self._record(connection, entries, routing, now, now + lease, room))
        except Exception:
            log.warning("a turn of %d entries was refused; each is tried alone", len(entries), exc_info=True)
        self._receive_alone(receipts)
        return [self._alone(entry, routing, now, lease, room) for entry in entries]

    def _alone(
        self, entry: Entry, routing: Routing, now: datetime, lease: timedelta, room: int
    ) -> Recorded | NotKept:
        try:
            with self._engine.begin() as connection:
                return self._record(connection, [entry], routing, now, now + lease, room)[0]
        except Exception:
            log.exception("an entry was refused by the database")
            return NotKept("The database refused this change; Houston's log has its words.")

    def _receive_alone(self, receipts: Sequence[Receipt]) -> None:
        try:
            with self._engine.begin() as connection:
                receive(connection, receipts, owner=self.owner)
        except SQLAlchemyError as error:
            raise NotKept("The database took no receipts; Houston's log has its words.") from error

    def _record(
        self,
        connection: Connection,
        entries: Sequence[Entry],
        routing: Routing,
        now: datetime,
        leased_until: datetime,
        room: int,
    ) -> list[Recorded]:
        for entry in entries:
            for write in entry.writes:
                write(connection)
        known = _known(connection, [entry.event.dedupe_key for entry in entries if entry.event])
        fresh: list[tuple[Event, Sequence[Target]]] = []
        for entry in entries:
            if entry.event and entry.event.dedupe_key not in known:
                known[entry.event.dedupe_key] = entry.event.id
                fresh.append((entry.event, entry.targets))
        leased = self._deliver(connection, fresh, routing, now, leased_until, room)
        return [_recorded(entry.event, known, leased) for entry in entries]

    def _deliver(
        self,
        connection: Connection,
        fresh: list[tuple[Event, Sequence[Target]]],
        routing: Routing,
        now: datetime,
        leased_until: datetime,
        room: int,
    ) -> dict[int, list[Leased]]:
        """Write the events and their deliveries, born leased while there is room."""
        if not fresh:
            return {}
        active = routes(connection, {event.type for event, _ in fresh})
        held: dict[int, list[Leased]] = {event.id: [] for event, _ in fresh}
        rows: list[Delivery] = []
        for event, targets in fresh:
            for target in (*targets, *routing(event, active)):
                row = self._delivery(event, target, now, leased_until if len(rows) < room else None)
                rows.append(row)
                if row.owner:
                    held[event.id].append(Leased(delivery=row, event=event))
        connection.execute(insert(Event), [event.model_dump() for event, _ in fresh])
        if rows:
            connection.execute(insert(Delivery), [row.model_dump() for row in rows])
        return held

    def _delivery(
        self, event: Event, target: Target, now: datetime, leased_until: datetime | None
    ) -> Delivery:
        return Delivery(
            id=self._ids.next(),
            event_id=event.id,
            workspace_id=target.workspace_id,
            client_id=event.client_id,
            destination_id=target.destination_id,
            address=target.address,
            rule_ids=target.rule_ids,
            due_at=leased_until or now,
            owner=self.owner if leased_until else "",
            asked_at=now if leased_until else None,
        )

    def claim(self, *, now: datetime, lease: timedelta, limit: int) -> list[Leased]:
        """Take what is due: left at a stop, expired, to be retried, or overflowed. Oldest first."""
        query = (
            select(Delivery.__table__, Delivery.asked_at.is_not(None).label("uncertain"))  # type: ignore[attr-defined, union-attr]
            .where(IS_DUE, col(Delivery.due_at) <= now)
            .order_by(col(Delivery.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._engine.begin() as connection:
            found = connection.execute(query).mappings().all()
            if not found:
                return []
            ids = [row["id"] for row in found]
            connection.execute(
                update(Delivery)
                .where(col(Delivery.id).in_(ids))
                .values(owner=self.owner, due_at=now + lease, asked_at=now)
            )
            events = _events(connection, {row["event_id"] for row in found})
        return [_leased(dict(row), events) for row in found]

    def renew(self, delivery_ids: Sequence[int], *, until: datetime) -> None:
        """Hold on to deliveries that wait in a lane."""
        with self._engine.begin() as connection:
            connection.execute(update(Delivery).where(*self._held(delivery_ids)).values(due_at=until))

    def release(self, delivery_ids: Sequence[int], *, now: datetime) -> None:
        """Give back deliveries that were never tried, so that the next start posts them at once."""
        with self._engine.begin() as connection:
            connection.execute(
                update(Delivery).where(*self._held(delivery_ids)).values(due_at=now, owner="", asked_at=None)
            )

    def _held(self, delivery_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
        """Those of these deliveries that are still in this process's hands."""
        return (
            col(Delivery.id).in_(delivery_ids),
            col(Delivery.owner) == self.owner,
            col(Delivery.state) == DUE,
        )


IS_DUE = col(Delivery.state) == literal_column(str(DUE))
"""A literal, so that every planner sees that the partial index answers."""


def _recorded(event: Event | None, known: dict[str, int], leased: dict[int, list[Leased]]) -> Recorded:
    if event is None:
        return Recorded(event_id=None, is_new=False)
    return Recorded(
        event_id=known[event.dedupe_key], is_new=event.id in leased, leased=leased.get(event.id, [])
    )


def _known(connection: Connection, keys: list[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = connection.execute(
        select(col(Event.dedupe_key), col(Event.id)).where(col(Event.dedupe_key).in_(keys))
    )
    return dict(rows.all())


def _events(connection: Connection, ids: set[int]) -> dict[int, Event]:
    rows = connection.execute(select(Event.__table__).where(col(Event.id).in_(ids))).mappings()  # type: ignore[attr-defined]
    return {row["id"]: Event(**row) for row in rows}


def _leased(row: dict[str, Any], events: dict[int, Event]) -> Leased:
    uncertain = bool(row.pop("uncertain"))
    return Leased(delivery=Delivery(**row), event=events[row["event_id"]], uncertain=uncertain)
