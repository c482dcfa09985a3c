"""An agency with a shop's database, over real stores and a real SQLite source; time is moved by hand."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from houston import access
from houston.assembly.reporting import Reporting, reporting
from houston.notify.outbox import Outbox
from houston.records.imports import Imports
from houston.reports.reports import ReportDraft
from houston.reports.sources import SourceDraft
from houston.team.notices import Notices
from houston.watch.alerts.alerts import AlertDraft, AlertRule, AlertSeen
from houston.watch.alerts.watched import ALERT
from houston.watch.episodes import Episodes
from store import Store
from store.sources import Limits, Result, Source, Sources
from store.tables import Alert, Channel, Delivery, Episode, Event, Member, ReportRun
from tests.actors import agency_admin
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import Clock, new_store

ADMIN = agency_admin(WORKSPACE)
ALL = access.everything()
DAY = timedelta(hours=24)
TODAY = 'SELECT day, revenue AS Revenue, customers AS "New Customers" FROM sales'
AS_OF_NOW = "SELECT sum(revenue) AS Revenue FROM sales WHERE day < :now"


class Asked(Sources):
    """Real sources, which note what they were asked, and can be made to fail."""

    asked: list[datetime]
    trouble: Exception | None = None

    async def run(self, source: Source, sql: str, *, now: datetime) -> Result:
        self.asked.append(now)
        if self.trouble:
            raise self.trouble
        return await super().run(source, sql, now=now)


@dataclass(kw_only=True)
class Desk:
    store: Store
    clock: Clock
    agency: Agency
    folder: Path
    sources: Asked
    stale: list[None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.store.ledger, now=self.clock)
        self.house = self.replica()

    def replica(self, store: Store | None = None) -> Reporting:
        """The services of one process; of another one with its own `store` on the same database."""
        store = store or self.store
        outbox = self.outbox if store is self.store else Outbox(store.ledger, now=self.clock)
        return reporting(
            store,
            self.sources,
            episodes=Episodes(store=store, outbox=outbox, now=self.clock, policies={"alert": ALERT}),
            imports=Imports(store=store, outbox=outbox, now=self.clock),
            notices=Notices(store=store, outbox=outbox, now=self.clock),
            now=self.clock,
            stale=lambda: self.stale.append(None),
        )

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'shop.db'}"

    def sell(self, *rows: tuple[str, float | None, int]) -> None:
        """What the shop's table holds from now on: (day, revenue, customers)."""
        with sqlite3.connect(self.folder / "shop.db") as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS sales (day TEXT, revenue REAL, customers INTEGER)")
            connection.execute("DELETE FROM sales")
            connection.executemany("INSERT INTO sales VALUES (?, ?, ?)", rows)
        connection.close()

    async def source(self, client_id: int | None = None) -> int:
        draft = SourceDraft(name=f"Shop {client_id or ''}", url=self.url, client_id=client_id)
        return (await self.house.data_sources.add(ADMIN, draft)).id or 0

    async def report(self, sql: str = TODAY, client_id: int | None = None, **values: Any) -> int:
        source_id = values.pop("source_id", None) or await self.source(client_id)
        kept = {"name": "Daily Sales", "url": "https://example.com/sales", **values}
        draft = ReportDraft(source_id=source_id, sql=sql, client_id=client_id, **kept)
        return (await self.house.reports.add(ADMIN, draft)).report.id or 0

    def draft(self, report_id: int, *rules: str, **values: Any) -> AlertDraft:
        kept = {"name": "Low revenue", "schedule": "1h", **values}
        written = tuple(AlertRule(text=each) for each in rules or ("Revenue < 10000",))
        return AlertDraft(report_id=report_id, rules=kept.pop("rules", written), **kept)

    async def alert(self, *rules: str, **values: Any) -> AlertSeen:
        report_id = values.pop("report_id", None) or await self.report(
            values.pop("sql", TODAY), values.pop("client_id", None)
        )
        return await self.house.alerts.add(ADMIN, self.draft(report_id, *rules, **values))

    async def tick(self, **forward: float) -> None:
        """Time passes, and what is due is looked at."""
        self.clock.forward(**forward)
        await self.house.alert_checks.due(self.clock())
        await self.house.alert_checks.settled()

    async def feed_tick(self, **forward: float) -> None:
        self.clock.forward(**forward)
        await self.house.feeds.due(self.clock())
        await self.house.feeds.settled()

    async def row(self, id: int) -> Alert:
        return (await self.house.alerts.get(EVERYTHING, id)).alert

    async def events(self, type: str = "data_alert") -> list[Event]:
        """The oldest first."""
        async with self.store.read() as uow:
            return (await uow.events.all(scope=ALL, type=type, limit=500))[::-1]

    async def phases(self) -> list[str]:
        return [event.phase for event in await self.events()]

    async def notices(self) -> list[str]:
        return [event.payload["text"] for event in await self.events("notice")]

    async def told(self) -> list[Delivery]:
        async with self.store.read() as uow:
            return (await uow.deliveries.all(scope=ALL))[::-1]

    async def episodes(self) -> list[Episode]:
        async with self.store.read() as uow:
            return await uow.episodes.all(scope=ALL)

    async def runs(self, report_id: int) -> list[ReportRun]:
        """Those that went well, oldest first."""
        start, end = self.clock() - 400 * DAY, self.clock() + DAY
        async with self.store.read() as uow:
            return await uow.report_runs.between(
                scope=ALL, report_id=report_id, start=start, end=end, limit=500
            )

    async def close(self) -> None:
        await self.house.alert_checks.close()
        await self.outbox.close()
        await self.sources.close()
        await self.store.close()


async def open_desk(url: str, folder: Path) -> Desk:
    clock = Clock()
    store = new_store(url, clock)
    await store.open()
    sources = Asked(own_url=url, file_roots=[folder], allow_hosts=(), now=clock, limits=Limits(seconds=20))
    sources.asked = []
    agency = await open_agency(store, clock())
    desk = Desk(store=store, clock=clock, agency=agency, folder=folder, sources=sources)
    desk.sell(("2026-11-14", 12_000, 60))
    await _people(desk)
    return desk


async def _people(desk: Desk) -> None:
    async with desk.store.begin() as uow:
        for user_id, is_admin in (("U1", True), ("U2", False)):
            uow._session.add(
                Member(
                    workspace_id=WORKSPACE,
                    user_id=user_id,
                    name=f"Person {user_id}",
                    role="admin" if is_admin else "member",
                    sees_all=True,
                    seen_at=desk.clock(),
                )
            )
        for id in ("C1", "C2"):
            channel = Channel(workspace_id=WORKSPACE, id=id, name=id.lower(), is_member=True)
            await uow.channels.save(channel=channel)
        await uow.commit()
