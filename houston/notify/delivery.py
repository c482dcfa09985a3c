"""Lanes: one queue an address, so that order holds and a slow address delays no other."""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from houston.errors import NotDelivered, PermanentFailure, TemporaryFailure, Withdrawn
from houston.notify.messenger import Announcement, Messenger
from houston.notify.outbox import Outbox
from store.dispatch import Leased, Receipt
from store.tables.notify import DEAD, DUE, SENT

log = logging.getLogger(__name__)

CAPACITY = 2000
"""Deliveries held in memory at the most; the rest wait on disk."""

BURST, PER_SECOND = 3, 1.0
"""Slack takes one message a second a channel, and short bursts."""

LONGEST_BLOCK = timedelta(minutes=5)
"""How long one failing delivery may hold up its own lane before it steps aside."""

MAX_TRIES = 12
BACKOFF_CAP = 300.0

Announce = Callable[[Leased], Awaitable[Announcement]]
Sleep = Callable[[float], Awaitable[None]]
DeadLetter = Callable[[Leased, PermanentFailure], Awaitable[None]]


class Dispatcher:
    """Brings leased deliveries to their addresses and keeps the receipts."""

    def __init__(
        self,
        messenger: Messenger,
        announce: Announce,
        *,
        now: Callable[[], datetime],
        rng: random.Random,
        sleep: Sleep = asyncio.sleep,
        on_dead: DeadLetter,
    ) -> None:
        self._messenger = messenger
        self._announce = announce
        self._now = now
        self._rng = rng
        self._sleep = sleep
        self._on_dead = on_dead
        self._lanes: dict[tuple[str, str], Lane] = {}
        self._held: dict[int, Leased] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self._closing = False
        self.outbox: Outbox | None = None

    @property
    def held(self) -> int:
        """Deliveries in memory."""
        return len(self._held)

    def room(self) -> int:
        return 0 if self._closing else CAPACITY - len(self._held)

    async def drained(self) -> None:
        """Wait until nothing is queued or being posted here."""
        await self._empty.wait()

    def take(self, leased: Iterable[Leased]) -> None:
        """Queue deliveries in their lanes; returns at once."""
        for each in leased:
            if each.delivery.id in self._held:
                continue
            self._held[each.delivery.id] = each
            self._empty.clear()
            key = (each.delivery.workspace_id, each.delivery.address)
            lane = self._lanes.setdefault(key, Lane(self._now()))
            lane.queue.append(each)
            if lane.task is None or lane.task.done():
                lane.task = asyncio.create_task(self._run(lane), name=f"lane {key[1]}")

    async def claim_due(self) -> None:
        """Take over what is due on disk, as far as there is room."""
        if self.outbox and self.room() > 0:
            self.take(await self.outbox.claim(self.room()))

    async def renew(self) -> None:
        """Keep the leases of what still waits in lanes."""
        if self.outbox and self._held:
            await self.outbox.renew(list(self._held))

    async def close(self) -> None:
        """Finish the posts that are under way and give back the rest."""
        self._closing = True
        for lane in self._lanes.values():
            lane.closing.set()
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        await asyncio.gather(*tasks, return_exceptions=True)
        untried = [each.delivery.id for lane in self._lanes.values() for each in lane.queue]
        if self.outbox and untried:
            await self.outbox.release(untried)

    async def _run(self, lane: "Lane") -> None:
        while lane.queue and not self._closing:
            leased = lane.queue.popleft()
            try:
                await self._deliver(lane, leased)
            except Exception:
                log.exception(
                    "delivery %s is not settled: the end of its lease brings it back", leased.delivery.id
                )

    async def _deliver(self, lane: "Lane", leased: Leased) -> None:
        """Try until it is sent, dead, or has blocked the lane long enough."""
        step_aside = self._now() + LONGEST_BLOCK
        while True:
            await lane.pause(lane.wait(self._now()), self._sleep)
            outcome = await self._attempt(leased)
            tries = leased.delivery.tries + 1
            if not isinstance(outcome, TemporaryFailure) or tries >= MAX_TRIES:
                await self._settle(leased, outcome, tries)
                return
            delay = self._delay(outcome, tries)
            leased = _tried(leased, tries, outcome)
            if self._closing or self._now() + timedelta(seconds=delay) > step_aside:
                await self._put_back(leased, outcome, tries, self._now() + timedelta(seconds=delay))
                return
            await lane.pause(delay, self._sleep)

    async def _attempt(self, leased: Leased) -> str | NotDelivered:
        """The message's ts, or why there is none."""
        delivery = leased.delivery
        where = {"workspace_id": delivery.workspace_id, "address": delivery.address}
        try:
            if leased.uncertain and delivery.asked_at:
                found = await self._messenger.find(**where, delivery_id=delivery.id, since=delivery.asked_at)
                if found:
                    return found
            announcement = await self._announce(leased)
            return await self._messenger.post(**where, announcement=announcement, delivery_id=delivery.id)
        except NotDelivered as failure:
            return failure
        except Exception:
            log.exception("delivery %s failed inside Houston", delivery.id)
            return TemporaryFailure("Houston failed while it wrote this message.", uncertain=True)

    async def _settle(self, leased: Leased, outcome: str | NotDelivered, tries: int) -> None:
        now = self._now()
        if isinstance(outcome, str):
            receipt = Receipt(
                delivery_id=leased.delivery.id, state=SENT, tries=tries, due_at=now, ts=outcome, sent_at=now
            )
        else:
            receipt = Receipt(
                delivery_id=leased.delivery.id, state=DEAD, tries=tries, due_at=now, error=outcome.message
            )
        await self._receive(leased, receipt)
        if isinstance(outcome, PermanentFailure) and not isinstance(outcome, Withdrawn):
            await self._on_dead(leased, outcome)

    async def _put_back(
        self, leased: Leased, failure: TemporaryFailure, tries: int, due_at: datetime
    ) -> None:
        receipt = Receipt(
            delivery_id=leased.delivery.id,
            state=DUE,
            tries=tries,
            due_at=due_at,
            error=failure.message,
            asked_at=leased.delivery.asked_at if leased.uncertain else None,
        )
        await self._receive(leased, receipt)

    async def _receive(self, leased: Leased, receipt: Receipt) -> None:
        assert self.outbox is not None
        try:
            await self.outbox.receive(receipt)
        finally:
            self._held.pop(leased.delivery.id, None)
            if not self._held:
                self._empty.set()

    def _delay(self, failure: TemporaryFailure, tries: int) -> float:
        if failure.retry_after is not None:
            return failure.retry_after
        return min(BACKOFF_CAP, 2.0 ** (tries - 1)) * self._rng.uniform(0.5, 1.0)


class Lane:
    """The queue of one address, with its token bucket."""

    def __init__(self, now: datetime) -> None:
        self.queue: deque[Leased] = deque()
        self.task: asyncio.Task[None] | None = None
        self.closing = asyncio.Event()
        self._tokens = float(BURST)
        self._counted_at = now

    def wait(self, now: datetime) -> float:
        """Take a token; the seconds until it is there."""
        passed = (now - self._counted_at).total_seconds()
        self._tokens = min(float(BURST), self._tokens + passed * PER_SECOND) - 1
        self._counted_at = now
        return max(0.0, -self._tokens / PER_SECOND)

    async def pause(self, seconds: float, sleep: Sleep) -> None:
        """Wait, but no longer than until the lane closes."""
        if seconds <= 0:
            return
        waits = [asyncio.ensure_future(sleep(seconds)), asyncio.ensure_future(self.closing.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


def _tried(leased: Leased, tries: int, failure: TemporaryFailure) -> Leased:
    delivery = leased.delivery.model_copy(update={"tries": tries})
    return replace(leased, delivery=delivery, uncertain=leased.uncertain or failure.uncertain)
