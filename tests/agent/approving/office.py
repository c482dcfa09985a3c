"""An agency at work, and what an answer proposes there: over a real store and a real SQLite source."""

import json
import random
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.agent.messages import ToolCall
from houston.agent.tool import Change, Tool, ToolContext
from houston.assembly import Houston, assemble
from houston.reports.reports import ReportDraft
from houston.reports.sources import SourceDraft
from store import Store
from store.sources import Sources
from store.tables import Approval, AuditEntry, Channel, Client, Member, Metric, Note, Point, Turn
from tests.agent.fakes import FakeModel, said
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import Clock, new_store
from tools import ALL_TOOLS

TOOLS = {tool.name: tool for tool in ALL_TOOLS if tool.needs_approval}

PEOPLE = {"Ann": ("admin", True), "Bob": ("member", True), "Cleo": ("member", False), "Dan": ("admin", True)}
"""Name: role, and whether they see every client. Cleo sees Globex only; ids are UANN and so on."""


@dataclass(kw_only=True)
class Office:
    """`#general` (C1) is nobody's, `#acme` (C2) is Acme's, `#board` (G1) is private."""

    houston: Houston
    store: Store
    sources: Sources
    clock: Clock
    agency: Agency
    folder: Path
    turns: int = 0

    async def actor(self, name: str, channel: str = "C1") -> Actor:
        return await self.houston.access.actor(WORKSPACE, f"U{name.upper()}", channel)

    async def context(
        self, name: str = "Ann", client: str | None = "acme", channel: str = "C1"
    ) -> ToolContext:
        actor = await self.actor(name, channel)
        found = await self.houston.clients.find(actor.scope, client) if client else None
        return ToolContext(
            actor=actor,
            client=found,
            member=actor.name,
            zone=ZoneInfo("Europe/Berlin"),
            now=self.clock(),
            desk=self.houston.desk,
            channel=channel,
        )

    async def preview(self, ctx: ToolContext, tool: str, **arguments: Any) -> Change:
        found = TOOLS[tool]
        assert found.preview is not None
        return await found.preview(ctx, **found.parse(json.dumps(arguments)))

    async def propose(
        self,
        tool: str,
        *,
        by: str = "Ann",
        of: str | None = "acme",
        where: str = "C1",
        **arguments: Any,
    ) -> Approval:
        """As an answer does it: previewed, and kept with a turn."""
        ctx = await self.context(by, of, where)
        change = await self.preview(ctx, tool, **arguments)
        return await self.houston.approving.propose(
            turn_id=await self.turn(f"U{by.upper()}", where),
            workspace_id=WORKSPACE,
            user_id=f"U{by.upper()}",
            call=ToolCall(id="1", name=tool, arguments=json.dumps(arguments)),
            change=change,
            client_id=ctx.client_id,
        )

    async def approve(self, approval: Approval, by: str = "Ann", channel: str = "C1") -> Approval:
        return await self.houston.approving.approve(await self.actor(by, channel), approval.id or 0)

    async def decline(self, approval: Approval, by: str = "Ann") -> Approval:
        return await self.houston.approving.decline(await self.actor(by), approval.id or 0)

    async def turn(self, user_id: str, channel: str = "C1") -> int:
        self.turns += 1
        seen = (await self.houston.access.scope(WORKSPACE, user_id, channel)).client_ids
        async with self.store.begin() as uow:
            conversation = await uow.conversations.open(
                workspace_id=WORKSPACE,
                channel=channel,
                thread_ts=f"{self.turns}.0",
                client_id=None,
                event_id=None,
                now=self.clock(),
            )
            assert conversation.id is not None
            turn = Turn(
                conversation_id=conversation.id,
                ts=f"{self.turns}.1",
                user_id=user_id,
                seen=None if seen is None else sorted(seen),
                question="Do it",
                state="answered",
                created_at=self.clock(),
            )
            uow._session.add(turn)
            await uow.commit()
        assert turn.id is not None
        return turn.id

    async def change_member(self, name: str, **values: Any) -> None:
        async with self.store.begin() as uow:
            found = await uow.members.find(workspace_id=WORKSPACE, user_id=f"U{name.upper()}")
            assert found is not None
            for field, value in values.items():
                setattr(found, field, value)
            await uow.commit()

    async def report(self) -> int:
        """Acme's, with one row: 12,000 of revenue."""
        with sqlite3.connect(self.folder / "shop.db") as shop:
            shop.execute("CREATE TABLE sales (day TEXT, revenue REAL)")
            shop.execute("INSERT INTO sales VALUES ('2026-11-14', 12000)")
        shop.close()
        ann, acme = await self.actor("Ann"), self.agency.acme
        source = SourceDraft(name="Shop", url=f"sqlite:///{self.folder / 'shop.db'}", client_id=acme)
        source_id = (await self.houston.data_sources.add(ann, source)).id or 0
        draft = ReportDraft(
            name="Daily Sales", source_id=source_id, sql="SELECT day, revenue FROM sales", client_id=acme
        )
        return (await self.houston.reports.add(ann, draft)).report.id or 0

    async def declared(self, name: str, **values: Any) -> None:
        """A metric of Acme's by google-ads, without points."""
        async with self.store.begin() as uow:
            await uow.metrics.save(
                metric=Metric(client_id=self.agency.acme, name=name, channel="google-ads", **values)
            )
            await uow.commit()

    async def metric(self, days: int = 120, *, name: str = "revenue", **values: Any) -> None:
        """Acme's revenue by google-ads, and in the middle a day far from the others."""
        async with self.store.begin() as uow:
            metric = await uow.metrics.save(
                metric=Metric(client_id=self.agency.acme, name=name, channel="google-ads", unit="$", **values)
            )
            points = [
                Point(
                    metric_id=metric.id or 0,
                    time=self.clock() - timedelta(days=days - day),
                    value=900.0 if day == days - 20 else 100.0 + day % 3,
                )
                for day in range(days)
            ]
            await uow.points.put(points=points)
            await uow.commit()

    async def notes(self) -> list[Note]:
        return await self.houston.notes.search(EVERYTHING)

    async def audited(self) -> list[AuditEntry]:
        """The oldest first."""
        async with self.store.read() as uow:
            return (await uow.audit.page(scope=EVERYTHING, before=None, limit=50))[::-1]

    async def row(self, approval: Approval) -> Approval:
        async with self.store.read() as uow:
            found = await uow.approvals.find(workspace_id=WORKSPACE, id=approval.id or 0)
        assert found is not None
        return found[0]

    async def close(self) -> None:
        await self.houston.close()
        await self.sources.close()


async def open_office(url: str, folder: Path, *tools: Tool) -> Office:
    clock = Clock()
    store = new_store(url, clock)
    await store.open()
    sources = Sources(own_url=url, file_roots=[folder], allow_hosts=(), now=clock)
    houston = assemble(
        store,
        now=clock,
        rng=random.Random(7),
        model=FakeModel(said("Yes.")),
        tools=tools or ALL_TOOLS,
        sources=sources,
    )
    agency = await open_agency(store, clock())
    office = Office(houston=houston, store=store, sources=sources, clock=clock, agency=agency, folder=folder)
    await _furnish(office)
    return office


async def _furnish(office: Office) -> None:
    async with office.store.begin() as uow:
        for name, (role, sees_all) in PEOPLE.items():
            member = Member(
                workspace_id=WORKSPACE,
                user_id=f"U{name.upper()}",
                name=name,
                role=role,
                sees_all=sees_all,
                timezone="Europe/Berlin",
                seen_at=office.clock(),
            )
            uow._session.add(member)
        await uow._session.flush()
        await uow.members.set_clients(
            workspace_id=WORKSPACE, user_id="UCLEO", client_ids=[office.agency.globex]
        )
        for id, name, client_id in (
            ("C1", "general", None),
            ("C2", "acme", office.agency.acme),
            ("G1", "board", None),
        ):
            channel = Channel(
                workspace_id=WORKSPACE, id=id, name=name, client_id=client_id, is_private=id == "G1"
            )
            await uow.channels.save(channel=channel)
        await uow.commit()


async def rename(office: Office, client_id: int, name: str) -> None:
    async with office.store.begin() as uow:
        client = await uow.clients.get(scope=EVERYTHING, id=client_id)
        assert isinstance(client, Client)
        client.name = name
        await uow.commit()
