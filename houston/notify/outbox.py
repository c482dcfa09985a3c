"""Group commit: callers' events and lanes' receipts share one transaction, with no timer between.

While one commit runs, the next batch gathers. Reasons and figures: docs/decisions/0002-outbox.md.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from houston.notify import routing
from store.dispatch import Decide, Edit, Entry, Leased, Place, Receipt, Recorded, Target, Write
from store.errors import NotKept
from store.ledger import Ledger
from store.tables import Event, Post

LEASE = timedelta(seconds=30)
"""How long a delivery stays ours without a sign of life."""

BATCH = 256
"""Events in one transaction at the most."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Outbox:
    """Records events with their deliveries; answers after COMMIT.

    `hand_over` gets what was born leased; `room` says how many more it can hold, `full` which
    addresses it takes nothing more for. A process that
    delivers nothing itself leaves both out: its deliveries are due at once for one that does.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        now: Callable[[], datetime],
        hand_over: Callable[[Sequence[Leased]], None] | None = None,
        room: Callable[[], int] = lambda: 0,
        full: Callable[[], Collection[Place]] = tuple,
        lease: timedelta = LEASE,
    ) -> None:
        self._ledger = ledger
        self._lease = lease
        self._now = now
        self._hand_over = hand_over
        self._room = room
        self._full = full
        self._entries: list[tuple[Entry, asyncio.Future[Recorded]]] = []
        self._receipts: list[tuple[Receipt, asyncio.Future[None]]] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="outbox")
        self._writer: asyncio.Task[None] | None = None
        self.recorded = 0

    async def record(
        self,
        event: Event | None,
        *writes: Write,
        targets: Sequence[Target] = (),
        decide: Decide | None = None,
    ) -> Recorded:
        """Keep an event (or none) and the changes that belong to it, all or nothing.

        `targets` get it, and nobody else whatever the rules say; without any the rules decide.
        `decide` finds out in the same transaction what else there is to tell.
        """
        kept: asyncio.Future[Recorded] = asyncio.get_running_loop().create_future()
        entry = Entry(event=event, writes=writes, targets=targets, decide=decide)
        self._entries.append((entry, kept))
        self._write()
        return await kept

    async def receive(self, *receipts: Receipt) -> None:
        """Keep how attempts ended, all or nothing."""
        waiting = [(each, asyncio.get_running_loop().create_future()) for each in receipts]
        self._receipts += waiting
        self._write()
        await asyncio.gather(*(kept for _, kept in waiting))

    async def settle(self, *edits: Edit) -> None:
        """Keep how far Posts have been brought up to date."""
        await self._in_thread(partial(self._ledger.settle, edits))

    async def claim(self, limit: int) -> list[Leased]:
        """Take over due deliveries that are nobody's."""
        return await self._in_thread(
            partial(
                self._ledger.claim,
                now=self._now(),
                lease=self._lease,
                limit=limit,
                full=frozenset(self._full()),
            )
        )

    async def claim_posts(self, limit: int) -> list[Post]:
        """Take messages that are out of date."""
        return await self._in_thread(
            partial(self._ledger.claim_posts, now=self._now(), lease=self._lease, limit=limit)
        )

    async def take_over(self) -> None:
        """Free what an earlier process left behind; only for the one process of a database."""
        await self._in_thread(partial(self._ledger.take_over, now=self._now()))

    async def let_go(self) -> int:
        """Make due what was held until now; how many."""
        return await self._in_thread(partial(self._ledger.let_go, now=self._now()))

    async def renew(self, delivery_ids: Sequence[int]) -> None:
        until = self._now() + self._lease
        await self._in_thread(partial(self._ledger.renew, delivery_ids, until=until))

    async def release(self, delivery_ids: Sequence[int], *, unsure: bool = False) -> None:
        """Give back what was not tried here; `unsure`: an earlier process may have."""
        await self._in_thread(partial(self._ledger.release, delivery_ids, now=self._now(), unsure=unsure))

    async def close(self) -> None:
        """Write what waits, then stop."""
        if self._writer:
            await self._writer
        await asyncio.to_thread(self._thread.shutdown)

    def _write(self) -> None:
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain(), name="outbox writer")

    async def _drain(self) -> None:
        while self._entries or self._receipts:
            await self._turn()

    async def _turn(self) -> None:
        entries, self._entries = self._entries[:BATCH], self._entries[BATCH:]
        receipts, self._receipts = self._receipts, []
        try:
            outcomes = await self._in_thread(
                partial(
                    self._ledger.turn,
                    [entry for entry, _ in entries],
                    [receipt for receipt, _ in receipts],
                    routing=routing.targets,
                    now=self._now(),
                    lease=self._lease,
                    room=self._room(),
                    full=frozenset(self._full()),
                )
            )
        except Exception as error:
            if not isinstance(error, NotKept):
                log.exception("a turn of the outbox failed")
            _settle([*entries, *receipts], [error] * (len(entries) + len(receipts)))
            return
        _settle(receipts, [None] * len(receipts))
        _settle(entries, outcomes)
        kept_now = [kept for kept in outcomes if isinstance(kept, Recorded)]
        self.recorded += sum(kept.is_new for kept in kept_now)
        leased = [each for kept in kept_now for each in kept.leased]
        if self._hand_over and leased:
            self._hand_over(leased)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def _settle(waiting: Sequence[tuple[Any, asyncio.Future[Any]]], outcomes: Sequence[Any]) -> None:
    for (_, kept), outcome in zip(waiting, outcomes, strict=True):
        if kept.done():
            continue
        if isinstance(outcome, Exception):
            kept.set_exception(outcome)
        else:
            kept.set_result(outcome)
