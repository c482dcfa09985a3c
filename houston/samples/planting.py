"""Puts the sample agency into a store, as if it had been used for two weeks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from houston import access
from houston.records.task_runs import TaskRuns
from houston.samples.agency import Agency, ClientSample, MetricSample
from houston.watch.checks import OutlierChecks
from store import Store, UnitOfWork
from store.tables import Customer, Metric, Note, OutlierDefinition, Point

FIRST_CHECK = timedelta(seconds=8)
"""How long after planting the newest hour is checked: time to open the page."""


async def plant(
    store: Store,
    agency: Agency,
    *,
    workspace_id: str,
    checks: OutlierChecks,
    task_runs: TaskRuns,
    now: Callable[[], datetime],
) -> None:
    """Everything but rules, which need the workspace's channels. The past is known, and told to nobody."""
    definitions = [await _client(store, sample, agency, workspace_id, now()) for sample in agency.clients]
    past = now() - timedelta(hours=2)
    for definition in definitions:
        await checks.keep(await checks.judge(definition, past, later_than=agency.watched_since))
    for sample, definition in zip(agency.clients, definitions, strict=True):
        for run in sample.task_runs:
            await task_runs.report(access.everything(), client_id=definition.client_id, **vars(run))


async def _client(
    store: Store, sample: ClientSample, agency: Agency, workspace_id: str, now: datetime
) -> OutlierDefinition:
    async with store.begin() as uow:
        client = await uow.clients.open(slug=sample.slug, name=sample.name, now=now)
        assert client.id is not None
        for metric in sample.metrics:
            await _metric(uow, client.id, metric)
        await uow.customers.put(
            customers=[Customer(client_id=client.id, **vars(customer)) for customer in sample.customers]
        )
        definition = OutlierDefinition(
            workspace_id=workspace_id,
            client_id=client.id,
            name=f"{sample.name}: spend",
            metrics="spend/*",
            minimum_change_percent=20.0,
            schedule="1h",
            created_at=agency.watched_since,
            due_at=now + FIRST_CHECK,
        )
        await uow.definitions.save(definition=definition)
        await uow.notes.put(notes=_notes(store, sample, client.id))
        await uow.commit()
    return definition


async def _metric(uow: UnitOfWork, client_id: int, sample: MetricSample) -> None:
    metric = await uow.metrics.save(
        metric=Metric(
            client_id=client_id,
            **{name: value for name, value in vars(sample).items() if name != "points"},
        )
    )
    assert metric.id is not None
    await uow.points.put(
        points=[Point(metric_id=metric.id, time=time, value=value) for time, value in sample.points]
    )


def _notes(store: Store, sample: ClientSample, client_id: int) -> list[Note]:
    return [
        Note(
            id=store.ids.next(),
            client_id=client_id,
            updated_at=note.created_at,
            **vars(note),
        )
        for note in sample.notes
    ]
