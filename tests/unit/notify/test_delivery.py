"""Lanes over a real ledger on SQLite, with the fake at the port to Slack and time moved by hand."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from houston.errors import PermanentFailure, TemporaryFailure
from houston.notify.announcing import Announcer
from houston.notify.delivery import Dispatcher
from houston.notify.outbox import LEASE, Outbox
from houston.notify.rules import RuleDraft, Rules
from houston.team.clients import Clients
from houston.team.erasure import Erasure
from store import Scope, Store
from store.dispatch import Leased, Receipt
from store.errors import NotKept
from store.tables import Channel, Delivery, Event
from store.tables.notify import DEAD, DUE, SENT
from tests.actors import admin
from tests.fakes import FakeMessenger
from tests.store.databases import Clock, fresh_url, new_store

EVERYTHING = Scope(workspace_id="T1", client_ids=None)
ONE, TWO = "channel:C1", "channel:C2"


class Post:
    """An outbox with its dispatcher, a workspace and a rule to two channels."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.messenger = FakeMessenger(clock)
        self.dead: list[Leased] = []
        self.slept: list[float] = []
        self.dispatcher = Dispatcher(
            self.messenger,
            Announcer(store=store, charts={}),
            now=clock,
            rng=random.Random(1),
            sleep=self.sleep,
            on_dead=self.bury,
        )
        self.outbox = Outbox(
            store.ledger, now=clock, hand_over=self.dispatcher.take, room=self.dispatcher.room
        )
        self.dispatcher.outbox = self.outbox

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.forward(seconds=seconds)
        await asyncio.sleep(0)

    async def bury(self, leased: Leased, failure: PermanentFailure) -> None:
        self.dead.append(leased)

    async def event(self, name: str, client_id: int | None = None) -> Event:
        event = Event(
            id=self.store.ids.next(),
            type="system_error",
            client_id=client_id,
            severity="critical",
            occurred_at=self.clock(),
            recorded_at=self.clock(),
            dedupe_key=name,
            payload={"title": name},
        )
        await self.outbox.record(event)
        return event

    async def rows(self) -> list[Delivery]:
        async with self.store.read() as uow:
            return await uow.deliveries.all(scope=EVERYTHING)

    async def row(self, address: str) -> Delivery:
        return next(row for row in await self.rows() if row.address == address)

    async def settled(self) -> None:
        async with asyncio.timeout(5):
            await self.dispatcher.drained()

    async def close(self) -> None:
        await self.dispatcher.close()
        await self.outbox.close()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url("sqlite", tmp_path), Clock())
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def post(store: Store) -> AsyncIterator[Post]:
    clock = Clock()
    async with store.begin() as uow:
        await uow.workspaces.connect(id="T1", name="Agency", bot_user_id="U0", timezone="UTC", now=clock())
        await uow.channels.put(channels=[Channel(workspace_id="T1", id=id, name=id) for id in ("C1", "C2")])
        await uow.commit()
    rules = Rules(store=store, now=clock)
    await rules.add(admin(EVERYTHING), RuleDraft(channels=("C1", "C2"), event_type="system_error"))
    post = Post(store, clock)
    yield post
    await post.close()


async def test_an_event_reaches_every_channel_of_its_rule_once(post: Post) -> None:
    await post.event("boom")
    await post.settled()
    assert sorted(each.address for each in post.messenger.posted) == [ONE, TWO]
    assert {row.state for row in await post.rows()} == {SENT}


async def test_the_same_event_recorded_twice_is_posted_once(post: Post) -> None:
    await asyncio.gather(post.event("boom"), post.event("boom"), post.event("boom"))
    await post.event("boom")
    await post.settled()
    assert len(post.messenger.posted) == 2


async def test_a_channel_gets_its_messages_in_order_and_one_a_second_after_a_burst(post: Post) -> None:
    for number in range(6):
        await post.event(f"boom {number}")
    await post.settled()
    first = [each for each in post.messenger.posted if each.address == ONE]
    assert [each.announcement.event.dedupe_key for each in first] == [f"boom {n}" for n in range(6)]
    assert first[-1].at - first[0].at >= timedelta(seconds=3)


async def test_retry_after_is_obeyed_and_nothing_is_lost(post: Post) -> None:
    post.messenger.failures[ONE].append(TemporaryFailure("slow down", retry_after=30))
    await post.event("boom")
    await post.settled()
    assert 30 in post.slept
    assert (await post.row(ONE)).state == SENT
    assert (await post.row(ONE)).tries == 2


async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(post: Post) -> None:
    post.messenger.failures[ONE].append(TemporaryFailure("time-out", uncertain=True))
    post.messenger.swallowed.add(ONE)
    await post.event("boom")
    await post.settled()
    assert [each.address for each in post.messenger.posted].count(ONE) == 1
    assert post.messenger.finds == 1
    assert (await post.row(ONE)).state == SENT


async def test_a_permanent_failure_stops_at_once_and_says_why(post: Post) -> None:
    post.messenger.failures[ONE].append(PermanentFailure("Houston is not in #c1: /invite @Houston"))
    await post.event("boom")
    await post.settled()
    row = await post.row(ONE)
    assert (row.state, row.tries, row.error) == (DEAD, 1, "Houston is not in #c1: /invite @Houston")
    assert [each.delivery.address for each in post.dead] == [ONE]
    assert (await post.row(TWO)).state == SENT


async def test_a_hanging_channel_delays_no_other(post: Post) -> None:
    awake = post.messenger.hanging[ONE] = asyncio.Event()
    await post.event("boom")
    await post.messenger.until(1)
    assert post.messenger.posted[0].address == TWO
    awake.set()


async def test_a_failing_message_steps_aside_after_five_minutes_and_comes_back_later(post: Post) -> None:
    post.messenger.failures[ONE].extend(TemporaryFailure("slow down", retry_after=200) for _ in range(2))
    await post.event("first")
    await post.event("second")
    await post.settled()
    names = [e.announcement.event.dedupe_key for e in post.messenger.posted if e.address == ONE]
    assert names == ["second"]
    post.clock.forward(seconds=400)
    await post.dispatcher.claim_due()
    await post.settled()
    names = [e.announcement.event.dedupe_key for e in post.messenger.posted if e.address == ONE]
    assert names == ["second", "first"]


async def test_what_never_works_ends_as_a_dead_letter(post: Post) -> None:
    post.messenger.failures[ONE].extend(TemporaryFailure("down", retry_after=1) for _ in range(40))
    await post.event("boom")
    await post.settled()
    row = await post.row(ONE)
    assert (row.state, row.tries) == (DEAD, 12)


async def test_deliveries_left_by_a_killed_process_are_looked_for_before_they_are_posted(
    post: Post, store: Store
) -> None:
    killed = Outbox(store.ledger, now=post.clock, hand_over=lambda leased: None, room=lambda: 100)
    event = Event(
        id=store.ids.next(),
        type="system_error",
        severity="critical",
        occurred_at=post.clock(),
        recorded_at=post.clock(),
        dedupe_key="left",
        payload={"title": "left"},
    )
    await killed.record(event)
    await killed.close()
    await post.dispatcher.claim_due()
    assert not post.messenger.posted, "its lease still runs"
    post.clock.forward(seconds=LEASE.total_seconds() + 1)
    await post.dispatcher.claim_due()
    await post.settled()
    assert post.messenger.finds == 2
    assert len(post.messenger.posted) == 2


async def test_what_waits_at_a_stop_is_given_back_untried(post: Post) -> None:
    post.messenger.failures[ONE].append(TemporaryFailure("slow down", retry_after=10_000))
    await post.event("first")
    await post.settled()
    assert (await post.row(ONE)).state == DUE


async def test_a_process_that_delivers_nothing_leaves_its_deliveries_due_at_once(
    post: Post, store: Store
) -> None:
    quiet = Outbox(store.ledger, now=post.clock)
    await quiet.record(await _unrecorded(post))
    await quiet.close()
    assert {row.owner for row in await post.rows()} == {""}
    await post.dispatcher.claim_due()
    await post.settled()
    assert post.messenger.finds == 0
    assert len(post.messenger.posted) == 2


class Forgetful(Outbox):
    """Loses the first receipt, as a database that is away would."""

    lost = 0

    async def receive(self, receipt: Receipt) -> None:
        if not self.lost:
            self.lost += 1
            raise NotKept("The database is away.")
        await super().receive(receipt)


async def test_a_receipt_that_is_not_kept_stops_no_lane_and_doubles_no_message(post: Post) -> None:
    await post.outbox.close()
    post.outbox = post.dispatcher.outbox = Forgetful(
        post.store.ledger, now=post.clock, hand_over=post.dispatcher.take, room=post.dispatcher.room
    )
    for number in range(3):
        await post.event(f"boom {number}")
    await post.settled()
    assert len(post.messenger.posted) == 6
    assert sorted(row.state for row in await post.rows()) == [DUE, SENT, SENT, SENT, SENT, SENT]
    post.clock.forward(seconds=LEASE.total_seconds() + 1)
    await post.dispatcher.claim_due()
    await post.settled()
    assert len(post.messenger.posted) == 6, "found in the channel's history"
    assert {row.state for row in await post.rows()} == {SENT}


async def _unrecorded(post: Post) -> Event:
    return Event(
        id=post.store.ids.next(),
        type="system_error",
        severity="critical",
        occurred_at=post.clock(),
        recorded_at=post.clock(),
        dedupe_key="quiet",
        payload={"title": "quiet"},
    )


async def test_nothing_is_told_of_a_client_that_was_deleted_while_its_messages_waited(post: Post) -> None:
    clients = Clients(store=post.store, now=post.clock)
    acme = await clients.open("acme", "Acme")
    post.messenger.hanging["channel:C1"] = asyncio.Event()
    await post.event("of nobody")
    await post.event("of acme", client_id=acme.id)
    await post.messenger.until(2)
    erasure = Erasure(store=post.store, now=post.clock)
    await erasure.delete_client(admin(EVERYTHING), "acme", "acme")
    post.messenger.hanging["channel:C1"].set()
    await post.settled()
    titles = [each.announcement.event.payload["title"] for each in post.messenger.posted]
    assert sorted(titles) == ["of acme", "of nobody", "of nobody"], (
        "C2 got both before, C1 only what is nobody's"
    )
    assert post.dead == [], "nothing is to be mended"
