"""Brings one batch of deliveries to its address: looked for, written and posted."""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from houston.errors import Gone, PermanentFailure, TemporaryFailure
from houston.notify.adopting import Adoption
from houston.notify.composing import Composed, Composer
from houston.notify.items import Item
from houston.notify.lanes import Lane, Sleep
from houston.notify.messenger import Messenger, Posted
from houston.notify.posts import Editor
from houston.notify.settling import Exhausted, Settling
from store.dispatch import Leased, Shown
from store.ids import Ids
from store.tables import Post

log = logging.getLogger(__name__)

LONGEST_BLOCK = timedelta(minutes=5)
"""How long one failing delivery may hold up its own lane before it steps aside."""

MAX_TRIES = 12
BACKOFF_CAP = 300.0

Outcome = tuple[TemporaryFailure | None, list[Leased]]
"""What went wrong for now, and what is still to be delivered."""


@dataclass(frozen=True, kw_only=True)
class Courier:
    messenger: Messenger
    composer: Composer
    settling: Settling
    editor: Editor
    ids: Ids
    now: Callable[[], datetime]
    rng: random.Random
    sleep: Sleep

    async def deliver(self, lane: Lane, batch: list[Leased]) -> None:
        """Try until all of it is sent, dead, or has blocked the lane long enough."""
        step_aside = self.now() + LONGEST_BLOCK
        while batch:
            failure, batch = await self._attempt(lane, batch)
            if failure is None:
                continue
            batch = [_tried(leased, failure) for leased in batch]
            tries = batch[0].delivery.tries
            delay = self._delay(failure, tries)
            due_at = self.now() + timedelta(seconds=delay)
            if tries >= MAX_TRIES:
                await self.settling.bury(batch, Exhausted(failure.message), is_tried=False)
                return
            if lane.closing.is_set() or due_at > step_aside:
                await self.settling.put_back(batch, failure, due_at)
                return
            await lane.pause(delay, self.sleep)

    async def _attempt(self, lane: Lane, batch: list[Leased]) -> Outcome:
        try:
            left, composed = await self._missing(lane, batch), Composed()
            if len(left) == len(batch):
                composed = await self.composer.compose(batch)
                left = await self._told_there(batch, composed)
            if len(left) < len(batch):
                lane.put_back(left)
                return None, []
            return await self._tell(lane, batch, composed)
        except TemporaryFailure as failure:
            return failure, batch
        except PermanentFailure as failure:
            await self.settling.bury(batch, failure)
            return None, []
        except Exception:
            log.exception("%d deliveries failed inside Houston", len(batch))
            lane.looked_up.difference_update(each.delivery.id for each in batch)
            return TemporaryFailure("Houston failed while it wrote this message.", uncertain=True), batch

    async def _told_there(self, batch: list[Leased], composed: Composed) -> list[Leased]:
        """Those that may be told at their address; the others are held, or dead letters."""
        if composed.is_held:
            await self.settling.hold(batch)
            return []
        for leased in batch:
            if leased.delivery.id in composed.refused:
                await self.settling.bury([leased], composed.refused[leased.delivery.id], is_tried=False)
        return [each for each in batch if each.delivery.id not in composed.refused]

    async def _missing(self, lane: Lane, batch: list[Leased]) -> list[Leased]:
        """Those that have not arrived yet; receipts are kept for those that have."""
        adoption = Adoption(messenger=self.messenger, composer=self.composer, ids=self.ids, now=self.now)
        arrived = await adoption.arrived(lane, batch)
        if arrived:
            found = [leased for leased in batch if leased.delivery.id in arrived]
            shown = await adoption.shown(found, arrived)
            await self.settling.sent(found, arrived, shown)
        return [leased for leased in batch if leased.delivery.id not in arrived]

    async def _tell(self, lane: Lane, batch: list[Leased], composed: Composed) -> Outcome:
        if not batch:
            return None, []
        if composed.root and not await self._bring_up(lane, composed.root):
            return None, batch
        later = list(composed.later)
        now_told = [each for each in batch if each not in later]
        try:
            posted = await self._post(lane, now_told, composed)
        except TemporaryFailure as failure:
            lane.looked_up.difference_update(each.delivery.id for each in now_told)
            lane.put_back(later)
            return failure, now_told
        except PermanentFailure as failure:
            if isinstance(failure, Gone) and composed.root:
                return TemporaryFailure(failure.message), batch
            await self.settling.bury(now_told, failure)
        else:
            lane.told(now_told, self.now())
            await self._sent(composed, posted)
        lane.put_back(later)
        return None, []

    async def _post(self, lane: Lane, batch: list[Leased], composed: Composed) -> Posted:
        """Where what is to be told is shown by the Post alone, that is the message."""
        root = Posted(channel=composed.root.channel, ts=composed.root.ts) if composed.root else Posted()
        if composed.announcement is None:
            return root
        await lane.pause(lane.wait(self.now()), self.sleep)
        return await self.messenger.post(
            workspace_id=batch[0].delivery.workspace_id,
            address=batch[0].delivery.address,
            announcement=composed.announcement,
            delivery_ids=[leased.delivery.id for leased in batch],
            thread_ts=root.ts,
        )

    async def _bring_up(self, lane: Lane, root: Post) -> bool:
        async with lane.editing:
            return await self.editor.bring_up(await self.composer.leader(root))

    async def _sent(self, composed: Composed, posted: Posted) -> None:
        """The message is there: receipts for all that it says, and Posts for the episodes in it."""
        is_root = composed.announcement is not None and composed.root is None and bool(posted.ts)
        shown = self._shown(composed.tells, posted) if is_root else {}
        leased = [item.leased for item in (*composed.tells, *composed.covered) if item.leased]
        await self.settling.sent(leased, dict.fromkeys((each.delivery.id for each in leased), posted), shown)

    def _shown(self, tells: Sequence[Item], posted: Posted) -> dict[int, Shown]:
        """The Posts that a new message is, by delivery. One that merely mentions an episode which has its
        own Post is none."""
        found: dict[int, Shown] = {}
        leader: int | None = None
        for item in tells:
            if item.said.episode is None or item.has_post:
                continue
            post_id = self.ids.next()
            leader = leader or post_id
            found[item.delivery.id] = Shown(
                post_id=post_id,
                leader_id=leader,
                episode_id=item.said.episode.id,
                version=item.said.episode.version,
                chart_file=posted.chart_file,
            )
        return found

    def _delay(self, failure: TemporaryFailure, tries: int) -> float:
        if failure.retry_after is not None:
            return failure.retry_after
        return min(BACKOFF_CAP, 2.0 ** (tries - 1)) * self.rng.uniform(0.5, 1.0)


def _tried(leased: Leased, failure: TemporaryFailure) -> Leased:
    delivery = leased.delivery.model_copy(update={"tries": leased.delivery.tries + 1})
    return replace(leased, delivery=delivery, uncertain=leased.uncertain or failure.uncertain)
