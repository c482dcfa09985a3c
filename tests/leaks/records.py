"""Canaries in what is written down and measured: notes, runs, faults, customers, metrics, outliers."""

from datetime import timedelta

from store.tables import (
    Customer,
    Fault,
    Metric,
    Note,
    Occurrence,
    OutlierDefinition,
    Point,
    TaskRun,
)
from tests.leaks.canaries import FIGURES, canary
from tests.leaks.rows import Planted, Planter


async def plant_records(planter: Planter, planted: Planted) -> None:
    owner, client_id, now = planted.owner, planted.client_id, planter.now
    for kind in ("note", "private note"):
        note = Note(
            id=planter.id(),
            client_id=client_id,
            title=canary(owner, f"{kind} title"),
            body=canary(owner, f"{kind} body"),
            author=canary(owner, f"{kind} author"),
            private=kind == "private note",
            created_at=now - timedelta(hours=3),
            updated_at=now,
        )
        planted.ids[kind] = (await planter.add(note)).id
    run = TaskRun(
        id=planter.id(),
        client_id=client_id,
        job=canary(owner, "job"),
        run_id=canary(owner, "run"),
        state="failed",
        error=canary(owner, "task error"),
        url=f"https://runs.example/{canary(owner, 'run url')}",
        occurred_at=now,
    )
    planted.ids["task_run"] = (await planter.add(run)).id
    fault = Fault(
        id=planter.id(),
        fingerprint=f"fault of {owner}",
        client_id=client_id,
        title=canary(owner, "fault title"),
        message=canary(owner, "fault message"),
        service=canary(owner, "fault service"),
        first_at=now,
        last_at=now,
    )
    planted.ids["fault"] = (await planter.add(fault)).id
    if client_id is not None:
        await _customer(planter, planted, client_id)


async def _customer(planter: Planter, planted: Planted, client_id: int) -> None:
    owner = planted.owner
    customer = Customer(
        client_id=client_id,
        customer_id=canary(owner, "customer id"),
        name=canary(owner, "customer name"),
        email=f"{canary(owner, 'customer email')}@shop.example",
        segment=canary(owner, "segment"),
        created_at=planter.now - timedelta(days=2),
        orders=3,
        revenue=float(FIGURES[owner]),
    )
    planted.ids["customer"] = (await planter.add(customer)).id


async def plant_series(planter: Planter, planted: Planted) -> None:
    owner, client_id, now = planted.owner, planted.client_id or 0, planter.now
    metric = Metric(
        client_id=client_id,
        name=canary(owner, "metric"),
        channel=canary(owner, "marketing channel"),
        unit="$",
        aggregate="sum",
    )
    metric_id = planted.ids["metric"] = (await planter.add(metric)).id
    day = (now - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    await planter.add(Point(metric_id=metric_id, time=day, value=float(FIGURES[owner])))
    definition = OutlierDefinition(
        client_id=client_id,
        workspace_id=planted.workspace_id,
        name=canary(owner, "definition"),
        metrics=f"{canary(owner, 'metric')}/*",
        created_at=now,
        due_at=now + timedelta(days=300),
        error=canary(owner, "definition error"),
    )
    definition_id = planted.ids["outlier_definition"] = (await planter.add(definition)).id
    occurrence = Occurrence(
        id=planter.id(),
        definition_id=definition_id,
        metric_id=metric_id,
        client_id=client_id,
        time=day,
        value=float(FIGURES[owner]),
        expected=10.0,
        lower=9.0,
        upper=11.0,
        score=0.9,
        severity="critical",
        reason=canary(owner, "occurrence reason"),
        found_at=now,
    )
    planted.ids["occurrence"] = (await planter.add(occurrence)).id
