import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from store import Store
from store.dispatch import Entry, Leased, Receipt, Recorded, Route, Target
from store.errors import NotKept
from store.ledger import Ledger
from store.tables import Delivery, Event, Rule
from store.tables.notify import DUE, SENT
from tests.store.agency import EVERYTHING, WORKSPACE, Agency
from tests.store.databases import Clock, new_store

pytestmark = pytest.mark.slow

LEASE = timedelta(seconds=60)


@pytest.fixture
async def channels(store: Store, agency: Agency, clock: Clock) -> list[str]:
    """A rule that sends outliers to two channels; their addresses."""
    return await rule_to(store, clock, "C1", "C2")


@pytest.fixture
async def other(url: str, store: Store, clock: Clock) -> Any:
    """A second process on the same database."""
    other = new_store(url, clock, seed=8)
    yield other.ledger
    await other.close()


async def rule_to(store: Store, clock: Clock, *ids: str) -> list[str]:
    async with store.begin() as uow:
        places = [
            await uow.destinations.of(
                workspace_id=WORKSPACE, kind="channel", address=id, alias=f"#{id}", now=clock()
            )
            for id in ids
        ]
        rule = Rule(
            workspace_id=WORKSPACE,
            number=await uow.workspaces.take_rule_number(id=WORKSPACE),
            event_type="outlier",
            created_at=clock(),
            updated_at=clock(),
        )
        await uow.rules.save(rule=rule, destination_ids=[place.id or 0 for place in places])
        await uow.commit()
    return [f"channel:{id}" for id in ids]


def everywhere(event: Event, routes: Sequence[Route], now: datetime) -> list[Target]:
    return [
        Target(
            workspace_id=route.workspace_id,
            destination_id=route.destination_id,
            address=route.address,
            rule_ids=[route.rule_id] if route.rule_id else [],
        )
        for route in routes
    ]


def outlier(store: Store, clock: Clock, key: str, **changes: Any) -> Event:
    values: dict[str, Any] = {
        "id": store.ids.next(),
        "type": "outlier",
        "occurred_at": clock(),
        "recorded_at": clock(),
        "dedupe_key": key,
    }
    return Event(**(values | changes))


def turn(
    ledger: Ledger, clock: Clock, *entries: Entry, receipts: Sequence[Receipt] = (), room: int = 100
) -> list[Recorded | NotKept]:
    return ledger.turn(entries, receipts, routing=everywhere, now=clock(), lease=LEASE, room=room)


def record(ledger: Ledger, clock: Clock, *events: Event, room: int = 100) -> list[Recorded]:
    outcomes = turn(ledger, clock, *(Entry(event=event) for event in events), room=room)
    assert all(isinstance(outcome, Recorded) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Recorded)]


def sent(leased: Leased, clock: Clock, ts: str = "1.0") -> Receipt:
    return Receipt(
        delivery_id=leased.delivery.id, state=SENT, tries=1, due_at=clock(), ts=ts, sent_at=clock()
    )


def claim(ledger: Ledger, clock: Clock, limit: int = 100) -> list[Leased]:
    return ledger.claim(now=clock(), lease=LEASE, limit=limit)


async def deliveries(store: Store) -> list[Delivery]:
    async with store.read() as uow:
        return (await uow.deliveries.all(scope=EVERYTHING))[::-1]


async def test_an_event_is_recorded_with_a_delivery_for_each_address(
    store: Store, clock: Clock, channels: list[str]
) -> None:
    event = outlier(store, clock, "one", payload={"value": 1.5, "words": "Köln 🚀"}, subject="revenue")
    [recorded] = record(store.ledger, clock, event)
    assert (recorded.event_id, recorded.is_new) == (event.id, True)
    assert [each.delivery.address for each in recorded.leased] == channels
    async with store.read() as uow:
        kept = await uow.events.find(scope=EVERYTHING, id=event.id)
    assert kept is not None
    assert kept.payload == {"value": 1.5, "words": "Köln 🚀"}
    assert kept.occurred_at == clock()
    assert [each.address for each in await deliveries(store)] == channels


async def test_an_event_is_recorded_once_by_its_key(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    first = outlier(store, clock, "same")
    record(store.ledger, clock, first)
    for ledger in (store.ledger, other):
        [again] = record(ledger, clock, outlier(store, clock, "same"))
        assert (again.event_id, again.is_new, again.leased) == (first.id, False, [])
    assert len(await deliveries(store)) == len(channels)


async def test_twins_in_one_turn_are_one_event(store: Store, clock: Clock, channels: list[str]) -> None:
    twins = [outlier(store, clock, "same"), outlier(store, clock, "same")]
    first, second = record(store.ledger, clock, *twins)
    assert (first.event_id, second.event_id) == (twins[0].id, twins[0].id)
    assert len(await deliveries(store)) == len(channels)


async def test_two_processes_that_record_the_same_at_once_keep_it_once(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    for number in range(10):
        mine, theirs = (outlier(store, clock, f"key-{number}") for _ in range(2))
        outcomes = await asyncio.gather(
            asyncio.to_thread(record, store.ledger, clock, mine),
            asyncio.to_thread(record, other, clock, theirs),
        )
        assert len({outcome.event_id for [outcome] in outcomes}) == 1
    assert len(await deliveries(store)) == 10 * len(channels)


async def test_what_is_born_leased_can_be_claimed_by_nobody_until_its_lease_ends(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    [recorded] = record(store.ledger, clock, outlier(store, clock, "one"))
    assert all(each.delivery.owner == store.ledger.owner for each in recorded.leased)
    assert not any(each.uncertain for each in recorded.leased)
    assert claim(other, clock) == []
    clock.forward(seconds=61)
    claimed = claim(other, clock)
    assert [each.delivery.address for each in claimed] == channels
    assert all(each.uncertain for each in claimed), "it may have been posted by the one who held it"
    assert claimed[0].event.dedupe_key == "one"
    assert claim(store.ledger, clock) == []


async def test_what_finds_no_room_is_due_at_once(store: Store, clock: Clock, channels: list[str]) -> None:
    events = [outlier(store, clock, f"{number}") for number in range(3)]
    recorded = record(store.ledger, clock, *events, room=3)
    assert [len(each.leased) for each in recorded] == [2, 1, 0]
    claimed = claim(store.ledger, clock)
    assert [each.event.id for each in claimed] == [events[1].id, events[2].id, events[2].id]
    assert not any(each.uncertain for each in claimed)


async def test_an_address_is_written_to_by_one_process_at_a_time(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    [first] = record(store.ledger, clock, outlier(store, clock, "1"))
    [second] = record(other, clock, outlier(store, clock, "2"))
    assert second.leased == [], "it must not overtake what the other process holds"
    assert claim(other, clock) == []
    later = claim(store.ledger, clock)
    assert {each.event.id for each in later} == {second.event_id}
    turn(store.ledger, clock, receipts=[sent(each, clock) for each in (*first.leased, *later)])
    [third] = record(other, clock, outlier(store, clock, "3"))
    assert len(third.leased) == len(channels)


async def test_what_waits_on_disk_is_not_overtaken_by_what_is_new(
    store: Store, clock: Clock, channels: list[str]
) -> None:
    record(store.ledger, clock, outlier(store, clock, "1"), room=0)
    [second] = record(store.ledger, clock, outlier(store, clock, "2"))
    assert second.leased == []
    claimed = claim(store.ledger, clock)
    assert len(claimed) == 2 * len(channels)
    assert [each.delivery.id for each in claimed] == sorted(each.delivery.id for each in claimed)


async def test_whoever_has_the_database_alone_takes_over_what_was_left_at_once(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    record(store.ledger, clock, outlier(store, clock, "1"))
    assert claim(other, clock) == []
    other.take_over(now=clock())
    claimed = claim(other, clock)
    assert len(claimed) == len(channels)
    assert all(each.uncertain for each in claimed)


async def test_a_second_crash_still_looks_since_the_first_attempt(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    asked_at = clock()
    record(store.ledger, clock, outlier(store, clock, "1"))
    for _ in range(2):
        clock.forward(seconds=LEASE.total_seconds() + 1)
        claimed = claim(other, clock)
    assert {each.delivery.asked_at for each in claimed} == {asked_at}


async def test_claiming_takes_the_oldest_first_and_no_more_than_asked(
    store: Store, clock: Clock, channels: list[str]
) -> None:
    events = [outlier(store, clock, f"{number}") for number in range(3)]
    record(store.ledger, clock, *events, room=0)
    assert [each.event.id for each in claim(store.ledger, clock, limit=3)] == [
        events[0].id,
        events[0].id,
        events[1].id,
    ]
    assert len(claim(store.ledger, clock)) == 3


async def test_two_processes_never_claim_the_same(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    record(store.ledger, clock, *(outlier(store, clock, f"{number}") for number in range(30)), room=0)
    batches = await asyncio.gather(
        *(
            asyncio.to_thread(claim, ledger, clock, 7)
            for ledger in (store.ledger, other, store.ledger, other, store.ledger, other)
        )
    )
    rest = [claim(ledger, clock) for ledger in (store.ledger, other)]  # whoever came first has the channels
    taken = [each.delivery.id for batch in (*batches, *rest) for each in batch]
    assert len(taken) == len(set(taken)) == 60


async def test_a_receipt_counts_only_from_the_owner(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    [recorded] = record(store.ledger, clock, outlier(store, clock, "one"))
    turn(other, clock, receipts=[sent(recorded.leased[0], clock, ts="9.9")])
    turn(store.ledger, clock, receipts=[sent(recorded.leased[1], clock, ts="1.1")])
    first, second = await deliveries(store)
    assert (first.state, first.ts) == (DUE, "")
    assert (second.state, second.ts, second.owner, second.asked_at) == (SENT, "1.1", "", None)
    clock.forward(minutes=10)
    assert [each.delivery.id for each in claim(other, clock)] == [first.id]


async def test_a_failed_try_comes_back_when_it_is_due(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    [recorded] = record(store.ledger, clock, outlier(store, clock, "one"))
    later, unseen = clock() + timedelta(seconds=10), clock() - timedelta(seconds=2)
    failed = [
        Receipt(delivery_id=each.delivery.id, state=DUE, tries=1, due_at=later, error="503", asked_at=asked)
        for each, asked in zip(recorded.leased, (None, unseen), strict=True)
    ]
    turn(store.ledger, clock, receipts=failed)
    assert claim(other, clock) == []
    clock.forward(seconds=11)
    sure, unsure = claim(other, clock)
    assert (sure.uncertain, unsure.uncertain) == (False, True)
    assert unsure.delivery.asked_at == unseen, "where to begin to look for it"
    assert (sure.delivery.tries, sure.delivery.error) == (1, "503")


async def test_renewing_holds_on_and_releasing_lets_go(
    store: Store, clock: Clock, channels: list[str], other: Ledger
) -> None:
    [recorded] = record(store.ledger, clock, outlier(store, clock, "one"))
    held, freed = (each.delivery.id for each in recorded.leased)
    store.ledger.renew([held], until=clock() + timedelta(minutes=5))
    store.ledger.release([freed], now=clock())
    clock.forward(minutes=2)
    [taken] = claim(other, clock)
    assert (taken.delivery.id, taken.uncertain) == (freed, False)
    store.ledger.release([freed], now=clock())
    assert claim(store.ledger, clock) == [], "what another process took over stays with it"


async def test_a_change_is_kept_with_its_event_or_not_at_all(
    store: Store, clock: Clock, channels: list[str]
) -> None:
    def rename(connection: Connection) -> None:
        connection.execute(text("UPDATE client SET name = 'Changed' WHERE slug = 'acme'"))

    bad = outlier(store, clock, "bad", client_id=424242)
    [refused] = turn(store.ledger, clock, Entry(event=bad, writes=[rename]))
    assert isinstance(refused, NotKept)
    assert await names(store) == ["Acme", "Globex"]
    [kept] = turn(store.ledger, clock, Entry(event=None, writes=[rename]))
    assert kept == Recorded(event_id=None, is_new=False)
    assert await names(store) == ["Changed", "Globex"]


async def names(store: Store) -> list[str]:
    async with store.read() as uow:
        return [client.name for client in await uow.clients.all(scope=EVERYTHING)]


@pytest.mark.parametrize("poison", ["unknown client", "no time zone", "lone surrogate", "broken change"])
async def test_a_poisoned_entry_fails_alone(
    store: Store, clock: Clock, channels: list[str], poison: str
) -> None:
    def explode(_: Connection) -> None:
        raise ZeroDivisionError

    poisoned = {
        "unknown client": Entry(event=outlier(store, clock, "bad", client_id=424242)),
        "no time zone": Entry(event=outlier(store, clock, "bad", occurred_at=clock().replace(tzinfo=None))),
        "lone surrogate": Entry(event=outlier(store, clock, "bad", subject="\ud800")),
        "broken change": Entry(event=outlier(store, clock, "bad"), writes=[explode]),
    }[poison]
    [earlier] = record(store.ledger, clock, outlier(store, clock, "earlier"))
    good = [Entry(event=outlier(store, clock, key)) for key in ("before", "after")]
    receipts = [sent(each, clock) for each in earlier.leased]
    before, bad, after = turn(store.ledger, clock, good[0], poisoned, good[1], receipts=receipts)
    assert isinstance(before, Recorded)
    assert isinstance(after, Recorded)
    assert isinstance(bad, NotKept)
    assert "424242" not in bad.message
    async with store.read() as uow:
        kept = [event.dedupe_key for event in await uow.events.all(scope=EVERYTHING)]
    assert sorted(kept) == ["after", "before", "earlier"]
    assert [each.state for each in await deliveries(store)][:2] == [SENT, SENT]


async def test_paused_rules_and_left_workspaces_get_nothing(
    store: Store, clock: Clock, channels: list[str]
) -> None:
    async with store.begin() as uow:
        rule = await uow.rules.find(scope=EVERYTHING, number=1)
        assert rule is not None
        rule.active = False
        await uow.commit()
    [recorded] = record(store.ledger, clock, outlier(store, clock, "one"))
    assert recorded.leased == []
    assert recorded.is_new
