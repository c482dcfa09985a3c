"""Episodes as they are read and taken, on both databases."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from houston.notify.outbox import Outbox
from store import Store
from store.episodes import Taking, acknowledging, assigning, unacknowledging, unassigning
from store.tables import Episode, Post
from tests.store.agency import EVERYTHING, NOTHING, Agency
from tests.store.databases import Clock
from tests.store.messages import episode, keep, told

OPEN = {"firing", "recovering"}


@pytest.fixture
async def outbox(store: Store, clock: Clock) -> AsyncIterator[Outbox]:
    outbox = Outbox(store.ledger, now=clock)
    yield outbox
    await outbox.close()


async def now_of(store: Store, id: int) -> tuple[Episode, list[Post]]:
    async with store.read() as uow:
        found = await uow.episodes.get(scope=EVERYTHING, id=id)
        assert found is not None
        return found, await uow.posts.here(scope=EVERYTHING, episode_ids=[id])


async def test_of_two_who_acknowledge_at_once_one_is_first(
    store: Store, outbox: Outbox, agency: Agency, clock: Clock
) -> None:
    message = await told(outbox, store, clock(), episode(store, clock(), agency.acme))
    ann = acknowledging(message.episode_ids, by="T1/UANN", name="Ann", at=clock())
    bob = acknowledging(message.episode_ids, by="T1/UBOB", name="Bob", at=clock())
    await asyncio.gather(outbox.record(None, ann), outbox.record(None, bob))
    assert [ann.changed, bob.changed] == [list(message.episode_ids), []]
    found, (post,) = await now_of(store, message.episode_ids[0])
    assert (found.acknowledged_name, found.version) == ("Ann", 2)
    assert (post.wanted, post.shown) == (2, 1)


async def test_what_is_taken_back_can_be_taken_again(
    store: Store, outbox: Outbox, agency: Agency, clock: Clock
) -> None:
    message = await told(outbox, store, clock(), episode(store, clock(), agency.acme))
    ids = message.episode_ids
    for change in (
        acknowledging(ids, by="T1/UANN", name="Ann", at=clock()),
        unacknowledging(ids),
        acknowledging(ids, by="T1/UBOB", name="Bob", at=clock()),
        assigning(ids, to="T1/UBOB", name="Bob", by="T1/UANN"),
        unassigning(ids),
    ):
        await outbox.record(None, change)
        assert change.changed == list(ids)
    assert (await undone(outbox, unassigning(ids))).changed == []
    found, _ = await now_of(store, ids[0])
    assert (found.acknowledged_by, found.assigned_to, found.assigned_name) == ("T1/UBOB", "", "")


async def undone(outbox: Outbox, change: Taking) -> Taking:
    await outbox.record(None, change)
    return change


async def test_a_group_is_taken_together_and_its_message_asked_to_change_once_for_each(
    store: Store, outbox: Outbox, agency: Agency, clock: Clock
) -> None:
    both = [episode(store, clock(), agency.acme), episode(store, clock(), agency.acme)]
    message = await told(outbox, store, clock(), *both)
    change = acknowledging(message.episode_ids, by="T1/UANN", name="Ann", at=clock())
    await outbox.record(None, change)
    assert change.changed == list(message.episode_ids)
    _, (leader,) = await now_of(store, message.episode_ids[0])
    _, (other,) = await now_of(store, message.episode_ids[1])
    assert (leader.wanted, other.wanted) == (3, 1)


async def test_those_that_nobody_has_come_first(
    store: Store, outbox: Outbox, agency: Agency, clock: Clock
) -> None:
    taken = episode(store, clock(), agency.acme, acknowledged_by="T1/UANN")
    assigned = episode(store, clock(), agency.acme, assigned_to="T1/UANN")
    free = [episode(store, clock(), agency.acme), episode(store, clock(), agency.globex, state="recovering")]
    over = episode(store, clock(), agency.acme, state="resolved", resolved_at=clock())
    await keep(outbox, *free, taken, assigned, over)
    async with store.read() as uow:
        found = await uow.episodes.in_states(scope=EVERYTHING, states=OPEN)
        few = await uow.episodes.in_states(scope=EVERYTHING, states=OPEN, limit=1)
    assert [each.id for each in found] == [free[1].id, free[0].id, assigned.id, taken.id]
    assert [each.id for each in few] == [free[1].id]


async def test_a_scope_holds_every_look(store: Store, outbox: Outbox, agency: Agency, clock: Clock) -> None:
    theirs = episode(store, clock(), agency.acme, key="outlier:1:1")
    ours = episode(store, clock(), agency.globex, key="outlier:1:2")
    houstons = episode(store, clock(), None, key="fault:1", type="system_error")
    message = await told(outbox, store, clock(), theirs, ours, houstons)
    scope = agency.globex_only
    async with store.read() as uow:
        looks = [
            await uow.episodes.of_ids(scope=scope, ids=message.episode_ids),
            await uow.episodes.in_states(scope=scope, states=OPEN),
            await uow.episodes.all(scope=scope),
        ]
        assert await uow.episodes.get(scope=scope, id=theirs.id) is None
        assert await uow.episodes.all(scope=NOTHING) == []
        posts = await uow.posts.here(scope=scope, episode_ids=message.episode_ids)
    assert [[each.id for each in look] for look in looks] == [[ours.id]] * len(looks)
    assert [post.episode_id for post in posts] == [ours.id]


async def test_pages_go_from_the_newest_to_the_oldest(
    store: Store, outbox: Outbox, agency: Agency, clock: Clock
) -> None:
    made = [
        episode(store, clock(), agency.acme, type=type) for type in ("outlier", "task_failure", "outlier")
    ]
    await keep(outbox, *made)
    async with store.read() as uow:
        newest = await uow.episodes.all(scope=EVERYTHING, limit=1)
        rest = await uow.episodes.all(scope=EVERYTHING, before=newest[0].id)
        outliers = await uow.episodes.all(
            scope=EVERYTHING, type="outlier", states=OPEN, client_id=agency.acme
        )
    assert [each.id for each in newest] == [made[2].id]
    assert [each.id for each in rest] == [made[1].id, made[0].id]
    assert [each.id for each in outliers] == [made[2].id, made[0].id]
