import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from houston.assembly.watching import POLICIES
from houston.notify.outbox import Outbox
from houston.records.customers import Customers
from houston.records.faults import Faults
from houston.records.imports import Imports
from houston.records.notebook_alerts import NotebookAlerts
from houston.records.notes import Notes
from houston.records.task_runs import TaskRuns
from houston.watch.episodes import Episodes
from store import Store
from store.tables import Event
from tests.store.agency import EVERYTHING, Agency, open_agency
from tests.store.databases import Clock, fresh_url, new_store


@dataclass(frozen=True, kw_only=True)
class Records:
    """The services over one SQLite store, without anybody who delivers."""

    store: Store
    agency: Agency
    clock: Clock
    notes: Notes
    customers: Customers
    task_runs: TaskRuns
    faults: Faults
    imports: Imports
    episodes: Episodes
    notebook_alerts: NotebookAlerts

    async def told(self) -> list[Event]:
        """The events so far, oldest first."""
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING, limit=5000))[::-1]


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    clock = Clock()
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    outbox = Outbox(store.ledger, now=clock)
    episodes = Episodes(store=store, outbox=outbox, now=clock, policies=POLICIES)
    yield Records(
        store=store,
        agency=await open_agency(store, clock()),
        clock=clock,
        notes=Notes(store=store, outbox=outbox, now=clock),
        customers=Customers(store=store),
        task_runs=TaskRuns(store=store, episodes=episodes, now=clock),
        faults=Faults(store=store, episodes=episodes, now=clock, rng=random.Random(7)),
        episodes=episodes,
        notebook_alerts=NotebookAlerts(store=store, outbox=outbox, now=clock),
        imports=Imports(store=store, outbox=outbox, now=clock),
    )
    await outbox.close()
    await store.close()
