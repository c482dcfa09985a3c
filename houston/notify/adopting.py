"""What may have been posted before a crash or a lost answer, and whether it is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.notify.composing import Composer
from houston.notify.lanes import Lane
from houston.notify.messenger import Messenger, Posted
from store.dispatch import Leased, Shown
from store.ids import Ids


@dataclass(frozen=True, kw_only=True)
class Adoption:
    messenger: Messenger
    composer: Composer
    ids: Ids
    now: Callable[[], datetime]

    async def arrived(self, lane: Lane, batch: Sequence[Leased]) -> dict[int, Posted]:
        """Those of the batch that are in Slack, by delivery. One look serves all that waits in the lane."""
        unsure = [
            leased
            for leased in (*batch, *lane.queue)
            if leased.uncertain and leased.delivery.id not in lane.looked_up
        ]
        if any(leased in unsure for leased in batch):
            lane.arrived.update(await self._find(unsure))
            lane.looked_up.update(leased.delivery.id for leased in unsure)
        ids = [leased.delivery.id for leased in batch]
        return {id: lane.arrived.pop(id) for id in ids if id in lane.arrived}

    async def shown(self, batch: Sequence[Leased], arrived: Mapping[int, Posted]) -> dict[int, Shown]:
        """The Posts among messages that arrived; what they show is not known, so they are brought up to
        date."""
        replies = await self.composer.posts(batch)
        leaders: dict[str, int] = {}
        found: dict[int, Shown] = {}
        for leased in batch:
            id, episode_id, ts = leased.delivery.id, leased.event.episode_id, arrived[leased.delivery.id].ts
            is_known = episode_id in [each.episode_id for each in found.values()]
            if episode_id is None or not ts or id in replies or is_known:
                continue
            post_id = self.ids.next()
            leader = leaders.setdefault(ts, post_id)
            found[id] = Shown(post_id=post_id, leader_id=leader, episode_id=episode_id, version=0)
        return found

    async def _find(self, unsure: Sequence[Leased]) -> dict[int, Posted]:
        """In the channel, and in the threads of those episodes that have one."""
        first = unsure[0].delivery
        where = {"workspace_id": first.workspace_id, "address": first.address}
        since = min(each.delivery.asked_at or self.now() for each in unsure)
        ids = [leased.delivery.id for leased in unsure]
        found = dict(await self.messenger.find(**where, delivery_ids=ids, since=since))
        for id, post in (await self.composer.posts(unsure)).items():
            if id not in found:
                found |= await self.messenger.find(**where, delivery_ids=[id], since=since, thread_ts=post.ts)
        return found
