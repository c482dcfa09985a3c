"""The small agency of tests/agent/sample.py with everything else that tools read, each figure by hand.

Acme's orders are 10 a day by google-ads, and were 30 on 12 November, when its revenue tripled; its visits
are 10 an hour at night and 20 an hour from noon on, to the 14th. Acme and Globex have a report, an alert,
jobs, open and past episodes and a rule each, and the agency a report and a rule of its own. Whatever is
Acme's holds the word acme, whatever is Globex's globex.
"""

import json
import random
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import to_jsonable_python

from houston.access import Actor
from houston.agent.desk import Desk
from houston.agent.patterns.model import PatternsModel
from houston.agent.tool import ToolContext
from houston.agent.turn import ChartDrawn, ChoicesOffered
from houston.assembly import assemble
from store import Scope, Store, UnitOfWork
from store.sources import Sources
from store.tables import (
    Alert,
    Channel,
    Client,
    DataSource,
    Destination,
    Episode,
    Metric,
    Note,
    Point,
    Report,
    ReportRun,
    Rule,
    RuleDestination,
    TaskRun,
    Workspace,
)
from tests.actors import admin
from tests.agent.fakes import NOW
from tests.agent.sample import FIRST, LAST, SPIKE, open_desk
from tests.store.databases import KEYRING
from tools import ALL_TOOLS

TOOLS = {tool.name: tool for tool in ALL_TOOLS}
NOVEMBER = {"start": "2026-11-01", "end": "2026-11-14"}
VISITS = date(2026, 11, 9), date(2026, 11, 14)


@dataclass(frozen=True, kw_only=True)
class Office:
    store: Store
    desk: Desk
    clients: Mapping[str, Client]
    shown: list[ChartDrawn | ChoicesOffered] = field(default_factory=list)

    def context(
        self, client: str | None = "acme", *, zone: str = "UTC", actor: Actor | None = None
    ) -> ToolContext:
        return ToolContext(
            actor=actor or admin(Scope(workspace_id="T1", client_ids=None)),
            client=self.clients[client] if client else None,
            member="Dana",
            zone=ZoneInfo(zone),
            now=NOW,
            desk=self.desk,
            show=self.shown.append,
        )

    def held_to(self, client: str, *, chosen: bool = True) -> ToolContext:
        """What somebody sees who may see one client only."""
        scope = Scope(workspace_id="T1", client_ids=frozenset({self.clients[client].id or 0}))
        held = replace(admin(scope), is_held=True)
        return self.context(client if chosen else None, actor=held)

    async def run(self, name: str, ctx: ToolContext | None = None, /, **arguments: Any) -> dict[str, Any]:
        """As a model calls it, and as it reads the answer."""
        tool = TOOLS[name]
        given = tool.parse(json.dumps(arguments))
        found: dict[str, Any] = to_jsonable_python(await tool.run(ctx or self.context(), given))
        return found


async def open_office(folder: Path, url: str = "") -> Office:
    """In a new file in the folder, or in the empty database that `url` leads to."""
    url = url or f"sqlite:///{folder}/houston.db"
    store, _, clients = await open_desk(folder, url)
    await store.close()
    store = Store(url, now=lambda: NOW, rng=random.Random(2), keyring=KEYRING)
    await store.open()
    files = folder / "files"
    files.mkdir()
    async with store.begin() as uow:
        await _furnish(uow, {slug: client.id or 0 for slug, client in clients.items()}, files)
        await uow.commit()
    sources = Sources(own_url=url, file_roots=[files], allow_hosts=(), now=lambda: NOW)
    houston = assemble(
        store, now=lambda: NOW, rng=random.Random(1), model=PatternsModel(), tools=(), sources=sources
    )
    return Office(store=store, desk=houston.desk, clients=clients)


async def _furnish(uow: UnitOfWork, clients: Mapping[str, int], files: Path) -> None:
    await _add(uow, Workspace(id="T1", name="Agency", created_at=NOW))
    await _metrics(uow, clients["acme"])
    shared: dict[str, Any] = {"workspace_id": "T1", "is_shared": True, "approved_by": "U1"}
    await _add(uow, Channel(**shared, id="CSHARED", name="with-acme", client_id=clients["acme"]))
    source = await _source(uow, files)
    for number, (slug, client_id) in enumerate(clients.items(), 2):
        await _add(uow, *_tasks(slug, client_id), *_episodes(slug, client_id))
        await _report(uow, source, slug, client_id)
        await _rule(uow, number, slug, client_id)
    await _report(uow, source, "agency", None)
    await _rule(uow, 1, "everybody", None)
    note = Note(id=77, client_id=clients["globex"], title="globex secret", created_at=NOW, updated_at=NOW)
    await _add(uow, note)


async def _add(uow: UnitOfWork, *rows: Any) -> None:
    uow._session.add_all(rows)
    await uow._session.flush()


async def _metrics(uow: UnitOfWork, client_id: int) -> None:
    orders = Metric(client_id=client_id, name="orders", channel="google-ads", aggregate="sum")
    visits = Metric(client_id=client_id, name="visits", aggregate="sum")
    share = Metric(
        client_id=client_id,
        name="click_rate",
        unit="%",
        aggregate="ratio",
        numerator="clicks",
        denominator="visits",
    )
    for metric in (orders, visits, share):
        await uow.metrics.save(metric=metric)
    days = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
    found = [Point(metric_id=orders.id or 0, time=_at(day), value=30 if day == SPIKE else 10) for day in days]
    hours = [_at(VISITS[0]) + timedelta(hours=offset) for offset in range(6 * 24)]
    found += [Point(metric_id=visits.id or 0, time=at, value=20 if at.hour >= 12 else 10) for at in hours]
    await uow.points.put(points=found)


def _at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _tasks(slug: str, client_id: int) -> list[TaskRun]:
    runs = [(10, "failed"), (11, "failed"), (12, "succeeded"), (13, "dead_letter")]
    return [
        TaskRun(
            id=client_id * 100 + day,
            client_id=client_id,
            job=f"{slug}-import" if day < 13 else f"{slug}-sync",
            run_id=f"{slug}-{day}",
            state=state,
            error="" if state == "succeeded" else f"{slug} said no",
            occurred_at=datetime(2026, 11, day, 3, tzinfo=UTC),
        )
        for day, state in runs
    ]


def _episodes(slug: str, client_id: int) -> list[Episode]:
    spike = _at(SPIKE)
    fired = {"metric": "revenue", "value": 300.0, "expected": 100.0, "unit": "$", "reason": f"{slug} is over"}
    told = {**fired, "occurrence_id": 1 if slug == "acme" else 2, "metric_id": 0}
    going_on = Episode(
        id=client_id * 10,
        key=f"outlier:{client_id}",
        type="outlier",
        client_id=client_id,
        subject=f"{slug} revenue",
        severity="critical",
        state="firing",
        opened_at=spike,
        seen_at=spike,
        fired=told,
        current={**told, "value": 120.0},
        acknowledged_by="T1/U7",
        acknowledged_name="Lena",
        acknowledged_at=spike,
    )
    over = Episode(
        id=client_id * 10 + 1,
        key=f"task:{client_id}",
        type="task_failure",
        client_id=client_id,
        subject=f"{slug}-import",
        state="resolved",
        opened_at=_at(date(2026, 11, 10), 3),
        seen_at=_at(date(2026, 11, 12), 3),
        resolved_at=_at(date(2026, 11, 12), 3),
        fired={"error": f"{slug} said no"},
    )
    return [going_on, over]


async def _source(uow: UnitOfWork, files: Path) -> int:
    with sqlite3.connect(files / "shop.db") as shop:
        shop.execute("create table sales (shop text, revenue real, orders integer)")
        shop.execute("insert into sales values ('North', 100.5, 3), ('South', 200, 4)")
    source = DataSource(name="shop", dialect="sqlite", trusts_files=True, created_at=NOW)
    await _add(uow, source)
    await uow.secrets.put(
        owner=f"data_source/{source.id}", name="url", value=f"sqlite:///{files}/shop.db", now=NOW
    )
    return source.id or 0


async def _report(uow: UnitOfWork, source_id: int, slug: str, client_id: int | None) -> None:
    report = Report(
        workspace_id="T1",
        client_id=client_id,
        source_id=source_id,
        name=f"Sales of {slug}",
        sql="select shop, revenue, orders from sales order by shop",
        url=f"https://reports.example/{slug}",
        created_at=NOW,
    )
    await _add(uow, report)
    run = ReportRun(
        id=(client_id or 0) + 500,
        report_id=report.id or 0,
        client_id=client_id,
        at=NOW - timedelta(hours=3),
        columns=["shop", "revenue", "orders"],
        rows=[[f"{slug} {number}", 10.0 * number, number] for number in range(1, 5)],
        row_count=4,
    )
    alert = Alert(
        workspace_id="T1",
        client_id=client_id,
        report_id=report.id or 0,
        name=f"Few orders at {slug}",
        rules=[{"text": "orders < 2", "severity": "critical"}],
        schedule="hourly",
        owner_name=f"{slug} owner",
        created_at=NOW,
        due_at=NOW,
        checked_at=NOW,
    )
    await _add(uow, run, alert)


async def _rule(uow: UnitOfWork, number: int, slug: str, client_id: int | None) -> None:
    place = Destination(workspace_id="T1", alias=f"#{slug}", address=f"C{client_id or 0}", created_at=NOW)
    rule = Rule(
        workspace_id="T1",
        number=number,
        event_type="outlier",
        subject=f"{slug}*",
        client_id=client_id,
        minimum_severity="warning",
        created_at=NOW,
        updated_at=NOW,
    )
    await _add(uow, place, rule)
    await _add(uow, RuleDestination(rule_id=rule.id or 0, destination_id=place.id or 0))
