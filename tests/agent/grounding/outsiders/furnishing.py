"""What the outsiders' clients have besides figures: outliers, reports and what is going on."""

import random
from datetime import datetime, timedelta

from houston.assembly import Houston
from store import Store
from store.tables import Client, DataSource, Episode, OutlierDefinition, Report, ReportRun
from tests.agent.grounding.outsiders.paper import REPORTS

HISTORY = timedelta(days=14)


async def watch(houston: Houston, client_id: int, now: datetime) -> None:
    definition = OutlierDefinition(
        workspace_id="T1",
        client_id=client_id,
        name="everything daily",
        metrics="*",
        schedule="1d",
        created_at=now - HISTORY,
        due_at=now + HISTORY,
    )
    async with houston.store.begin() as uow:
        await uow.definitions.save(definition=definition)
        await uow.commit()
    await houston.checks.keep(await houston.checks.judge(definition, now, later_than=now - HISTORY))


async def add_records(store: Store, rng: random.Random, client: Client, now: datetime) -> None:
    async with store.begin() as uow:
        source = DataSource(name=f"books of {client.slug}", dialect="sqlite", created_at=now)
        uow._session.add(source)
        await uow._session.flush()
        for name, columns, sites in rng.sample(REPORTS, 2):
            report = Report(
                workspace_id="T1",
                client_id=client.id,
                source_id=source.id or 0,
                name=name,
                sql="select 1",
                url=f"https://bi.agency.example/{client.slug}/{name.split()[0].lower()}",
                created_at=now,
            )
            uow._session.add(report)
            await uow._session.flush()
            uow._session.add(_run(store, rng, report, columns, sites, now))
        uow._session.add(_episode(store, rng, client, now))
        await uow.commit()


def _run(
    store: Store,
    rng: random.Random,
    report: Report,
    columns: tuple[str, ...],
    sites: tuple[str, ...],
    now: datetime,
) -> ReportRun:
    rows = [
        [site, round(rng.uniform(900, 24_000), 2), rng.randint(40, 900), rng.randint(2, 38)] for site in sites
    ]
    return ReportRun(
        id=store.ids.next(),
        report_id=report.id or 0,
        client_id=report.client_id,
        at=now - timedelta(hours=rng.randint(1, 30), minutes=12),
        columns=list(columns),
        rows=rows,
        row_count=len(rows),
    )


def _episode(store: Store, rng: random.Random, client: Client, now: datetime) -> Episode:
    opened = now - timedelta(minutes=rng.randint(70, 4000))
    usual = round(rng.uniform(80, 4000), 2)
    fired = {"metric": "queue_length", "unit": "", "value": round(usual * rng.uniform(1.6, 3.1), 2)}
    return Episode(
        id=store.ids.next(),
        key=f"outlier:k{client.id}",
        type="outlier",
        client_id=client.id,
        subject="queue_length",
        severity=rng.choice(("critical", "warning")),
        state="firing",
        opened_at=opened,
        seen_at=opened,
        fired=fired | {"expected": usual, "reason": "over the usual"},
        current=fired | {"expected": usual, "value": round(usual * 1.2, 2)},
    )
