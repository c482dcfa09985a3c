"""The dispatcher: brings leased deliveries to their addresses and keeps the receipts."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from houston.errors import Gone, NotDelivered, PermanentFailure, TemporaryFailure, Unsuitable, Withdrawn
from houston.notify.composing import Composed, Composer, Item
from houston.notify.lanes import Bucket, Lane, Pace, Sleep
from houston.notify.messenger import Messenger, Posted
from houston.notify.outbox import Outbox
from houston.notify.posts import Editor
from store.dispatch import Leased, Receipt, Shown
from store.ids import Ids
from store.tables import Post
from store.tables.notify import DEAD, DUE, SENT

log = logging.getLogger(__name__)

CAPACITY = 2000
"""Deliveries held in memory at the most; the rest wait on disk."""

LONGEST_BLOCK = timedelta(minutes=5)
"""How long one failing delivery may hold up its own lane before it steps aside."""

MAX_TRIES = 12
BACKOFF_CAP = 300.0

DeadLetter = Callable[[Leased, PermanentFailure], Awaitable[None]]
Arrived = Callable[[Leased], Awaitable[None]]


class Exhausted(PermanentFailure):
    """The last try has failed for a reason that may pass: nobody's place is at fault."""


NOT_THE_PLACES_FAULT = (Exhausted, Withdrawn, Unsuitable, Gone)


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
        self._lanes: dict[tuple[str, str], Lane] = {}
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
            messenger=self._messenger,
            composer=self._composer,
            outbox=outbox,
            now=self._now,
            rng=self._rng,
        )

    @property
    def held(self) -> int:
        """Deliveries in memory."""
        return len(self._held)

    def room(self) -> int:
        return 0 if self._closing else CAPACITY - len(self._held)

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
            self._run(lane, each.delivery.address)

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
        untried = [each.delivery.id for lane in self._lanes.values() for each in lane.queue]
        if untried:
            await self._outbox.release(untried)

    def _lane(self, workspace_id: str, address: str) -> Lane:
        key = (workspace_id, address)
        if key not in self._lanes:
            pace, now = self._pace, self._now()
            shared = self._workspaces.setdefault(
                workspace_id, Bucket(pace.workspace_burst, pace.workspace_per_second, now)
            )
            self._lanes[key] = Lane(pace, shared, now)
        return self._lanes[key]

    def _run(self, lane: Lane, name: str) -> None:
        if lane.task is None or lane.task.done():
            lane.task = asyncio.create_task(self._empty_lane(lane), name=f"lane {name}")

    async def _empty_lane(self, lane: Lane) -> None:
        while lane.queue and not self._closing:
            await lane.pause(lane.window(self._now()), self._sleep)
            if self._closing:
                return
            batch = lane.take()
            try:
                await self._deliver(lane, batch)
            except Exception:
                ids = [leased.delivery.id for leased in batch]
                log.exception("deliveries %s are not settled: the end of their lease brings them back", ids)
                self._let_go(batch)

    async def _deliver(self, lane: Lane, batch: list[Leased]) -> None:
        """Try until all of it is sent, dead, or has blocked the lane long enough."""
        step_aside = self._now() + LONGEST_BLOCK
        while batch:
            failure, batch = await self._attempt(lane, batch)
            if failure is None:
                continue
            tries = batch[0].delivery.tries + 1
            delay = self._delay(failure, tries)
            due_at = self._now() + timedelta(seconds=delay)
            batch = [_tried(leased, failure) for leased in batch]
            if tries >= MAX_TRIES:
                await self._bury(batch, Exhausted(failure.message), is_tried=False)
                return
            if self._closing or due_at > step_aside:
                await self._put_back(batch, failure, due_at)
                return
            await lane.pause(delay, self._sleep)

    async def _attempt(self, lane: Lane, batch: list[Leased]) -> tuple[TemporaryFailure | None, list[Leased]]:
        """What went wrong for now, and what is still to be delivered."""
        try:
            batch = await self._adopt(lane, batch)
            composed = await self._composer.compose(batch) if batch else Composed()
            for leased in batch:
                if leased.delivery.id in composed.refused:
                    await self._bury([leased], composed.refused[leased.delivery.id], is_tried=False)
            batch = [each for each in batch if each.delivery.id not in composed.refused]
            return await self._tell(lane, batch, composed)
        except TemporaryFailure as failure:
            return failure, batch
        except PermanentFailure as failure:
            await self._bury(batch, failure)
            return None, []
        except Exception:
            log.exception("%d deliveries failed inside Houston", len(batch))
            return TemporaryFailure("Houston failed while it wrote this message.", uncertain=True), batch

    async def _tell(
        self, lane: Lane, batch: list[Leased], composed: Composed
    ) -> tuple[TemporaryFailure | None, list[Leased]]:
        if not batch:
            return None, []
        later = list(composed.later)
        now_told = [each for each in batch if each not in later]
        thread_ts = ""
        if composed.root:
            if not await self._bring_up(lane, composed.root):
                return None, batch
            thread_ts = composed.root.ts
        posted = Posted(channel=composed.root.channel, ts=thread_ts) if composed.root else Posted()
        if composed.announcement:
            await lane.pause(lane.wait(self._now()), self._sleep)
            try:
                posted = await self._post(now_told, composed, thread_ts)
            except TemporaryFailure as failure:
                lane.looked_up.difference_update(each.delivery.id for each in now_told)
                lane.queue.extendleft(reversed(later))
                return failure, now_told
            except PermanentFailure as failure:
                await self._bury(now_told, failure)
                return None, later
        lane.told(now_told, self._now())
        await self._sent(composed, posted)
        return None, later

    async def _post(self, batch: list[Leased], composed: Composed, thread_ts: str) -> Posted:
        assert composed.announcement is not None
        first = batch[0].delivery
        return await self._messenger.post(
            workspace_id=first.workspace_id,
            address=first.address,
            announcement=composed.announcement,
            delivery_ids=[leased.delivery.id for leased in batch],
            thread_ts=thread_ts,
        )

    async def _adopt(self, lane: Lane, batch: list[Leased]) -> list[Leased]:
        """Look for what may have been posted before, once for all that waits here; what is not there."""
        unsure = [
            leased
            for leased in (*batch, *lane.queue)
            if leased.uncertain and leased.delivery.id not in lane.looked_up
        ]
        if any(leased in unsure for leased in batch):
            lane.arrived.update(await self._find(unsure))
            lane.looked_up.update(leased.delivery.id for leased in unsure)
        arrived = [leased for leased in batch if leased.delivery.id in lane.arrived]
        if arrived:
            await self._adopted(
                arrived, {each.delivery.id: lane.arrived.pop(each.delivery.id) for each in arrived}
            )
        return [leased for leased in batch if leased not in arrived]

    async def _find(self, unsure: Sequence[Leased]) -> dict[int, Posted]:
        first = unsure[0].delivery
        where = {"workspace_id": first.workspace_id, "address": first.address}
        since = min(each.delivery.asked_at or self._now() for each in unsure)
        ids = [leased.delivery.id for leased in unsure]
        found = dict(await self._messenger.find(**where, delivery_ids=ids, since=since))
        for id, post in (await self._composer.posts(unsure)).items():
            if id not in found:
                found |= await self._messenger.find(
                    **where, delivery_ids=[id], since=since, thread_ts=post.ts
                )
        return found

    async def _adopted(self, batch: Sequence[Leased], arrived: dict[int, Posted]) -> None:
        """Keep the receipts of messages that are there; a Post among them is brought up to date."""
        replies = await self._composer.posts(batch)
        leaders: dict[str, int] = {}
        episodes: set[int] = set()
        receipts = []
        for leased in batch:
            posted, episode_id, shown = arrived[leased.delivery.id], leased.event.episode_id, None
            is_root = posted.ts and leased.delivery.id not in replies
            if episode_id is not None and is_root and episode_id not in episodes:
                post_id = self._ids.next()
                leader = leaders.setdefault(posted.ts, post_id)
                shown = Shown(post_id=post_id, leader_id=leader, episode_id=episode_id, version=0)
                episodes.add(episode_id)
            receipts.append(self._receipt(leased, posted, shown))
        await self._receive(batch, receipts)

    async def _bring_up(self, lane: Lane, root: Post) -> bool:
        async with lane.editing:
            return await self._editor.bring_up(await self._composer.leader(root))

    async def _sent(self, composed: Composed, posted: Posted) -> None:
        """The message is there: receipts for all that it says, and Posts for the episodes in it."""
        tells, covered = list(composed.tells), list(composed.covered)
        is_root = composed.announcement is not None and composed.root is None
        posts = self._shown(tells, posted) if is_root and posted.ts else {}
        leased = [item.leased for item in (*tells, *covered) if item.leased]
        receipts = [self._receipt(each, posted, posts.get(each.delivery.id)) for each in leased]
        await self._receive(leased, receipts)
        await self._told_of([self._on_sent(each) for each in leased])

    def _shown(self, tells: Sequence[Item], posted: Posted) -> dict[int, Shown]:
        """The Posts that a new message is, by delivery. One that merely mentions an episode which has its
        own Post is none."""
        found: dict[int, Shown] = {}
        leader: int | None = None
        for item in tells:
            if item.said.episode is None or item.has_post:
                continue
            post_id = self._ids.next()
            leader = leader or post_id
            found[item.delivery.id] = Shown(
                post_id=post_id,
                leader_id=leader,
                episode_id=item.said.episode.id,
                version=item.said.episode.version,
                chart_file=posted.chart_file,
            )
        return found

    def _receipt(self, leased: Leased, posted: Posted, shown: Shown | None) -> Receipt:
        now = self._now()
        return Receipt(
            delivery_id=leased.delivery.id,
            state=SENT,
            tries=leased.delivery.tries + 1,
            due_at=now,
            channel=posted.channel,
            ts=posted.ts,
            sent_at=now,
            shown=shown,
        )

    async def _bury(
        self, batch: Sequence[Leased], failure: PermanentFailure, *, is_tried: bool = True
    ) -> None:
        """Dead letters: what may have arrived stays marked, so that a replay looks first."""
        now = self._now()
        receipts = [
            Receipt(
                delivery_id=leased.delivery.id,
                state=DEAD,
                tries=leased.delivery.tries + is_tried,
                due_at=now,
                error=failure.message,
                asked_at=leased.delivery.asked_at if leased.uncertain else None,
            )
            for leased in batch
        ]
        await self._receive(batch, receipts)
        if not isinstance(failure, NOT_THE_PLACES_FAULT):
            await self._told_of([self._on_dead(leased, failure) for leased in batch])

    async def _told_of(self, calls: Sequence[Awaitable[None]]) -> None:
        """What others make of an end cannot change it any more."""
        for call in calls:
            try:
                await call
            except Exception:
                log.exception("what follows from a delivery's end failed")

    async def _put_back(self, batch: Sequence[Leased], failure: TemporaryFailure, due_at: datetime) -> None:
        receipts = [
            Receipt(
                delivery_id=leased.delivery.id,
                state=DUE,
                tries=leased.delivery.tries,
                due_at=due_at,
                error=failure.message,
                asked_at=leased.delivery.asked_at if leased.uncertain else None,
            )
            for leased in batch
        ]
        await self._receive(batch, receipts)

    async def _receive(self, batch: Sequence[Leased], receipts: Sequence[Receipt]) -> None:
        await self._outbox.receive(*receipts)
        self._let_go(batch)

    def _let_go(self, batch: Sequence[Leased]) -> None:
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
        lane = self._lane(post.workspace_id, post.address)
        pace, now = self._pace, self._now()
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

    def _delay(self, failure: TemporaryFailure, tries: int) -> float:
        if failure.retry_after is not None:
            return failure.retry_after
        return min(BACKOFF_CAP, 2.0 ** (tries - 1)) * self._rng.uniform(0.5, 1.0)


def _tried(leased: Leased, failure: NotDelivered) -> Leased:
    is_uncertain = isinstance(failure, TemporaryFailure) and failure.uncertain
    delivery = leased.delivery.model_copy(update={"tries": leased.delivery.tries + 1})
    return replace(leased, delivery=delivery, uncertain=leased.uncertain or is_uncertain)
