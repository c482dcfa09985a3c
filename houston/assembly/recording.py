"""How what teams write down and what programs report hang together."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.notify.outbox import Outbox
from houston.records.customers import Customers
from houston.records.faults import Faults
from houston.records.imports import Imports
from houston.records.notebook_alerts import NotebookAlerts
from houston.records.notes import Notes
from houston.records.task_runs import TaskRuns
from houston.watch.episodes import Episodes
from store import Store


@dataclass(frozen=True, kw_only=True)
class Recording:
    notes: Notes
    customers: Customers
    imports: Imports
    task_runs: TaskRuns
    notebook_alerts: NotebookAlerts
    faults: Faults


def recording(
    store: Store, outbox: Outbox, episodes: Episodes, *, now: Callable[[], datetime], rng: random.Random
) -> Recording:
    return Recording(
        notes=Notes(store=store, outbox=outbox, now=now),
        customers=Customers(store=store),
        imports=Imports(store=store, outbox=outbox, now=now),
        task_runs=TaskRuns(store=store, episodes=episodes, now=now),
        notebook_alerts=NotebookAlerts(store=store, outbox=outbox, now=now),
        faults=Faults(store=store, episodes=episodes, now=now, rng=rng),
    )
