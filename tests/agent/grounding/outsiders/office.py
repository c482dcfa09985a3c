"""The sample agency and the catalogue's clients in one real store, and the tools run over them."""

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import to_jsonable_python

from houston.agent.desk import Desk
from houston.agent.patterns.model import PatternsModel
from houston.agent.tool import ToolContext
from houston.assembly import assemble
from houston.samples.agency import Agency, agency
from houston.samples.planting import plant
from store import Scope, Store
from store.tables import Client, Workspace
from tests.actors import admin
from tests.agent.grounding.outsiders.catalogue import clients
from tests.agent.grounding.outsiders.furnishing import add_records, watch
from tests.agent.grounding.outsiders.trades import TRADES
from tests.store.databases import KEYRING
from tools import ALL_TOOLS

TOOLS = {tool.name: tool for tool in ALL_TOOLS}
SCOPE = Scope(workspace_id="T1", client_ids=None)
OWN = frozenset(trade.slug for trade in TRADES)
ZONES = ("UTC", "Europe/London", "America/Chicago", "Europe/Zurich")


@dataclass(kw_only=True)
class Talk:
    """One conversation about one client: its results are numbered as the loop numbers them."""

    desk: Desk
    client: Client | None
    zone: ZoneInfo
    now: datetime
    question: str = ""
    results: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def context(self) -> ToolContext:
        return ToolContext(
            actor=admin(SCOPE),
            client=self.client,
            member="Priya",
            zone=self.zone,
            now=self.now,
            desk=self.desk,
            question=self.question,
            results=lambda: self.results,
        )

    async def read(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        """As a model calls it, and as it reads the answer."""
        tool, ref = TOOLS[name], f"r{len(self.results) + 1}"
        given = tool.parse(json.dumps(to_jsonable_python(arguments)))
        found = to_jsonable_python(await tool.run(self.context, given))
        self.results[ref] = {"ref": ref, **found}
        return self.results[ref]


@dataclass(frozen=True, kw_only=True)
class Office:
    store: Store
    desk: Desk
    clients: tuple[Client, ...]
    now: datetime

    def talk(self, client: Client | None, zone: str) -> Talk:
        return Talk(desk=self.desk, client=client, zone=ZoneInfo(zone), now=self.now)


async def open_office(folder: Path, seed: int) -> Office:
    rng = random.Random(f"office {seed}")
    now = datetime(2026, 9, 3, 8, 20, tzinfo=UTC) + timedelta(days=17 * seed % 90, hours=seed % 7)
    store = Store(f"sqlite:///{folder}/houston.db", now=lambda: now, rng=rng, keyring=KEYRING)
    await store.open()
    houston = assemble(store, now=lambda: now, rng=rng, model=PatternsModel(), tools=())
    async with store.begin() as uow:
        await uow.workspaces.save(workspace=Workspace(id="T1", name="Agency", created_at=now))
        await uow.commit()
    sample = agency(seed, now)
    every = Agency(clients=(*sample.clients, *clients(rng, now)), watched_since=sample.watched_since)
    await plant(
        store, every, workspace_id="T1", checks=houston.checks, task_runs=houston.task_runs, now=lambda: now
    )
    found = await houston.clients.all(SCOPE)
    for client in found:
        if client.slug in OWN:
            await watch(houston, client.id or 0, now)
        await add_records(store, rng, client, now)
    return Office(store=store, desk=houston.desk, clients=tuple(found), now=now)
