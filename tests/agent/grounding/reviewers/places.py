"""Where the reviewers' questions are asked: the sample agency, and an agency of their own."""

import random
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from houston import access
from houston.agent.evals.opening import opened
from houston.agent.evals.question import QuestionSet
from houston.agent.evals.world import World
from houston.agent.patterns.model import PatternsModel
from tests.agent.grounding.analysts.desk import Place, sample
from tests.agent.grounding.reviewers.catalogue import Trade, write
from tools import ALL_TOOLS

__all__ = ["Asked", "own", "sample"]

JOBS = ("nightly-export", "loyalty-sync", "price-feed")
ERRORS = ("the feed had no rows", "connection refused by the shop", "the API token has expired")
NIGHTS = 12


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A place, and what its metrics are called."""

    place: Place
    trade: Trade


@asynccontextmanager
async def own(seed: int) -> AsyncIterator[Asked]:
    rng = random.Random(f"reviewers' catalogue {seed}")
    with tempfile.TemporaryDirectory(prefix="reviewers-") as folder:
        found = write(Path(folder), rng)
        day = found.today
        now = datetime(day.year, day.month, day.day, 8, 20, tzinfo=UTC) + timedelta(
            minutes=rng.randint(0, 300)
        )
        asked = QuestionSet(seed=seed, now=now, data=Path(folder), questions=())
        async with opened(asked, model=PatternsModel(), tools=ALL_TOOLS) as world:
            await _jobs(world, now, rng)
            yield Asked(place=Place(world=world, now=now, is_sample=False), trade=found.trade)


async def _jobs(world: World, now: datetime, rng: random.Random) -> None:
    """Some nights of pipeline runs for each client, each with a link to its log."""
    for slug, client in world.clients.items():
        for ago in range(NIGHTS, -1, -1):
            for hour, job in enumerate(JOBS, start=1):
                at = now.replace(hour=hour, minute=rng.randint(1, 50), second=0) - timedelta(days=ago)
                has_failed = rng.random() < 0.22
                await world.houston.task_runs.report(
                    access.everything(),
                    job=f"{slug}-{job}",
                    run_id=f"{job}-{at:%Y%m%d}",
                    state="failed" if has_failed else "succeeded",
                    error=rng.choice(ERRORS) if has_failed else "",
                    url=f"https://ci.quarry.example/{slug}/runs/{rng.randint(10_000, 99_999)}",
                    client_id=client.id,
                    occurred_at=at,
                )
