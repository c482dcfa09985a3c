"""Real tools over real stores: the sample agency, and one that nobody has seen."""

import json
import random
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import to_jsonable_python

from houston.agent.evals.opening import opened
from houston.agent.evals.question import QuestionSet
from houston.agent.evals.world import World, user_id, workspace_id
from houston.agent.patterns.model import PatternsModel
from houston.agent.tool import ToolContext
from store.tables import Client
from tests.agent.grounding.analysts.catalogue import write
from tools import ALL_TOOLS

TOOLS = {tool.name: tool for tool in ALL_TOOLS}
ZONE = ZoneInfo("Europe/Zurich")

Result = Mapping[str, Any]


@dataclass(kw_only=True)
class Desk:
    """One conversation's reading: what was returned, by reference."""

    context: ToolContext
    clients: Mapping[str, Client]
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.context.today

    def client(self, slug: str | None) -> None:
        self.context = replace(self.context, client=self.clients[slug] if slug else None)

    async def read(self, name: str, **arguments: Any) -> Result:
        """As a model calls the tool and as it reads the answer. Raises HoustonError, ToolError."""
        tool, ref = TOOLS[name], f"r{len(self.results) + 1}"
        context = replace(self.context, results=lambda: dict(self.results))
        given = tool.parse(json.dumps(to_jsonable_python(arguments)))
        found: Result = {"ref": ref, **to_jsonable_python(await tool.run(context, given))}
        self.results[ref] = found
        return found


@dataclass(frozen=True, kw_only=True)
class Place:
    """An agency in which questions are asked."""

    world: World
    now: datetime
    is_sample: bool

    async def desk(self, slug: str | None, question: str = "") -> Desk:
        actor = await self.world.houston.access.actor(workspace_id("agency"), user_id("admin"))
        clients = self.world.clients
        context = ToolContext(
            actor=actor,
            client=clients[slug] if slug else None,
            member="Mira Keller",
            zone=ZONE,
            now=self.now,
            desk=self.world.houston.desk,
            question=question,
        )
        return Desk(context=context, clients=clients)

    @property
    def slugs(self) -> list[str]:
        return sorted(self.world.clients)


@asynccontextmanager
async def sample(seed: int) -> AsyncIterator[Place]:
    asked = QuestionSet(seed=seed, questions=())
    async with opened(asked, model=PatternsModel(), tools=ALL_TOOLS) as world:
        yield Place(world=world, now=asked.now, is_sample=True)


@asynccontextmanager
async def unseen(seed: int) -> AsyncIterator[Place]:
    with tempfile.TemporaryDirectory(prefix="analysts-") as folder:
        catalogue = write(Path(folder), random.Random(f"catalogue {seed}"))
        day = catalogue.today
        now = datetime(day.year, day.month, day.day, 7, 40, tzinfo=UTC) + timedelta(minutes=seed % 90)
        asked = QuestionSet(seed=seed, now=now, data=Path(folder), questions=())
        async with opened(asked, model=PatternsModel(), tools=ALL_TOOLS) as world:
            yield Place(world=world, now=now, is_sample=False)
