"""Places that fail: what is counted, who is told, and how one comes back; on SQLite and on PostgreSQL."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from houston.access import Actor
from houston.agent.patterns.model import PatternsModel
from houston.assembly import Houston, assemble
from houston.errors import (
    Gone,
    NotAllowed,
    NotFound,
    PermanentFailure,
    ShutOut,
    Unsuitable,
    Withdrawn,
    Withheld,
)
from houston.notify.places.failing import MOST
from store.dispatch import Leased
from store.tables import Channel, Delivery, Destination, Event, Member, Rule
from store.tables.notify import HELD
from tests.actors import agency_admin
from tests.store.agency import EVERYTHING, WORKSPACE, open_agency
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store

pytestmark = pytest.mark.slow

NOT_THERE = "Houston is not in this channel. Type /invite @Houston there."


@dataclass(kw_only=True)
class Desk:
    houston: Houston
    clock: Clock
    ops: int

    async def place(self) -> Destination:
        async with self.houston.store.read() as uow:
            found = await uow.destinations.get(id=self.ops)
        assert found
        return found

    async def dies(
        self, kind: type[PermanentFailure] = PermanentFailure, *, type: str = "outlier", brings: int = 1
    ) -> None:
        failure, leased = kind(NOT_THERE), self.leased(type)
        await asyncio.gather(*(self.houston.failing.on_dead(leased, failure) for _ in range(brings)))

    async def arrives(self) -> None:
        await self.houston.failing.on_sent(self.leased("outlier"))

    def leased(self, type: str) -> Leased:
        event = Event(id=1, type=type, occurred_at=NOON, recorded_at=NOON, dedupe_key="x", payload={})
        return Leased(delivery=self.delivery(1, 1), event=event)

    def delivery(self, id: int, event_id: int, **more: Any) -> Delivery:
        return Delivery(
            id=id,
            event_id=event_id,
            workspace_id=WORKSPACE,
            destination_id=self.ops,
            address="channel:C1",
            due_at=NOON + timedelta(days=365),
            **more,
        )

    async def told(self) -> list[tuple[str, str]]:
        """Address and text of each notice so far."""
        async with self.houston.store.read() as uow:
            sent = await uow.deliveries.all(scope=EVERYTHING)
            events = {each.id: each for each in await uow.events.all(scope=EVERYTHING)}
        notices = [each for each in sent if each.event_id in events and each.address != "channel:C1"]
        return [(each.address, events[each.event_id].payload["text"]) for each in reversed(notices)]


@pytest.fixture(params=KINDS)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    await open_agency(store, NOON)
    async with store.begin() as uow:
        for user_id, role in (("UBOB", "admin"), ("UOWNER", "member")):
            member = Member(workspace_id=WORKSPACE, user_id=user_id, name=user_id, role=role, seen_at=NOON)
            await uow.members.save(member=member)
        await uow.channels.save(channel=Channel(workspace_id=WORKSPACE, id="C1", name="ops"))
        ops = await uow.destinations.of(
            workspace_id=WORKSPACE, kind="channel", address="C1", alias="#ops", now=NOON
        )
        await uow.commit()
    houston = assemble(store, now=clock, rng=random.Random(7), model=PatternsModel(), tools=())
    assert ops.id
    yield Desk(houston=houston, clock=clock, ops=ops.id)
    await houston.close()


async def owned_rule(desk: Desk, owner: str = "UOWNER") -> None:
    async with desk.houston.store.begin() as uow:
        rule = Rule(
            workspace_id=WORKSPACE,
            number=1,
            event_type="outlier",
            owner=owner,
            created_at=NOON,
            updated_at=NOON,
        )
        await uow.rules.save(rule=rule, destination_ids=[desk.ops])
        await uow.commit()


ADMIN = agency_admin(WORKSPACE, "UBOB")


async def test_the_first_failure_of_a_row_is_told_to_the_admins_with_its_mend(desk: Desk) -> None:
    await desk.dies()
    await desk.dies()
    [(address, text)] = await desk.told()
    assert address == "dm:UBOB"
    assert "*#ops*" in text
    assert "/invite @Houston" in text
    place = await desk.place()
    assert (place.error, place.failures, place.paused_at) == (NOT_THERE, 2, None)


async def test_the_third_in_a_row_pauses_the_place_and_tells_the_owner_once(desk: Desk) -> None:
    await owned_rule(desk)
    for _ in range(MOST + 3):
        await desk.dies()
    told = await desk.told()
    assert [address for address, _ in told] == ["dm:UBOB", "dm:UOWNER"]
    assert "is paused" in told[1][1]
    assert "/houston destinations" in told[1][1]
    assert (await desk.place()).paused_at == NOON


async def test_a_message_that_brings_many_deliveries_fails_once(desk: Desk) -> None:
    await desk.dies(brings=40)
    place = await desk.place()
    assert (place.failures, place.paused_at) == (1, None)


async def test_where_no_rule_has_an_owner_the_admins_hear_of_the_pause(desk: Desk) -> None:
    await owned_rule(desk, owner="")
    for _ in range(MOST):
        await desk.dies()
    assert [address for address, _ in await desk.told()] == ["dm:UBOB", "dm:UBOB"]


async def test_a_success_between_them_begins_a_new_row(desk: Desk) -> None:
    for _ in range(MOST):
        await desk.dies()
        await desk.arrives()
    place = await desk.place()
    assert (place.error, place.failures, place.paused_at) == ("", 0, None)
    assert len(await desk.told()) == MOST


@pytest.mark.parametrize("kind", [Unsuitable, Withdrawn, Gone])
async def test_a_message_that_is_at_fault_itself_says_nothing_of_the_place(
    desk: Desk, kind: type[PermanentFailure]
) -> None:
    for _ in range(MOST):
        await desk.dies(kind)
    place = await desk.place()
    assert (place.error, place.failures) == ("", 0)
    assert await desk.told() == []


@pytest.mark.parametrize("kind", [Withheld, ShutOut])
async def test_what_is_not_the_places_fault_is_shown_there_but_pauses_nothing(
    desk: Desk, kind: type[PermanentFailure]
) -> None:
    for _ in range(MOST):
        await desk.dies(kind)
    place = await desk.place()
    assert (place.error, place.failures, place.paused_at) == (NOT_THERE, 0, None)
    assert await desk.told() == []
    await desk.arrives()
    assert (await desk.place()).error == ""


async def test_a_notice_that_does_not_arrive_leads_to_no_other(desk: Desk) -> None:
    for _ in range(MOST):
        await desk.dies(type="notice")
    assert await desk.told() == []
    assert (await desk.place()).failures == 0


async def test_a_place_that_works_costs_no_look_into_the_store(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.arrives()
    monkeypatch.setattr(type(desk.houston.store), "read", None)
    monkeypatch.setattr(type(desk.houston.store), "begin", None)
    await desk.arrives()


async def test_what_another_process_noted_is_known_a_minute_later(desk: Desk) -> None:
    await desk.arrives()
    async with desk.houston.store.begin() as uow:
        await uow.destinations.set_error(id=desk.ops, error="It failed over there.")
        await uow.commit()
    desk.clock.forward(seconds=61)
    await desk.arrives()
    assert (await desk.place()).error == ""


async def waiting(desk: Desk, *bundles: str) -> None:
    async with desk.houston.store.begin() as uow:
        for number, bundle in enumerate(bundles, start=100):
            event = Event(
                id=number,
                type="outlier",
                occurred_at=NOON,
                recorded_at=NOON,
                dedupe_key=str(number),
                payload={},
            )
            uow._session.add(event)
            await uow._session.flush()
            uow._session.add(desk.delivery(number, number, state=HELD, bundle=bundle))
        await uow.commit()


async def due_at_once(desk: Desk) -> set[str]:
    async with desk.houston.store.read() as uow:
        held = await uow.deliveries.all(scope=EVERYTHING, state=HELD)
    return {each.bundle for each in held if each.due_at <= NOON}


async def test_resume_lets_go_what_waited_for_the_place_and_nothing_else(desk: Desk) -> None:
    await waiting(desk, "paused:99990101T000000", "paused:", "quiet:20261115T080000")
    for _ in range(MOST):
        await desk.dies()
    resumed = await desk.houston.resuming.resume(ADMIN, desk.ops)
    assert resumed.alias == "#ops"
    assert (await desk.place()).paused_at is None
    assert await due_at_once(desk) == {"paused:99990101T000000", "paused:"}


async def test_being_back_in_the_channel_resumes_it(desk: Desk) -> None:
    await waiting(desk, "paused:")
    for _ in range(MOST):
        await desk.dies()
    await desk.houston.resuming.back(WORKSPACE, "C2")
    assert (await desk.place()).paused_at
    await desk.houston.resuming.back(WORKSPACE, "C1")
    assert (await desk.place()).paused_at is None
    assert await due_at_once(desk) == {"paused:"}
    [entry] = await desk.houston.audits.page(ADMIN)
    assert (entry.action, entry.actor) == ("destination.resumed", "houston")


async def test_only_an_admin_resumes_and_only_at_home(desk: Desk) -> None:
    member = Actor(id="member T1/U2", name="Al", scope=EVERYTHING, is_admin=False, user_id="U2")
    with pytest.raises(NotAllowed):
        await desk.houston.resuming.resume(member, desk.ops)
    with pytest.raises(NotFound):
        await desk.houston.resuming.resume(ADMIN, desk.ops + 1)
