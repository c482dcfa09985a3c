"""A small agency with figures that can be checked by hand, in a real store behind the real tools.

Acme earns $100 a day by google-ads and $50 by meta-ads, and pays $40 and $20 for 80 and 10 clicks;
on 12 November google-ads earned $300. Globex earns $10 a day. Points are daily, 1 August to 17 November.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from houston.agent.desk import Desk
from houston.agent.patterns.model import PatternsModel
from houston.assembly import assemble
from store import Scope, Store, UnitOfWork
from store.occurrences import adding
from store.tables import Client, Customer, Metric, Note, Occurrence, OutlierDefinition, Point
from tests.agent.fakes import NOW
from tests.store.databases import KEYRING

FIRST, LAST = date(2026, 8, 1), date(2026, 11, 17)
SPIKE = date(2026, 11, 12)
EVERYTHING = Scope(workspace_id="T1", client_ids=None)

SUMS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "revenue": ("$", {"google-ads": 100.0, "meta-ads": 50.0}),
    "spend": ("$", {"google-ads": 40.0, "meta-ads": 20.0}),
    "clicks": ("", {"google-ads": 80.0, "meta-ads": 10.0}),
}


async def open_desk(folder: Path, url: str = "") -> tuple[Store, Desk, dict[str, Client]]:
    """In a new file in the folder, or in the empty database that `url` leads to."""
    url = url or f"sqlite:///{folder}/houston.db"
    store = Store(url, now=lambda: NOW, rng=random.Random(1), keyring=KEYRING)
    await store.open()
    async with store.begin() as uow:
        acme = await uow.clients.open(slug="acme", name="Acme", now=NOW)
        globex = await uow.clients.open(slug="globex", name="Globex", now=NOW)
        await _acme(uow, acme.id or 0)
        await _metric(uow, globex.id or 0, "revenue", "google-ads", lambda day: 10.0, unit="$")
        await _records(uow, acme.id or 0)
        await uow.commit()
    houston = assemble(store, now=lambda: NOW, rng=random.Random(1), model=PatternsModel(), tools=())
    return store, houston.desk, {"acme": acme, "globex": globex}


async def _acme(uow: UnitOfWork, client_id: int) -> None:
    for name, (unit, channels) in SUMS.items():
        for channel, value in channels.items():
            await _metric(uow, client_id, name, channel, _days(name, channel, value), unit=unit)
    for channel in ("google-ads", "meta-ads"):
        ratio = Metric(
            client_id=client_id,
            name="cost_per_click",
            channel=channel,
            unit="$",
            aggregate="ratio",
            numerator="spend",
            denominator="clicks",
        )
        await uow.metrics.save(metric=ratio)
    await _metric(uow, client_id, "customer satisfaction", "", lambda day: 40.0 + day.day % 2, aggregate="")
    await _metric(uow, client_id, "subscribers", "", lambda day: float(day.toordinal()), aggregate="last")
    people = [
        ("Ada Lovelace", "vip", 9, 900.0),
        ("Bob Noyce", "regular", 2, 80.0),
        ("Cy Twombly", "vip", 4, 410.5),
    ]
    customers = [
        Customer(
            client_id=client_id,
            customer_id=f"c{number}",
            name=name,
            email=f"c{number}@example.com",
            segment=segment,
            created_at=datetime(2026, 11, 10 + number, tzinfo=UTC) - timedelta(days=30 * number),
            orders=orders,
            revenue=revenue,
        )
        for number, (name, segment, orders, revenue) in enumerate(people)
    ]
    await uow.customers.put(customers=customers)


def _days(name: str, channel: str, value: float) -> Callable[[date], float]:
    def on(day: date) -> float:
        return 300.0 if (name, channel, day) == ("revenue", "google-ads", SPIKE) else value

    return on


async def _metric(
    uow: UnitOfWork,
    client_id: int,
    name: str,
    channel: str,
    value: Callable[[date], float],
    *,
    unit: str = "",
    aggregate: str = "sum",
) -> None:
    metric = await uow.metrics.save(
        metric=Metric(client_id=client_id, name=name, channel=channel, unit=unit, aggregate=aggregate)
    )
    days = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
    points = [
        Point(
            metric_id=metric.id or 0,
            time=datetime(day.year, day.month, day.day, tzinfo=UTC),
            value=value(day),
        )
        for day in days
    ]
    await uow.points.put(points=points)


async def _records(uow: UnitOfWork, client_id: int) -> None:
    metric = await uow.metrics.of(scope=EVERYTHING, client_id=client_id, name="revenue", channel="google-ads")
    definition = OutlierDefinition(
        client_id=client_id, name="revenue", metrics="revenue/*", created_at=NOW, due_at=NOW
    )
    await uow.definitions.save(definition=definition)
    assert metric is not None
    assert metric.id is not None
    assert definition.id is not None
    spike = Occurrence(
        id=1,
        definition_id=definition.id,
        metric_id=metric.id,
        client_id=client_id,
        time=datetime(2026, 11, 12, tzinfo=UTC),
        value=300.0,
        expected=100.0,
        lower=90.0,
        upper=110.0,
        score=0.9,
        severity="critical",
        reason="173 % over the usual 90–110",
        found_at=NOW,
    )
    connection = await uow._session.connection()
    await connection.run_sync(adding([spike]))
    notes = [
        _note(1, client_id, "Tracking broken on checkout", "open", 3),
        _note(2, client_id, "New landing page", "done", 20),
        _note(3, client_id, "Salary talk", "open", 2, private=True),
    ]
    await uow.notes.put(notes=notes)


def _note(id: int, client_id: int, title: str, status: str, days_ago: int, *, private: bool = False) -> Note:
    at = NOW - timedelta(days=days_ago)
    return Note(
        id=id,
        client_id=client_id,
        title=title,
        body="See the dashboard.",
        status=status,
        author="Dana",
        source_key=f"note-{id}",
        private=private,
        created_at=at,
        updated_at=at,
    )
