"""Lanes over a real ledger on SQLite, with the fake at the port to Slack and time moved by hand."""

import asyncio
from datetime import timedelta

import pytest

from houston.errors import PermanentFailure, TemporaryFailure
from houston.notify.outbox import LEASE, Outbox
from houston.team.clients import Clients
from houston.team.erasure import Erasure
from store import Store
from store.dispatch import Receipt
from store.errors import NotKept
from store.tables import Event
from store.tables.notify import DEAD, DUE, SENT
from tests.actors import admin
from tests.unit.notify.office import EVERYTHING, ONE, TWO, Office

pytestmark = pytest.mark.slow


async def test_an_event_reaches_every_channel_of_its_rule_once(office: Office) -> None:
    await office.event("boom")
    await office.settled()
    assert sorted(each.address for each in office.messenger.posted) == [ONE, TWO]
    assert {row.state for row in await office.rows()} == {SENT}


async def test_the_same_event_recorded_twice_is_posted_once(office: Office) -> None:
    await asyncio.gather(office.event("boom"), office.event("boom"), office.event("boom"))
    await office.event("boom")
    await office.settled()
    assert len(office.messenger.posted) == 2


async def test_a_channel_gets_its_messages_in_order_and_one_a_second_after_a_burst(office: Office) -> None:
    for number in range(6):
        await office.event(f"boom {number}")
    await office.settled()
    first = [each for each in office.messenger.posted if each.address == ONE]
    assert [each.announcement.event.dedupe_key for each in first] == [f"boom {n}" for n in range(6)]
    assert first[-1].at - first[0].at >= timedelta(seconds=3)


async def test_retry_after_is_obeyed_and_nothing_is_lost(office: Office) -> None:
    office.messenger.failures[ONE].append(TemporaryFailure("slow down", retry_after=30))
    await office.event("boom")
    await office.settled()
    assert 30 in office.slept
    assert (await office.row(ONE)).state == SENT
    assert (await office.row(ONE)).tries == 2


async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(office: Office) -> None:
    office.messenger.failures[ONE].append(TemporaryFailure("time-out", uncertain=True))
    office.messenger.swallowed.add(ONE)
    await office.event("boom")
    await office.settled()
    assert [each.address for each in office.messenger.posted].count(ONE) == 1
    assert office.messenger.finds == 1
    assert (await office.row(ONE)).state == SENT


async def test_a_permanent_failure_stops_at_once_and_says_why(office: Office) -> None:
    office.messenger.failures[ONE].append(PermanentFailure("Houston is not in #c1: /invite @Houston"))
    await office.event("boom")
    await office.settled()
    row = await office.row(ONE)
    assert (row.state, row.tries, row.error) == (DEAD, 1, "Houston is not in #c1: /invite @Houston")
    assert [each.delivery.address for each in office.dead] == [ONE]
    assert (await office.row(TWO)).state == SENT


async def test_a_hanging_channel_delays_no_other(office: Office) -> None:
    awake = office.messenger.hanging[ONE] = asyncio.Event()
    await office.event("boom")
    await office.messenger.until(1)
    assert office.messenger.posted[0].address == TWO
    awake.set()


async def test_a_failing_message_steps_aside_after_five_minutes_and_comes_back_later(office: Office) -> None:
    office.messenger.failures[ONE].extend(TemporaryFailure("slow down", retry_after=200) for _ in range(2))
    await office.event("first")
    await office.event("second")
    await office.settled()
    names = [e.announcement.event.dedupe_key for e in office.messenger.posted if e.address == ONE]
    assert names == ["second"]
    office.clock.forward(seconds=400)
    await office.dispatcher.claim_due()
    await office.settled()
    names = [e.announcement.event.dedupe_key for e in office.messenger.posted if e.address == ONE]
    assert names == ["second", "first"]


async def test_what_never_works_ends_as_a_dead_letter(office: Office) -> None:
    office.messenger.failures[ONE].extend(TemporaryFailure("down", retry_after=1) for _ in range(40))
    await office.event("boom")
    await office.settled()
    row = await office.row(ONE)
    assert (row.state, row.tries) == (DEAD, 12)


async def test_deliveries_left_by_a_killed_process_are_looked_for_before_they_are_posted(
    office: Office, store: Store
) -> None:
    killed = Outbox(store.ledger, now=office.clock, hand_over=lambda leased: None, room=lambda: 100)
    event = Event(
        id=store.ids.next(),
        type="system_error",
        severity="critical",
        occurred_at=office.clock(),
        recorded_at=office.clock(),
        dedupe_key="left",
        payload={"title": "left"},
    )
    await killed.record(event)
    await killed.close()
    await office.dispatcher.claim_due()
    assert not office.messenger.posted, "its lease still runs"
    office.clock.forward(seconds=LEASE.total_seconds() + 1)
    await office.dispatcher.claim_due()
    await office.settled()
    assert office.messenger.finds == 2
    assert len(office.messenger.posted) == 2


async def test_what_waits_at_a_stop_is_given_back_untried(office: Office) -> None:
    office.messenger.failures[ONE].append(TemporaryFailure("slow down", retry_after=10_000))
    await office.event("first")
    await office.settled()
    assert (await office.row(ONE)).state == DUE


async def test_a_stop_forgets_nothing_of_what_a_killed_process_may_have_posted(
    office: Office, store: Store
) -> None:
    killed = Outbox(store.ledger, now=office.clock, hand_over=lambda leased: None, room=lambda: 100)
    for name in ("first", "second"):
        await killed.record(office.new(name))
    await killed.close()
    office.clock.forward(seconds=LEASE.total_seconds() + 1)
    office.messenger.failures[ONE].append(TemporaryFailure("slow down", retry_after=10_000))
    for address in (ONE, TWO):
        office.messenger.hanging[address] = asyncio.Event()
    await office.dispatcher.claim_due()
    await asyncio.sleep(0)
    closing = asyncio.create_task(office.dispatcher.close())
    await asyncio.sleep(0)
    for awake in office.messenger.hanging.values():
        awake.set()
    await closing
    left = [row for row in await office.rows() if row.state == DUE]
    assert left
    assert all(row.asked_at for row in left), "whoever claims them must look first"


async def test_a_process_that_delivers_nothing_leaves_its_deliveries_due_at_once(
    office: Office, store: Store
) -> None:
    quiet = Outbox(store.ledger, now=office.clock)
    await quiet.record(await _unrecorded(office))
    await quiet.close()
    assert {row.owner for row in await office.rows()} == {""}
    await office.dispatcher.claim_due()
    await office.settled()
    assert office.messenger.finds == 0
    assert len(office.messenger.posted) == 2


class Forgetful(Outbox):
    """Loses the first receipt, as a database that is away would."""

    lost = 0

    async def receive(self, *receipts: Receipt) -> None:
        if not self.lost:
            self.lost += 1
            raise NotKept("The database is away.")
        await super().receive(*receipts)


async def test_a_receipt_that_is_not_kept_stops_no_lane_and_doubles_no_message(office: Office) -> None:
    await office.outbox.close()
    office.serve(Forgetful)
    for number in range(3):
        await office.event(f"boom {number}")
    await office.settled()
    assert len(office.messenger.posted) == 6, "the one without a receipt is found in the channel's history"
    assert office.messenger.finds == 1
    assert {row.state for row in await office.rows()} == {SENT}


async def _unrecorded(office: Office) -> Event:
    return Event(
        id=office.store.ids.next(),
        type="system_error",
        severity="critical",
        occurred_at=office.clock(),
        recorded_at=office.clock(),
        dedupe_key="quiet",
        payload={"title": "quiet"},
    )


async def test_nothing_is_told_of_a_client_that_was_deleted_while_its_messages_waited(office: Office) -> None:
    clients = Clients(store=office.store, now=office.clock)
    acme = await clients.open("acme", "Acme")
    office.messenger.hanging["channel:C1"] = asyncio.Event()
    await office.event("of nobody")
    await office.event("of acme", client_id=acme.id)
    await office.messenger.until(2)
    erasure = Erasure(store=office.store, now=office.clock)
    await erasure.delete_client(admin(EVERYTHING), "acme", "acme")
    office.messenger.hanging["channel:C1"].set()
    await office.settled()
    titles = [each.announcement.event.payload["title"] for each in office.messenger.posted]
    assert sorted(titles) == ["of acme", "of nobody", "of nobody"], (
        "C2 got both before, C1 only what is nobody's"
    )
    assert office.dead == [], "nothing is to be mended"
