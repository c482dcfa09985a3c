"""What grows with time and is of no use any more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from store import Store, UnitOfWork

RUNS_KEPT = timedelta(days=100)
"""A little longer than previews look back."""

ANSWERS_KEPT = timedelta(days=2)
"""Longer than any sender tries the same request again."""

BATCH = 1_000

Purge = Callable[[UnitOfWork], Awaitable[int]]


@dataclass(frozen=True, kw_only=True)
class Purging:
    store: Store

    async def due(self, now: datetime) -> int:
        """A tick: delete what is too old; how many rows went."""
        runs, answers = now - RUNS_KEPT, now - ANSWERS_KEPT
        return await self._all(lambda uow: uow.report_runs.purge(before=runs, limit=BATCH)) + await self._all(
            lambda uow: uow.api_keys.forget_answers(before=answers, limit=BATCH)
        )

    async def _all(self, purge: Purge) -> int:
        """In short transactions, so that nobody waits for them."""
        gone, size = 0, BATCH
        while size == BATCH:
            async with self.store.begin() as uow:
                size = await purge(uow)
                await uow.commit()
            gone += size
        return gone
