"""A store of its own for the questions, gone with everything in it afterwards."""

import random
import secrets
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from houston.agent.evals.furnishing import furnish
from houston.agent.evals.question import QuestionSet
from houston.agent.evals.world import World
from houston.agent.messages import ChatModel
from houston.agent.tool import Tool
from houston.assembly import Houston, assemble
from store import Store
from store.crypto import Keyring
from store.sources import Sources


@asynccontextmanager
async def opened(found: QuestionSet, *, model: ChatModel, tools: Sequence[Tool]) -> AsyncIterator[World]:
    """With the sample agency, or the set's folder of CSV files, at the set's moment."""
    with tempfile.TemporaryDirectory(prefix="houston-eval-") as temporary:
        folder = Path(temporary)
        houston, sources = await _assembled(found, folder, model, tools)
        try:
            world = World(houston=houston, cast=found.members)
            await furnish(world, found, folder / "shop")
            yield world
        finally:
            await houston.close()
            await sources.close()


async def _assembled(
    found: QuestionSet, folder: Path, model: ChatModel, tools: Sequence[Tool]
) -> tuple[Houston, Sources]:
    rng, url = random.Random(found.seed), f"sqlite:///{folder}/houston.db"
    (folder / "shop").mkdir()

    def now() -> datetime:
        return found.now

    store = Store(url, now=now, rng=rng, keyring=Keyring([secrets.token_bytes(32)]))
    await store.open()
    sources = Sources(own_url=url, file_roots=(folder / "shop",), allow_hosts=(), now=now)
    return assemble(store, now=now, rng=rng, model=model, tools=tools, sources=sources), sources
