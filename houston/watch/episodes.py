"""What is watched is seen here: each check steps its lifecycle, and what that tells is recorded with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from houston.notify.outbox import Outbox
from houston.watch import rows
from houston.watch.lifecycle import step, wake
from houston.watch.policy import Policy
from houston.watch.rows import Sighting, Turn, snapshot_of
from houston.watch.snapshot import Snapshot
from store import Store
from store.dispatch import Recorded, Write
from store.lifecycles import Change, Key, Once, Step, Stepping, in_turn
from store.tables import Episode, Lifecycle

USUAL = Policy()

WOKEN = 200
"""Snoozes that one tick ends at the most."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What became of a sighting; a late or repeated one is not accepted, and changed nothing.

    `event_id` is that of what was announced, `episode_id` that of the newest episode of its key.
    """

    is_accepted: bool = False
    opened: bool = False
    episode_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Episodes:
    """`policies` are by the kind of a key, its word before the colon. `stale` is called once
    messages show what is no longer so."""

    store: Store
    outbox: Outbox
    now: Callable[[], datetime]
    policies: Mapping[str, Policy]
    stale: Callable[[], None] = lambda: None

    async def see(
        self, sighting: Sighting, *writes: Write, policy: Policy | None = None, once: Once | None = None
    ) -> Seen:
        """Step by one check. `once` keeps what was seen where that is new; a repeat changes nothing."""
        stepping = self._stepping(sighting, policy, once)
        await self._record([stepping], writes)
        return _seen(stepping)

    async def follow(
        self, sightings: Sequence[Sighting | Turn], *writes: Write, policy: Policy | None = None
    ) -> list[Seen]:
        """Step by several checks in turn, all or none of them."""
        steppings = [self._stepping(each, policy) for each in sightings]
        await self._record(steppings, writes)
        return [_seen(each) for each in steppings]

    async def snooze(
        self, key: str, *, until: datetime | None = None, until_change: bool = False, by: str, name: str
    ) -> bool:
        """Announce nothing of this key until then, or until it changes. `by` is `T1/U1`. False where
        somebody snoozes it already."""
        snoozed = {
            "snoozed_until": until,
            "snoozed_until_change": until_change,
            "snoozed_by": by,
            "snoozed_name": name,
        }
        change = Change(lifecycle=snoozed, shows=True)

        def fall_asleep(lifecycle: Lifecycle, episode: Episode | None) -> Change | None:
            return None if snapshot_of(lifecycle, episode).is_snoozed(self.now()) else change

        stepping = Stepping(Key(name=key), fall_asleep)
        await self._record([stepping])
        return stepping.change is not None

    async def unsnooze(self, key: str) -> Seen:
        """End a snooze now, and announce what is owed."""
        stepping = self._waking(key, is_cut_short=True)
        await self._record([stepping])
        return _seen(stepping)

    async def wake_due(self, now: datetime) -> list[str]:
        """A tick: the keys whose snooze is over, and of which was announced what was owed."""
        async with self.store.read() as uow:
            keys = await uow.lifecycles.over(now=now, limit=WOKEN)
        for key in keys:
            await self._record([self._waking(key)])
        return keys

    async def _record(self, steppings: Sequence[Stepping], writes: Sequence[Write] = ()) -> Recorded:
        recorded = await self.outbox.record(None, *writes, decide=in_turn(steppings))
        if any(each.change and each.change.shows for each in steppings):
            self.stale()
        return recorded

    def _stepping(self, seen: Sighting | Turn, policy: Policy | None, once: Once | None = None) -> Stepping:
        turn = Turn.of(seen) if isinstance(seen, Sighting) else seen
        key = Key(name=turn.key, client_id=turn.client_id, since=turn.at)
        return Stepping(key, self._step(turn, policy or self._policy(turn.key)), once=once)

    def _step(self, turn: Turn, policy: Policy) -> Step:
        def stepped(lifecycle: Lifecycle, episode: Episode | None) -> Change | None:
            sighting = turn.look(lifecycle, episode)
            if sighting is None:
                return None
            before, now = snapshot_of(lifecycle, episode), self.now()
            outcome = step(before, sighting, now, policy)
            if not outcome.is_accepted:
                return None
            return rows.seen(before, outcome, sighting, episode, self.store.ids, now)

        return stepped

    def _waking(self, key: str, *, is_cut_short: bool = False) -> Stepping:
        def woken(lifecycle: Lifecycle, episode: Episode | None) -> Change | None:
            now, before = self.now(), snapshot_of(lifecycle, episode)
            outcome = wake(_cut_short(before, now) if is_cut_short else before, now, self._policy(key))
            return rows.woken(outcome, episode, self.store.ids, now) if outcome.is_accepted else None

        return Stepping(Key(name=key), woken)

    def _policy(self, key: str) -> Policy:
        return self.policies.get(key.partition(":")[0], USUAL)


def _cut_short(snapshot: Snapshot, now: datetime) -> Snapshot:
    if not snapshot.is_snoozed(now):
        return snapshot
    return replace(snapshot, snoozed_until=now, snoozed_until_change=False)


def _seen(stepping: Stepping) -> Seen:
    change = stepping.change
    if change is None:
        return Seen(episode_id=stepping.episode_id)
    return Seen(
        is_accepted=True,
        opened=change.opened is not None,
        episode_id=stepping.episode_id,
        event_id=change.events[0].id if change.events else None,
    )
