"""A lifecycle's steps on both databases: in one transaction, one at a time, all or nothing."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from houston.notify.outbox import Outbox
from houston.watch.episodes import Episodes
from houston.watch.policy import Policy
from houston.watch.rows import Sighting
from store import Store
from store.dispatch import Leased, Receipt, Shown
from store.errors import NotKept
from store.tables import Episode, Event, Lifecycle, Post
from store.tables.notify import SENT
from tests.store.agency import EVERYTHING, Agency
from tests.store.databases import NOON, Clock, new_store
from tests.store.test_ledger import rule_to

pytestmark = pytest.mark.slow

KEY = "alert:1"
MINUTE = timedelta(minutes=1)


class Watched:
    """One key of Acme, seen through an outbox of its own."""

    def __init__(self, store: Store, clock: Clock, acme: int, **policy: Any) -> None:
        self.store, self.clock, self.acme = store, clock, acme
        self.leased: list[Leased] = []
        self.stale = 0
        self.outbox = Outbox(store.ledger, now=clock, hand_over=self.leased.extend, room=lambda: 99)
        self.episodes = Episodes(
            store=store,
            outbox=self.outbox,
            now=clock,
            policies={"alert": Policy(**policy)},
            stale=self._note_stale,
        )

    def _note_stale(self) -> None:
        self.stale += 1

    def sighting(self, verdict: Any, minutes: int) -> Sighting:
        return Sighting(
            key=KEY,
            type="outlier",
            client_id=self.acme,
            subject="Revenue",
            at=NOON + minutes * MINUTE,
            verdict=verdict,
            payload={"minute": minutes},
        )

    async def look(self, verdict: Any, minutes: int) -> int | None:
        return (await self.episodes.see(self.sighting(verdict, minutes))).event_id

    async def told(self) -> list[Event]:
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING))[::-1]

    async def stands(self) -> tuple[Lifecycle, Episode]:
        async with self.store.read() as uow:
            [lifecycle] = (await uow.lifecycles.of_keys(scope=EVERYTHING, keys=[KEY])).values()
            episode = await uow.episodes.get(scope=EVERYTHING, id=lifecycle.episode_id or 0)
        assert episode is not None
        return lifecycle, episode


@pytest.fixture
async def watched(store: Store, agency: Agency, clock: Clock) -> AsyncIterator[Watched]:
    watched = Watched(store, clock, agency.acme)
    yield watched
    await watched.outbox.close()


@pytest.fixture
async def other(url: str, watched: Watched, clock: Clock) -> AsyncIterator[Watched]:
    """The same key, in a second process."""
    store = new_store(url, clock, seed=8)
    other = Watched(store, clock, watched.acme)
    yield other
    await other.outbox.close()
    await store.close()


async def test_a_fire_and_its_end_are_told_of_one_episode(watched: Watched) -> None:
    for minute, verdict in enumerate(("ok", "breach", "breach", "ok", "ok")):
        await watched.look(verdict, minute)
    fired, resolved = await watched.told()
    lifecycle, episode = await watched.stands()
    assert (fired.phase, fired.client_id, fired.subject) == ("fired", watched.acme, "Revenue")
    assert (resolved.phase, resolved.episode_id, resolved.occurred_at) == (
        "resolved",
        fired.episode_id,
        NOON + 3 * MINUTE,
    )
    assert (episode.state, episode.count, episode.fired, episode.current) == (
        "resolved",
        2,
        {"minute": 1},
        {"minute": 3},
    )
    assert (lifecycle.state, lifecycle.told, lifecycle.seen_at) == ("ok", "resolved", NOON + 4 * MINUTE)


async def test_it_is_routed_like_any_event(watched: Watched) -> None:
    await rule_to(watched.store, watched.clock, "C1")
    await watched.look("breach", 0)
    assert [(each.event.phase, each.delivery.address) for each in watched.leased] == [("fired", "channel:C1")]


async def test_its_messages_are_out_of_date_once_it_changes(watched: Watched) -> None:
    await rule_to(watched.store, watched.clock, "C1")
    await watched.look("breach", 0)
    _, episode = await watched.stands()
    await watched.outbox.receive(posted(watched.leased[0], episode))
    assert (await post_of(watched, episode)).wanted == 1
    assert watched.stale == 1
    await watched.look("breach", 1)
    post, (_, changed) = await post_of(watched, episode), await watched.stands()
    assert (changed.version, post.wanted > post.shown, watched.stale) == (2, True, 2)


def posted(leased: Leased, episode: Episode) -> Receipt:
    return Receipt(
        delivery_id=leased.delivery.id,
        state=SENT,
        tries=1,
        due_at=NOON,
        channel="C1",
        ts="1.1",
        sent_at=NOON,
        shown=Shown(post_id=4711, leader_id=None, episode_id=episode.id, version=episode.version),
    )


async def post_of(watched: Watched, episode: Episode) -> Post:
    async with watched.store.read() as uow:
        [post] = await uow.posts.here(scope=EVERYTHING, episode_ids=[episode.id])
    return post


async def test_a_late_check_writes_nothing(watched: Watched) -> None:
    await watched.look("breach", 5)
    before = await watched.stands()
    seen = await watched.episodes.see(watched.sighting("ok", 5))
    assert (seen.is_accepted, seen.episode_id) == (False, before[1].id)
    assert [each.model_dump() for each in await watched.stands()] == [each.model_dump() for each in before]


async def test_what_is_known_already_steps_nothing(watched: Watched) -> None:
    kept: list[str] = []

    def once(_: Connection) -> bool:
        kept.append("asked")
        return len(kept) == 1

    for minute in range(2):
        await watched.episodes.see(watched.sighting("breach", minute), once=once)
    _, episode = await watched.stands()
    assert (episode.count, len(kept)) == (1, 2)


async def test_a_write_that_fails_leaves_nothing_of_its_step(watched: Watched) -> None:
    def fails(_: Connection) -> None:
        raise RuntimeError("full")

    with pytest.raises(NotKept):
        await watched.episodes.see(watched.sighting("breach", 0), fails)
    assert await watched.told() == []
    await watched.look("breach", 0)
    assert [event.phase for event in await watched.told()] == ["fired"]


async def test_several_checks_step_in_turn(watched: Watched) -> None:
    verdicts = ("breach", "ok", "breach", "ok")
    seen = await watched.episodes.follow(
        [watched.sighting(verdict, minute) for minute, verdict in enumerate(verdicts)]
    )
    assert [each.opened for each in seen] == [True, False, True, False]
    assert [event.phase for event in await watched.told()] == ["fired", "resolved"] * 2
    assert len({each.episode_id for each in seen}) == 2


async def test_two_processes_that_step_one_key_at_once_step_in_turn(watched: Watched, other: Watched) -> None:
    """Both see the same twelve checks, in any order: each counts once or comes late, and one fire is told."""
    shuffled = [(each, minute) for each in (watched, other) for minute in range(12)]
    random.Random(7).shuffle(shuffled)
    seen = await asyncio.gather(*(each.episodes.see(each.sighting("breach", at)) for each, at in shuffled))
    [event] = await watched.told()
    lifecycle, episode = await watched.stands()
    assert [each.event_id for each in seen if each.event_id] == [event.id]
    assert sum(each.opened for each in seen) == 1
    assert episode.count == sum(each.is_accepted for each in seen)
    assert lifecycle.seen_at == NOON + 11 * MINUTE


async def test_two_processes_that_step_many_keys_at_once_stand_in_nobodys_way(
    watched: Watched, other: Watched
) -> None:
    """Where two transactions want the same rows in different orders, one is tried again."""

    def sightings(each: Watched) -> list[Sighting]:
        found = [Sighting(**vars(each.sighting("breach", 0)) | {"key": f"alert:{n}"}) for n in range(30)]
        random.Random(each.store.ids.next()).shuffle(found)
        return found

    both = [(each, sighting) for each in (watched, other) for sighting in sightings(each)]
    seen = await asyncio.gather(*(each.episodes.see(sighting) for each, sighting in both))
    assert sum(each.is_accepted for each in seen) == 30
    assert [event.phase for event in await watched.told()] == ["fired"] * 30


async def test_a_snooze_holds_and_a_tick_tells_what_is_owed(watched: Watched) -> None:
    await watched.look("breach", 0)
    until = NOON + timedelta(hours=1)
    await watched.episodes.snooze(KEY, until=until, by="T1/U1", name="Mira")
    lifecycle, episode = await watched.stands()
    assert (lifecycle.snoozed_by, lifecycle.snoozed_name, episode.version) == ("T1/U1", "Mira", 2)
    await watched.look("ok", 1)
    assert await watched.episodes.wake_due(watched.clock.forward(minutes=59)) == []
    assert await watched.episodes.wake_due(watched.clock.forward(minutes=1)) == [KEY]
    assert await watched.episodes.wake_due(watched.clock()) == []
    fired, resolved = await watched.told()
    assert (fired.phase, resolved.phase, resolved.payload) == ("fired", "resolved", {"minute": 1})


async def test_two_ticks_at_once_tell_what_is_owed_once(watched: Watched, other: Watched) -> None:
    await watched.look("breach", 0)
    await watched.episodes.snooze(KEY, until=NOON + MINUTE, by="T1/U1", name="Mira")
    await watched.look("ok", 0)
    await watched.look("ok", 1)
    watched.clock.forward(minutes=2)
    await asyncio.gather(*(each.episodes.wake_due(each.clock()) for each in (watched, other)))
    assert [event.phase for event in await watched.told()] == ["fired", "resolved"]


async def test_a_person_ends_a_snooze_and_hears_what_is_owed(watched: Watched) -> None:
    await watched.look("breach", 0)
    await watched.episodes.snooze(KEY, until_change=True, by="T1/U1", name="Mira")
    await watched.look("breach", 1)
    assert (await watched.episodes.unsnooze(KEY)).event_id is None, "it fires still, and that is known"
    await watched.episodes.snooze(KEY, until=NOON + timedelta(weeks=1), by="T1/U1", name="Mira")
    await watched.look("ok", 2)
    seen = await watched.episodes.unsnooze(KEY)
    assert seen.event_id == (await watched.told())[-1].id
    assert not (await watched.episodes.unsnooze(KEY)).is_accepted


async def test_nobody_snoozes_what_is_not_watched(watched: Watched) -> None:
    await watched.episodes.snooze("alert:99", until_change=True, by="T1/U1", name="Mira")
    assert not (await watched.episodes.unsnooze("alert:99")).is_accepted
