"""The dispatcher: puts leased deliveries into lanes, and keeps the Posts up to date."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from houston.notify.composing import Composer
from houston.notify.courier import Courier
from houston.notify.lanes import FULL, Bucket, Lane, Pace, Sleep
from houston.notify.messenger import Messenger
from houston.notify.outbox import Outbox
from houston.notify.posts import Editor
from houston.notify.settling import Arrived, DeadLetter, Settling
from store.dispatch import Leased, Place
from store.ids import Ids
from store.tables import Post

log = logging.getLogger(__name__)

CAPACITY = 2000
"""Deliveries held in memory at the most; the rest wait on disk."""


class Dispatcher:
    """One lane an address; what a lane takes from its queue at once becomes one message."""

    def __init__(
        self,
        messenger: Messenger,
        composer: Composer,
        *,
        ids: Ids,
        now: Callable[[], datetime],
        rng: random.Random,
        on_dead: DeadLetter,
        on_sent: Arrived,
        pace: Pace = Pace(),
        sleep: Sleep = asyncio.sleep,
        is_alone: Callable[[], bool] = lambda: False,
    ) -> None:
        """`is_alone`: whether no other process delivers from this database, so that whatever is leased
        there was left behind."""
        self._messenger = messenger
        self._composer = composer
        self._ids = ids
        self._now = now
        self._rng = rng
        self._on_dead = on_dead
        self._on_sent = on_sent
        self._pace = pace
        self._sleep = sleep
        self._is_alone = is_alone
        self._has_taken_over = False
        self._lanes: dict[Place, Lane] = {}
        self._workspaces: dict[str, Bucket] = {}
        self._edits: dict[str, Bucket] = {}
        self._held: dict[int, Leased] = {}
        self._editing: dict[int, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._empty = asyncio.Event()
        self._empty.set()
        self._closing = False

    def serve(self, outbox: Outbox) -> None:
        """From now on deliver what this outbox records."""
        self._outbox = outbox
        self._editor = Editor(
            messenger=self._messenger, composer=self._composer, outbox=outbox, now=self._now, rng=self._rng
        )
        self._courier = Courier(
            messenger=self._messenger,
            composer=self._composer,
            settling=Settling(
                outbox=outbox,
                now=self._now,
                on_dead=self._on_dead,
                on_sent=self._on_sent,
                settled=self._settled,
            ),
            editor=self._editor,
            ids=self._ids,
            now=self._now,
            rng=self._rng,
            sleep=self._sleep,
        )

    @property
    def held(self) -> int:
        """Deliveries in memory."""
        return len(self._held)

    def room(self) -> int:
        return 0 if self._closing else CAPACITY - len(self._held)

    def full(self) -> set[Place]:
        """The addresses whose lanes take no more for now."""
        return {place for place, lane in self._lanes.items() if len(lane.queue) >= FULL}

    async def drained(self) -> None:
        """Wait until nothing is queued or being posted here, and every Post is as it should be."""
        await self._empty.wait()
        while self._looking or self._editing:
            await asyncio.gather(*self._editing.values(), *([self._looking] if self._looking else []))

    def take(self, leased: Iterable[Leased]) -> None:
        """Queue deliveries in their lanes; returns at once."""
        for each in leased:
            if each.delivery.id in self._held:
                continue
            self._held[each.delivery.id] = each
            self._empty.clear()
            lane = self._lane(each.delivery.workspace_id, each.delivery.address)
            lane.queue.append(each)
            if lane.task is None or lane.task.done():
                lane.task = asyncio.create_task(self._work(lane), name=f"lane {each.delivery.address}")

    async def claim_due(self) -> None:
        """Take over what is due on disk, as far as there is room."""
        if not self._has_taken_over and self._is_alone():
            await self._outbox.take_over()
        self._has_taken_over = True
        await self._outbox.let_go()
        if self.room() > 0:
            self.take(await self._outbox.claim(self.room()))
        await self._claim_posts()

    def look_again(self) -> None:
        """Somebody changed an episode: bring its messages up to date; returns at once."""
        if self._looking is None and not self._closing:
            self._looking = asyncio.create_task(self._claim_posts(), name="stale posts")
            self._looking.add_done_callback(self._looked)

    async def renew(self) -> None:
        """Keep the leases of what still waits in lanes."""
        if self._held:
            await self._outbox.renew(list(self._held))

    async def close(self) -> None:
        """Finish the posts that are under way and give back the rest."""
        self._closing = True
        for lane in self._lanes.values():
            lane.closing.set()
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        tasks += [*self._editing.values(), *([self._looking] if self._looking else [])]
        await asyncio.gather(*tasks, return_exceptions=True)
        for unsure in (False, True):
            waiting = [each for lane in self._lanes.values() for each in lane.queue]
            ids = [each.delivery.id for each in waiting if each.uncertain is unsure]
            if ids:
                await self._outbox.release(ids, unsure=unsure)

    def _lane(self, workspace_id: str, address: str) -> Lane:
        key = (workspace_id, address)
        if key not in self._lanes:
            pace, now = self._pace, self._now()
            shared = self._workspaces.setdefault(
                workspace_id, Bucket(pace.workspace_burst, pace.workspace_per_second, now)
            )
            self._lanes[key] = Lane(pace, shared, now)
        return self._lanes[key]

    async def _work(self, lane: Lane) -> None:
        while lane.queue and not self._closing:
            await lane.pause(lane.window(self._now()), self._sleep)
            if self._closing:
                return
            batch = lane.take()
            try:
                await self._courier.deliver(lane, batch)
            except Exception:
                ids = [leased.delivery.id for leased in batch]
                log.exception("deliveries %s are not settled: the end of their lease brings them back", ids)
                self._settled(batch)

    def _settled(self, batch: Sequence[Leased]) -> None:
        for leased in batch:
            self._held.pop(leased.delivery.id, None)
        if not self._held:
            self._empty.set()

    async def _claim_posts(self) -> None:
        for post in await self._outbox.claim_posts(CAPACITY):
            if post.id not in self._editing:
                task = asyncio.create_task(self._edit(post), name=f"post {post.id}")
                self._editing[post.id] = task
                task.add_done_callback(lambda _, id=post.id: self._editing.pop(id, None))  # type: ignore[misc]

    async def _edit(self, post: Post) -> None:
        lane, pace, now = self._lane(post.workspace_id, post.address), self._pace, self._now()
        edits = self._edits.setdefault(post.workspace_id, Bucket(pace.edit_burst, pace.edits_per_second, now))
        try:
            await lane.pause(edits.wait(now), self._sleep)
            async with lane.editing:
                await self._editor.bring_up(post)
        except Exception:
            log.exception("the Post %s is not settled: the end of its lease brings it back", post.id)

    def _looked(self, task: asyncio.Task[None]) -> None:
        self._looking = None
        if not task.cancelled() and task.exception():
            log.error("stale posts could not be claimed", exc_info=task.exception())
