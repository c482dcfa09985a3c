"""What each repository keeps and gives back, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from store import Scope, Store
from store.dispatch import Entry
from store.faults import counting
from store.notes import adding, changing
from store.occurrences import adding as adding_occurrences
from store.tables import Channel, Customer, Fault, Member, Metric, Note, Point, Rule
from tests.store.agency import EVERYTHING, WORKSPACE, Agency
from tests.store.databases import NOON, Clock
from tests.store.globex import definition_of, metric_of, occurrence_of
from tests.store.test_ledger import everywhere

HOUR = timedelta(hours=1)


def keep(store: Store, *entries: Entry) -> None:
    outcomes = store.ledger.turn(entries, [], routing=everywhere, now=NOON, lease=HOUR, room=0)
    assert not [each for each in outcomes if isinstance(each, Exception)]


async def test_points_sent_twice_are_corrected_not_doubled(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        metric = await metric_of(uow, agency.acme)
        for value in (1.0, 2.0):
            await uow.points.put(
                points=[Point(metric_id=metric, time=NOON + HOUR * n, value=value + n) for n in (2, 0, 1)]
            )
        await uow.points.put(points=[])
        await uow.commit()
    async with store.read() as uow:
        every = await uow.points.between(
            scope=EVERYTHING, metric_ids=[metric], start=NOON, end=NOON + HOUR * 3
        )
        assert [(point.time - NOON, point.value) for point in every] == [
            (HOUR * 0, 2.0),
            (HOUR, 3.0),
            (HOUR * 2, 4.0),
        ]
        half_open = await uow.points.between(
            scope=EVERYTHING, metric_ids=[metric], start=NOON, end=NOON + HOUR
        )
        assert [point.time for point in half_open] == [NOON]
        last = await uow.points.last(scope=EVERYTHING, metric_id=metric, until=NOON + HOUR, limit=1)
        assert [point.time for point in last] == [NOON + HOUR]
        newest = await uow.points.newest(scope=EVERYTHING, metric_ids=[metric])
        assert newest == {metric: NOON + HOUR * 2}
        assert newest[metric].tzinfo is not None


async def test_a_channel_of_a_metric_is_a_metric_of_its_own(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        for channel in ("", "google-ads"):
            await uow.metrics.save(
                metric=Metric(client_id=agency.acme, name="cost", channel=channel, unit="EUR")
            )
        await uow.commit()
    async with store.read() as uow:
        found = await uow.metrics.of(
            scope=EVERYTHING, client_id=agency.acme, name="cost", channel="google-ads"
        )
        assert found is not None
        assert (found.unit, found.aggregate, found.key) == ("EUR", "", False)
        assert [each.channel for each in await uow.metrics.all(scope=EVERYTHING)] == ["", "google-ads"]


async def test_customers_put_twice_are_updated(store: Store, agency: Agency) -> None:
    def eve(client_id: int, revenue: float, segment: str = "loyal") -> Customer:
        return Customer(
            client_id=client_id,
            customer_id="1",
            name="Eve 100%",
            segment=segment,
            created_at=NOON,
            orders=2,
            revenue=revenue,
        )

    async with store.begin() as uow:
        await uow.customers.put(customers=[eve(agency.acme, 1), eve(agency.globex, 5, "new")])
        await uow.customers.put(customers=[eve(agency.acme, 9)])
        await uow.commit()
    async with store.read() as uow:
        found = await uow.customers.search(scope=EVERYTHING, query="eve", order_by="revenue")
        assert [(each.client_id, each.revenue) for each in found] == [(agency.acme, 9), (agency.globex, 5)]
        assert len(await uow.customers.search(scope=EVERYTHING, segment="LOYAL")) == 1
        assert len(await uow.customers.search(scope=EVERYTHING, query="0%")) == 2
        assert await uow.customers.search(scope=EVERYTHING, query="1_0") == []
        assert await uow.customers.totals(scope=EVERYTHING) == {"loyal": (1, 2, 9.0), "new": (1, 2, 5.0)}
        assert await uow.customers.totals(scope=EVERYTHING, start=NOON + HOUR) == {}


def note(store: Store, agency: Agency, title: str, **changes: Any) -> Note:
    values: dict[str, Any] = {"id": store.ids.next(), "title": title, "created_at": NOON, "updated_at": NOON}
    return Note(**(values | {"client_id": agency.acme} | changes))


async def test_notes_are_found_by_words_status_and_time(store: Store, agency: Agency) -> None:
    notes = [
        note(store, agency, "Budget raised", body="by 10%"),
        note(store, agency, "Sale", status="done", created_at=NOON + HOUR),
        note(store, agency, "Salaries", private=True),
    ]
    keep(store, *(Entry(event=None, writes=[adding(each)]) for each in notes))
    notes[0].title = "Budget cut"
    keep(store, Entry(event=None, writes=[changing(notes[0])]))
    async with store.read() as uow:

        async def titles(**wanted: Any) -> list[str]:
            return [each.title for each in await uow.notes.search(scope=EVERYTHING, **wanted)]

        assert await titles() == ["Sale", "Budget cut"]
        assert await titles(query="10%") == ["Budget cut"]
        assert await titles(query="1_%") == []
        assert await titles(query="BUDGET") == ["Budget cut"]
        assert await titles(status="done") == ["Sale"]
        assert await titles(start=NOON, end=NOON + HOUR) == ["Budget cut"]
        assert await titles(limit=1) == ["Sale"]
        assert await titles(before=(NOON + HOUR, notes[1].id)) == ["Budget cut"]
        counts = await uow.notes.counts(scope=EVERYTHING, client_id=agency.acme, start=None, end=None)
        assert counts == {"open": 1, "done": 1}


async def test_a_fault_is_counted_and_shows_its_newest_words(store: Store, agency: Agency) -> None:
    def fault(message: str, hour: int) -> Fault:
        moment = NOON + HOUR * hour
        return Fault(
            id=store.ids.next(),
            fingerprint="f",
            client_id=agency.acme,
            title="Boom",
            message=message,
            first_at=moment,
            last_at=moment,
        )

    first = fault("first", 0)
    keep(store, Entry(event=None, writes=[counting(first), counting(fault("second", 1))]))
    keep(store, Entry(event=None, writes=[counting(fault("third", 2))]))
    async with store.read() as uow:
        kept = await uow.faults.find(scope=EVERYTHING, fingerprint="f")
    assert kept is not None
    assert (kept.id, kept.count, kept.message) == (first.id, 3, "third")
    assert (kept.first_at, kept.last_at) == (NOON, NOON + HOUR * 2)


async def test_an_occurrence_of_a_point_is_kept_once(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        metric, definition = await metric_of(uow, agency.acme), await definition_of(uow, agency.acme)
        await uow.commit()
    one, same = (occurrence_of(store, agency.acme, definition, metric, NOON) for _ in range(2))
    for each in (one, same):
        keep(store, Entry(event=None, writes=[adding_occurrences([each])]))
    async with store.read() as uow:
        [(kept, of)] = await uow.occurrences.between(scope=EVERYTHING, start=NOON, end=NOON + HOUR)
    assert (kept.id, of.id) == (one.id, metric)


async def test_a_due_check_is_taken_by_one_only(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        await definition_of(uow, agency.acme)
        await uow.commit()

    async def take() -> bool:
        async with store.read() as uow:
            due = await uow.definitions.due(scope=EVERYTHING, now=NOON)
        if not due:
            return False
        async with store.begin() as uow:
            taken = await uow.definitions.take(definition=due[0], until=NOON + HOUR)
            await uow.commit()
        return taken

    assert sum(await asyncio.gather(*(take() for _ in range(4)))) == 1
    assert not await take()


async def test_rule_numbers_are_never_given_twice(store: Store, agency: Agency) -> None:
    async def number() -> int:
        async with store.begin() as uow:
            taken = await uow.workspaces.take_rule_number(id=WORKSPACE)
            await uow.commit()
        return taken

    assert sorted(await asyncio.gather(*(number() for _ in range(5)))) == [1, 2, 3, 4, 5]


async def test_a_rule_has_the_destinations_it_was_saved_with_last(
    store: Store, agency: Agency, clock: Clock
) -> None:
    async with store.begin() as uow:
        one, two = [
            (
                await uow.destinations.of(
                    workspace_id=WORKSPACE, kind="channel", address=id, alias=id, now=NOON
                )
            ).id
            or 0
            for id in ("C1", "C2")
        ]
        again = await uow.destinations.of(
            workspace_id=WORKSPACE, kind="channel", address="C1", alias="other", now=NOON
        )
        assert again.id == one
        rule = Rule(workspace_id=WORKSPACE, number=1, event_type="outlier", created_at=NOON, updated_at=NOON)
        await uow.rules.save(rule=rule, destination_ids=[one, one])
        await uow.rules.save(rule=rule, destination_ids=[two])
        await uow.commit()
    async with store.read() as uow:
        [destinations] = (await uow.rules.destinations(scope=EVERYTHING)).values()
    assert [each.address for each in destinations] == ["C2"]
    async with store.begin() as uow:
        found = await uow.rules.find(scope=EVERYTHING, number=1)
        assert found is not None
        await uow.rules.delete(rule=found)
        await uow.commit()
    async with store.read() as uow:
        assert await uow.rules.all(scope=EVERYTHING) == []
        assert await uow.rules.destinations(scope=EVERYTHING) == {}


async def test_a_workspace_connects_again_and_keeps_what_people_changed(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        await uow.workspaces.set_timezone(id=WORKSPACE, timezone="Asia/Tokyo")
        again = await uow.workspaces.connect(
            id=WORKSPACE, name="Renamed", bot_user_id="U9", timezone="UTC", now=NOON
        )
        await uow.commit()
    assert (again.name, again.bot_user_id, again.timezone) == ("Renamed", "U9", "Asia/Tokyo")
    async with store.read() as uow:
        assert [each.id for each in await uow.workspaces.all_active()] == [WORKSPACE]


async def test_channels_are_the_bots_own_memberships(store: Store, agency: Agency) -> None:
    def channel(id: str, name: str) -> Channel:
        return Channel(workspace_id=WORKSPACE, id=id, name=name)

    async def names() -> list[str]:
        async with store.read() as uow:
            return [each.name for each in await uow.channels.member_of(workspace_id=WORKSPACE)]

    async with store.begin() as uow:
        await uow.channels.replace(
            workspace_id=WORKSPACE, channels=[channel("C1", "ads"), channel("C2", "ops")]
        )
        await uow.commit()
    assert await names() == ["ads", "ops"]
    async with store.begin() as uow:
        await uow.channels.replace(
            workspace_id=WORKSPACE, channels=[channel("C2", "ops"), channel("C3", "new")]
        )
        await uow.channels.change(workspace_id=WORKSPACE, id="C2", is_archived=True)
        await uow.channels.change(workspace_id=WORKSPACE, id="C3", name="newer")
        await uow.channels.change(workspace_id=WORKSPACE, id="C9", name="unknown")
        await uow.commit()
    assert await names() == ["newer"]


async def test_members_are_kept_by_workspace(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        for name in ("Ada", "Ada L."):
            member = await uow.members.find(workspace_id=WORKSPACE, user_id="U1")
            member = member or Member(workspace_id=WORKSPACE, user_id="U1", seen_at=NOON)
            member.name = name
            await uow.members.save(member=member)
            await uow.commit()
    async with store.read() as uow:
        ada = await uow.members.find(workspace_id=WORKSPACE, user_id="U1")
        assert ada is not None
        assert (ada.name, ada.role) == ("Ada L.", "member")
        assert await uow.members.find(workspace_id="T2", user_id="U1") is None


async def test_a_thread_is_one_conversation_and_a_message_one_turn(store: Store, agency: Agency) -> None:
    thread = {"workspace_id": WORKSPACE, "channel": "C1", "thread_ts": "1.0"}
    async with store.begin() as uow:
        conversation = await uow.conversations.open(**thread, client_id=agency.acme, event_id=None, now=NOON)
        again = await uow.conversations.open(**thread, client_id=None, event_id=None, now=NOON)
        assert (again.id, again.client_id) == (conversation.id, agency.acme)
        id = conversation.id or 0
        asked: dict[str, Any] = {
            "conversation_id": id,
            "user_id": "U1",
            "question": "Why?",
            "seen": [agency.acme],
            "held_until": NOON,
            "now": NOON,
        }
        first = await uow.turns.ask(**asked, ts="1.1", edited="", heard="Ev1")
        assert first is not None
        assert await uow.turns.ask(**asked, ts="1.1", edited="", heard="Ev2") is None
        assert await uow.turns.ask(**asked, ts="1.1", edited="1.3", heard="Ev3") is not None
        assert await uow.turns.was_heard(workspace_id=WORKSPACE, heard="Ev1")
        assert not await uow.turns.was_heard(workspace_id="T2", heard="Ev1")
        values = {"answer": "So.", "steps": [{"tool": "x", "rows": 3}]}
        assert await uow.turns.end(id=first.id or 0, state="answered", values=values, now=NOON)
        assert not await uow.turns.end(id=first.id or 0, state="stopped", values={}, now=NOON)
        await uow.commit()
    async with store.read() as uow:
        [turn] = await uow.turns.past(conversation_id=id, before=10**15)
        assert (turn.question, turn.answer, turn.steps) == ("Why?", "So.", [{"tool": "x", "rows": 3}])
        assert (turn.client_id, turn.seen) == (agency.acme, [agency.acme])


async def test_only_a_thread_in_which_nothing_is_asked_is_dropped(store: Store, agency: Agency) -> None:
    thread: dict[str, Any] = {"workspace_id": WORKSPACE, "channel": "C1", "client_id": None, "event_id": None}
    async with store.begin() as uow:
        asked = await uow.conversations.open(thread_ts="1.0", now=NOON, **thread)
        empty = await uow.conversations.open(thread_ts="2.0", now=NOON, **thread)
        await uow.turns.ask(
            conversation_id=asked.id or 0,
            ts="1.0",
            edited="",
            heard="",
            user_id="U1",
            question="Why?",
            seen=None,
            held_until=NOON,
            now=NOON,
        )
        for each in (asked, empty):
            await uow.conversations.drop_empty(id=each.id or 0)
        await uow.commit()
    place = {"workspace_id": WORKSPACE, "channel": "C1"}
    async with store.read() as uow:
        assert await uow.conversations.find(**place, thread_ts="1.0")
        assert await uow.conversations.find(**place, thread_ts="2.0") is None


async def test_an_answer_is_kept_by_its_key(store: Store, agency: Agency) -> None:
    async with store.begin() as uow:
        key = await uow.api_keys.add(name="ci", hash="h", client_id=agency.acme, now=NOON)
        await uow.api_keys.keep_answer(
            api_key_id=key.id or 0,
            idempotency_key="k",
            fingerprint="f",
            status=201,
            answer={"id": "1"},
            now=NOON,
        )
        await uow.commit()
    async with store.read() as uow:
        kept = await uow.api_keys.answered(api_key_id=key.id or 0, idempotency_key="k")
        assert kept is not None
        assert kept.answer == {"id": "1"}
        found = await uow.api_keys.find(hash="h")
        assert found is not None
        assert found.client_id == agency.acme
        assert await uow.api_keys.find(hash="other") is None


@pytest.mark.parametrize("client_ids", [None, frozenset({1})])
def test_a_scope_cannot_be_changed(client_ids: frozenset[int] | None) -> None:
    scope = Scope(workspace_id="T1", client_ids=client_ids)
    with pytest.raises(AttributeError):
        scope.client_ids = None  # type: ignore[misc]
