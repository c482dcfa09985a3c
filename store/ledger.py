"""The outbox on disk. Core statements on one thread's connection: the hot path of Houston.

Shape and reasons: docs/decisions/0002-outbox.md.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from store import holding, leases, stale_posts
from store.dispatch import Edit, Entry, Leased, Place, Receipt, Recorded, Routing, Target
from store.errors import NotKept
from store.holding import FAR
from store.ids import Ids
from store.receipts import receive
from store.repository import upsert
from store.routes import routes
from store.tables import Delivery, Escalation, Event, Post
from store.tables.notify import DUE, HELD

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
        full: Collection[Place] = (),
    ) -> list[Recorded | NotKept]:
        """Commit everything in one transaction; a bad entry fails alone. At most `room` are born leased,
        and none for the addresses in `full`."""
        try:
            with self._engine.begin() as connection:
                receive(connection, receipts, owner=self.owner)
                return list(self._record(connection, entries, routing, now, now + lease, room, full))
        except Exception:
            log.warning("a turn of %d entries was refused; each is tried alone", len(entries), exc_info=True)
        self._receive_alone(receipts)
        return [self._alone(entry, routing, now, lease, room, full) for entry in entries]

    def _alone(
        self,
        entry: Entry,
        routing: Routing,
        now: datetime,
        lease: timedelta,
        room: int,
        full: Collection[Place],
    ) -> Recorded | NotKept:
        try:
            with self._engine.begin() as connection:
                return self._record(connection, [entry], routing, now, now + lease, room, full)[0]
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
        full: Collection[Place],
    ) -> list[Recorded]:
        told = [self._events_of(connection, entry) for entry in entries]
        known = _known(connection, [event.dedupe_key for events in told for event in events])
        fresh: list[tuple[Event, Sequence[Target]]] = []
        for entry, events in zip(entries, told, strict=True):
            for event in events:
                if event.dedupe_key not in known:
                    known[event.dedupe_key] = event.id
                    fresh.append((event, entry.targets))
        leased = self._deliver(connection, fresh, routing, now, leased_until, room, full)
        return [_recorded(events, known, leased) for events in told]

    def _events_of(self, connection: Connection, entry: Entry) -> list[Event]:
        """Make the changes of an entry; what there is to tell of them."""
        for write in entry.writes:
            write(connection)
        decided = entry.decide(connection) if entry.decide else ()
        return [*([entry.event] if entry.event else ()), *decided]

    def _deliver(
        self,
        connection: Connection,
        fresh: list[tuple[Event, Sequence[Target]]],
        routing: Routing,
        now: datetime,
        leased_until: datetime,
        room: int,
        full: Collection[Place],
    ) -> dict[int, list[Leased]]:
        """Write the events and their deliveries, born leased while there is room."""
        if not fresh:
            return {}
        active = routes(connection, {event.type for event, targets in fresh if not targets})
        aimed = [
            (event, target) for event, targets in fresh for target in targets or routing(event, active, now)
        ]
        waiting = leases.waiting(connection, [target for _, target in aimed], owner=self.owner, now=now)
        waiting.update(full)
        held: dict[int, list[Leased]] = {event.id: [] for event, _ in fresh}
        rows: list[Delivery] = []
        for event, target in aimed:
            row = self._delivery(event, target, now)
            place = (row.workspace_id, row.address)
            if row.state == DUE and place not in waiting and room > 0:
                room -= 1
                row.owner, row.due_at, row.asked_at = self.owner, leased_until, now
                held[event.id].append(Leased(delivery=row, event=event))
            elif row.state == DUE:
                waiting.add(place)
            rows.append(row)
        connection.execute(insert(Event), [event.model_dump() for event, _ in fresh])
        if rows:
            connection.execute(insert(Delivery), [row.model_dump() for row in rows])
        self._escalate(connection, aimed, now)
        return held

    def _delivery(self, event: Event, target: Target, now: datetime) -> Delivery:
        return Delivery(
            id=self._ids.next(),
            event_id=event.id,
            workspace_id=target.workspace_id,
            client_id=event.client_id,
            destination_id=target.destination_id,
            address=target.address,
            rule_ids=target.rule_ids,
            state=HELD if target.held_until else DUE,
            due_at=target.held_until or now,
            bundle=target.bundle,
        )

    def _escalate(self, connection: Connection, aimed: Sequence[tuple[Event, Target]], now: datetime) -> None:
        rows = [
            Escalation(
                id=self._ids.next(),
                episode_id=event.episode_id or 0,
                event_id=event.id,
                workspace_id=target.workspace_id,
                destination_id=each.destination_id,
                rule_id=each.rule_id,
                due_at=(target.held_until or now) + timedelta(minutes=each.minutes),
            ).model_dump()
            for event, target in aimed
            for each in target.escalations
            if target.held_until != FAR
        ]
        if rows:
            key = ("episode_id", "destination_id")
            connection.execute(
                upsert(connection.dialect.name, Escalation, rows[0], key=key, keep=tuple(rows[0])), rows
            )

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, full: Collection[Place] = ()
    ) -> list[Leased]:
        """Take what is due: left at a stop, expired, to be retried, or overflowed. Oldest first, some of
        each address, and nothing from one that is full or that another process is writing to."""
        with self._engine.begin() as connection:
            return leases.claim(
                connection, owner=self.owner, now=now, until=now + lease, limit=limit, full=full
            )

    def claim_posts(self, *, now: datetime, lease: timedelta, limit: int) -> list[Post]:
        """Take messages that do not show how their episodes stand now."""
        with self._engine.begin() as connection:
            return stale_posts.claim(connection, owner=self.owner, now=now, until=now + lease, limit=limit)

    def settle(self, edits: Sequence[Edit]) -> None:
        """Keep how far Posts have been brought up to date."""
        with self._engine.begin() as connection:
            stale_posts.settle(connection, edits)

    def let_go(self, *, now: datetime) -> int:
        """Make due what was held until now; how many."""
        with self._engine.begin() as connection:
            return holding.let_go(connection, now)

    def take_over(self, *, now: datetime) -> None:
        """Free what an earlier process left leased. Only for whoever has the database alone."""
        with self._engine.begin() as connection:
            leases.take_over(connection, owner=self.owner, now=now)

    def renew(self, delivery_ids: Sequence[int], *, until: datetime) -> None:
        """Hold on to deliveries that wait in a lane."""
        with self._engine.begin() as connection:
            leases.renew(connection, delivery_ids, owner=self.owner, until=until)

    def release(self, delivery_ids: Sequence[int], *, now: datetime, unsure: bool = False) -> None:
        """Give back deliveries that were not tried here, so that the next start posts them at once;
        `unsure` ones are still looked for first."""
        with self._engine.begin() as connection:
            leases.release(connection, delivery_ids, owner=self.owner, now=now, unsure=unsure)


def _recorded(events: Sequence[Event], known: dict[str, int], leased: dict[int, list[Leased]]) -> Recorded:
    if not events:
        return Recorded(event_id=None, is_new=False)
    return Recorded(
        event_id=known[events[0].dedupe_key],
        is_new=any(event.id in leased for event in events),
        leased=[each for event in events for each in leased.get(event.id, ())],
    )


def _known(connection: Connection, keys: list[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = connection.execute(
        select(col(Event.dedupe_key), col(Event.id)).where(col(Event.dedupe_key).in_(keys))
    )
    return dict(rows.all())
