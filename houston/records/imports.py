import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from houston import access
from houston.errors import NotFound
from houston.notify.outbox import Outbox
from houston.records.csv_file import Batch, Refused, batches
from houston.records.files import Progress, take
from houston.records.notes import Notes, created
from houston.records.rows import (
    CUSTOMER_FORM,
    METRIC_FORMS,
    NOTE_FORM,
    CustomerRow,
    NoteRow,
    Reading,
    SeriesName,
    customer_row,
    note_row,
    reading,
)
from houston.team.clients import check_slug, record, title
from store import Scope, Store, UnitOfWork
from store.notes import adding
from store.tables import Client, Customer, Metric, Note, Point

BATCH = 1000
"""Rows in one transaction."""

NEWS = timedelta(days=1)
"""Older notes are history when they are imported: kept and not told."""


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did; `metrics` names the series that got points."""

    taken: int
    refused: tuple[Refused, ...]
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Imports:
    """Files of metrics, notes and customers. Each may be imported again: nothing doubles."""

    store: Store
    outbox: Outbox
    now: Callable[[], datetime]

    async def metrics(
        self, scope: Scope, files: Sequence[Path], client: str | None, progress: Progress = lambda _: None
    ) -> ImportReport:
        """Raises Invalid for a slug that cannot be one, NotFound for a client outside the scope."""
        _check(client)
        series: dict[SeriesName, None] = {}

        async def keep(readings: list[Reading]) -> None:
            await self.points(scope, readings)
            series.update(dict.fromkeys(each.series for each in readings))

        def read(path: Path) -> Iterator[Batch[Reading]]:
            return batches(path, METRIC_FORMS, reading(path.stem, client, self.now()), size=BATCH)

        taken = await take(files, read, keep, progress)
        names = tuple(sorted(str(each) for each in series))
        return ImportReport(taken=taken.rows, refused=taken.refused, metrics=names)

    async def points(self, scope: Scope, readings: Sequence[Reading]) -> None:
        """Keep points, all or none; a new series is made. Raises NotFound."""
        async with self.store.begin() as uow:
            clients = await self._clients(uow, scope, [each.series.client for each in readings])
            metric_ids = await _metric_ids(uow, scope, clients, readings)
            await uow.commit()
        points = await asyncio.to_thread(_points, readings, metric_ids)
        async with self.store.begin() as uow:
            await uow.points.put(points=points)
            await uow.commit()

    async def notes(
        self, scope: Scope, files: Sequence[Path], client: str | None, progress: Progress = lambda _: None
    ) -> ImportReport:
        """New notes of the last day, and changes, are told like any others. Raises as `metrics`."""
        _check(client)

        def read(path: Path) -> Iterator[Batch[NoteRow]]:
            return batches(path, [NOTE_FORM], note_row(client, self.now()), size=BATCH)

        taken = await take(files, read, partial(self._keep_notes, scope), progress)
        return ImportReport(taken=taken.rows, refused=taken.refused)

    async def customers(
        self, scope: Scope, files: Sequence[Path], client: str | None, progress: Progress = lambda _: None
    ) -> ImportReport:
        """Raises as `metrics`."""
        _check(client)

        def read(path: Path) -> Iterator[Batch[CustomerRow]]:
            return batches(path, [CUSTOMER_FORM], customer_row(client, self.now()), size=BATCH)

        taken = await take(files, read, partial(self._keep_customers, scope), progress)
        return ImportReport(taken=taken.rows, refused=taken.refused)

    async def _keep_customers(self, scope: Scope, rows: Sequence[CustomerRow]) -> None:
        async with self.store.begin() as uow:
            clients = await self._clients(uow, scope, [row.client for row in rows])
            await uow.customers.put(customers=[_customer(row, clients[row.client]) for row in rows])
            await uow.commit()

    async def _keep_notes(self, scope: Scope, rows: Sequence[NoteRow]) -> None:
        async with self.store.begin() as uow:
            clients = await self._clients(uow, scope, [row.client for row in rows if row.client])
            await uow.commit()
        notes = [_note(row, clients.get(row.client or ""), self.store.ids.next(), self.now()) for row in rows]
        async with self.store.read() as uow:
            earlier = await uow.notes.by_source(
                scope=scope, source_keys=[note.source_key for note in notes if note.source_key]
            )
        kept = Notes(store=self.store, outbox=self.outbox, now=self.now)
        await asyncio.gather(
            *(self._keep_note(kept, note, earlier.get(note.source_key or "")) for note in notes)
        )

    async def _keep_note(self, notes: Notes, note: Note, known: Note | None) -> None:
        if known is None:
            is_news = note.created_at > self.now() - NEWS
            event = created(note, self.store.ids, self.now()) if is_news else None
            await self.outbox.record(event, adding(note))
            return
        await notes.change(known, note.model_dump(include={"body", "status", "private"}))

    async def _clients(self, uow: UnitOfWork, scope: Scope, slugs: Sequence[str]) -> dict[str, int]:
        """Their ids; a new slug is made by those who see every client."""
        ids: dict[str, int] = {}
        for slug in dict.fromkeys(slugs):
            client = await uow.clients.find(scope=scope, slug=slug)
            if client is None and scope.client_ids is None:
                client = await self._new_client(uow, slug)
            if client is None or client.id is None:
                raise NotFound(f"I know no client called {slug!r}.")
            ids[slug] = client.id
        return ids

    async def _new_client(self, uow: UnitOfWork, slug: str) -> Client:
        client = await uow.clients.open(slug=slug, name=title(slug), now=self.now())
        await record(uow, access.operator("an import"), "client.added", client, now=self.now())
        return client


async def _metric_ids(
    uow: UnitOfWork, scope: Scope, clients: dict[str, int], readings: Sequence[Reading]
) -> dict[SeriesName, int]:
    """The metrics of these readings, made where they are new and told what the rows say of them."""
    units = {each.series: each.unit for each in readings if each.unit}
    aggregates = {each.series: each.aggregate for each in readings if each.aggregate}
    declared = {each.series: each.declared for each in readings if each.declared}
    ids: dict[SeriesName, int] = {}
    for series in {each.series: None for each in readings}:
        named: dict[str, Any] = {
            "client_id": clients[series.client],
            "name": series.metric,
            "channel": series.channel,
        }
        metric = await uow.metrics.of(scope=scope, **named) or Metric(**named)
        metric.unit = units.get(series, metric.unit)
        metric.aggregate = aggregates.get(series, metric.aggregate)
        for name, value in declared.get(series, ()):
            setattr(metric, name, value)
        ids[series] = (await uow.metrics.save(metric=metric)).id or 0
    return ids


def _points(readings: Sequence[Reading], metric_ids: dict[SeriesName, int]) -> list[Point]:
    return [Point(metric_id=metric_ids[each.series], time=each.time, value=each.value) for each in readings]


def _customer(row: CustomerRow, client_id: int) -> Customer:
    return Customer(
        client_id=client_id,
        customer_id=row.customer_id,
        name=row.name,
        email=row.email,
        segment=row.segment,
        created_at=row.created_at,
        orders=row.orders,
        revenue=row.revenue,
    )


def _note(row: NoteRow, client_id: int | None, id: int, now: datetime) -> Note:
    told = json.dumps([client_id, row.created_at.isoformat(), row.title, row.author])
    return Note(
        id=id,
        client_id=client_id,
        title=row.title,
        body=row.body,
        status=row.status,
        author=row.author,
        private=row.private,
        source_key=hashlib.sha256(told.encode()).hexdigest(),
        created_at=row.created_at,
        updated_at=now,
    )


def _check(client: str | None) -> None:
    if client is not None:
        check_slug(client)
