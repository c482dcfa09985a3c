"""Whose a turn is: one process answers it, for as long as it holds it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from houston.agent.conversations.turns import Opened
from store import Store
from store.tables import Turn

HOLD = timedelta(seconds=30)
"""How long an answer that nobody renews counts as being written."""

LOOKS, RENEWS = 1.0, 10
"""Seconds between two looks at whether the answer is still wanted; every how many looks it is held anew."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    store: Store
    now: Callable[[], datetime]
    looks: float = LOOKS
    own: set[int] = field(default_factory=set)
    """The ids of what this process answers just now, or is to answer."""

    def until(self) -> datetime:
        """How long a turn is ours that is taken now."""
        return self.now() + HOLD

    def is_free(self, turn: Turn) -> bool:
        """Whether nobody answers it any more; alone in the database, nobody else can."""
        return turn.state == "answering" and turn.id not in self.own and self.is_let_go(turn)

    def is_let_go(self, turn: Turn) -> bool:
        """Whether whoever held it holds it no more."""
        return self.store.is_alone or turn.held_until is None or turn.held_until < self.now()

    @asynccontextmanager
    async def held(self, opened: Opened) -> AsyncGenerator[asyncio.Event, None]:
        """Keeps the turn ours; the event is set where the answer is wanted no more."""
        unwanted = asyncio.Event()
        self.own.add(opened.turn_id)
        watch = asyncio.create_task(self._watch(opened, unwanted), name=f"turn {opened.turn_id}")
        try:
            yield unwanted
        finally:
            self.own.discard(opened.turn_id)
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _watch(self, opened: Opened, unwanted: asyncio.Event) -> None:
        looks = 0
        while not unwanted.is_set():
            await asyncio.sleep(self.looks)
            looks += 1
            if not await self._is_wanted(opened, renew=looks % RENEWS == 0):
                unwanted.set()

    async def _is_wanted(self, opened: Opened, *, renew: bool) -> bool:
        if renew:
            return await self._renew(opened)
        async with self.store.read() as uow:
            return await uow.turns.state(id=opened.turn_id) == "answering"

    async def _renew(self, opened: Opened) -> bool:
        async with self.store.begin() as uow:
            is_ours = await uow.turns.hold(id=opened.turn_id, until=self.until())
            await uow.commit()
        return is_ours
