"""When the daily digest is sent, to whom, and what each of them gets: on both databases."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest

from houston.errors import Invalid, NotAllowed, Withheld
from houston.notify import wall
from houston.notify.digests import moments
from store.tables import Destination
from store.tables.notify import DUE, HELD
from tests.actors import admin
from tests.fakes import FakeMessenger
from tests.store.agency import EVERYTHING, WORKSPACE, open_agency
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store
from tests.unit.notify.newsroom import ADMIN, BERLIN, Newsroom

pytestmark = pytest.mark.slow

NINE = datetime(2026, 11, 15, 8, tzinfo=UTC)
"""The first nine o'clock in Berlin after NOON."""

DAY = timedelta(days=1)


@pytest.fixture(params=KINDS)
async def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Newsroom]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    agency = await open_agency(store, clock())
    newsroom = Newsroom(store=store, clock=clock, agency=agency, messenger=FakeMessenger(clock))
    yield newsroom
    await newsroom.outbox.close()
    await store.close()


@pytest.fixture
async def on(newsroom: Newsroom) -> Newsroom:
    """Switched on, with a rule to C1."""
    await newsroom.rule("C1")
    await newsroom.setup.switch(ADMIN, on=True)
    return newsroom


async def test_it_is_sent_once_at_its_time(on: Newsroom) -> None:
    await on.at(NINE - timedelta(seconds=1))
    assert await on.sent() == []
    for seconds in (0, 5, 10):
        await on.at(NINE + timedelta(seconds=seconds))
    [event] = await on.sent()
    assert (event.workspace_id, event.client_id, event.occurred_at) == (WORKSPACE, None, NINE)
    assert [each.address for each in await on.deliveries()] == ["channel:C1"]


async def test_two_replicas_send_it_once(on: Newsroom) -> None:
    on.clock.now = NINE
    await asyncio.gather(*(on.replica().due(NINE) for _ in range(4)))
    assert len(await on.sent()) == len(await on.deliveries()) == 1


async def test_one_that_crashed_half_way_is_sent_after_all_and_once(on: Newsroom) -> None:
    on.clock.now = NINE
    async with on.store.begin() as uow:
        assert await uow.workspaces.move_digest(id=WORKSPACE, due_at=NINE, to=NINE + timedelta(minutes=5))
        await uow.commit()
    await on.tick()
    assert await on.sent() == []
    await on.at(NINE + timedelta(minutes=5))
    await on.at(NINE + timedelta(minutes=11))
    [event] = await on.sent()
    assert event.occurred_at == NINE


async def test_it_comes_once_on_each_date_also_when_clocks_change(newsroom: Newsroom) -> None:
    await newsroom.rule("C1")
    for begin, at in (
        (datetime(2027, 3, 26, 12, tzinfo=UTC), "02:30"),
        (datetime(2027, 10, 29, 12, tzinfo=UTC), "02:30"),
    ):
        newsroom.clock.now = begin
        await newsroom.setup.switch(ADMIN, on=True)
        await newsroom.setup.set_time(ADMIN, at)
        before = len(await newsroom.sent())
        for half_hours in range(2 * 24 * 4):
            await newsroom.at(begin + timedelta(minutes=30) * half_hours)
        found = (await newsroom.sent())[before:]
        dates = [event.occurred_at.astimezone(BERLIN).date() for event in found]
        assert dates == [(begin + DAY * day).date() for day in (1, 2, 3, 4)]


@pytest.mark.parametrize(("hours", "count"), [(11.9, 1), (12.0, 0), (13.0, 0)])
async def test_a_missed_one_is_sent_late_but_not_too_late(on: Newsroom, hours: float, count: int) -> None:
    await on.at(NINE + timedelta(hours=hours))
    await on.at(NINE + timedelta(hours=hours, minutes=1))
    assert len(await on.sent()) == count
    await on.at(NINE + DAY)
    assert len(await on.sent()) == count + 1


async def test_of_several_missed_ones_only_the_newest_is_sent(on: Newsroom) -> None:
    await on.at(NINE + 5 * DAY + timedelta(hours=2))
    [event] = await on.sent()
    assert event.occurred_at == NINE + 5 * DAY
    assert (await on.only()).start == NINE + 4 * DAY


async def test_a_new_time_and_a_new_zone_move_the_next_one(on: Newsroom) -> None:
    settings = await on.setup.set_time(ADMIN, "5:30 pm")
    assert (settings.at, settings.next_at) == ("17:30", datetime(2026, 11, 14, 16, 30, tzinfo=UTC))
    await on.at(datetime(2026, 11, 14, 16, 30, tzinfo=UTC))
    settings = await on.setup.set_time(ADMIN, "18")
    await on.at(datetime(2026, 11, 14, 17, tzinfo=UTC))
    assert len(await on.sent()) == 1, "each date once"
    assert (await on.setup.get(EVERYTHING)).next_at == datetime(2026, 11, 15, 17, tzinfo=UTC)


async def test_it_is_switched_off_and_only_by_admins(on: Newsroom) -> None:
    settings = await on.setup.switch(ADMIN, on=False)
    assert (settings.is_on, settings.next_at) == (False, None)
    await on.at(NINE)
    assert await on.sent() == []
    async with on.store.read() as uow:
        entries = await uow.audit.page(scope=EVERYTHING, before=None, limit=5)
    assert (entries[0].action, entries[0].before, entries[0].after) == (
        "digest.changed",
        {"on": True},
        {"on": False},
    )
    with pytest.raises(NotAllowed):
        await on.setup.switch(replace(ADMIN, is_admin=False), on=True)


async def test_without_a_rule_it_goes_to_the_default_channel_or_nowhere(newsroom: Newsroom) -> None:
    await newsroom.setup.switch(ADMIN, on=True)
    await newsroom.at(NINE)
    assert await newsroom.sent() == []
    default = Destination(workspace_id=WORKSPACE, alias="#d", address="C9", created_at=NOON)
    await newsroom.keep(default)
    async with newsroom.store.begin() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        assert workspace
        workspace.default_destination_id = default.id
        await uow.commit()
    assert [each.is_default for each in (await newsroom.setup.get(EVERYTHING)).places] == [True]
    await newsroom.at(NINE + DAY)
    assert [each.address for each in await newsroom.deliveries()] == ["channel:C9"]


async def test_while_everything_is_paused_it_waits(on: Newsroom) -> None:
    async with on.store.begin() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        assert workspace
        workspace.paused_until = NINE + timedelta(hours=1)
        await uow.commit()
    await on.at(NINE)
    [delivery] = await on.deliveries()
    assert (delivery.state, delivery.due_at) == (HELD, NINE + timedelta(hours=1))


async def test_each_filter_gets_a_digest_of_its_own_clients_only(on: Newsroom) -> None:
    acme, globex = on.agency.acme, on.agency.globex
    await on.channel("CBOUND", client_id=globex)
    await on.rule("CBOUND")
    await on.rule("CACME", client_id=acme)
    await on.rule("C1", client_id=acme)
    await on.channel("CSHARED", is_shared=True)
    await on.rule("CSHARED")
    for client_id in (acme, globex):
        await on.note(client_id)
        await on.episode(client_id, f"metric-of-{client_id}")
    await on.at(NINE)
    events = {event.client_id: event for event in await on.sent()}
    assert events.keys() == {None, acme, globex}
    addresses = {each.address: each.client_id for each in await on.deliveries()}
    assert addresses == {"channel:C1": None, "channel:CACME": acme, "channel:CBOUND": globex}
    assert f"metric-of-{acme}" in str(events[None].payload)
    assert f"metric-of-{acme}" not in str(events[globex].payload)
    assert "Acme" not in str(events[globex].payload)
    assert "Globex" not in str(events[acme].payload)


async def test_a_member_gets_the_clients_that_they_may_see(on: Newsroom) -> None:
    acme, globex = on.agency.acme, on.agency.globex
    await on.member("UALL")
    await on.member("UACME", acme)
    await on.member("UNONE", acme)
    await on.see("UNONE")
    async with on.store.begin() as uow:
        other = await uow.clients.open(slug="hidden", name="Hidden", now=NOON)
        await uow.commit()
    await on.member("UBOTH", acme, globex, minimum_severity="critical", daily_at="07:00")
    await on.note(other.id)
    await on.at(NINE)
    deliveries = {each.address: each for each in await on.deliveries()}
    assert deliveries.keys() == {"channel:C1", "dm:UALL", "dm:UACME", "dm:UBOTH"}
    events = {event.id: event for event in await on.sent()}
    both = events[deliveries["dm:UBOTH"].event_id]
    assert deliveries["dm:UBOTH"].state == DUE, "it is a daily message already"
    assert both.client_id is None
    assert both.payload["client_ids"] == sorted([acme, globex])
    assert "Hidden" not in str(both.payload)
    assert deliveries["dm:UALL"].event_id == deliveries["channel:C1"].event_id
    await check_the_wall_for(on, "UBOTH", both.id)


async def check_the_wall_for(on: Newsroom, user_id: str, event_id: int) -> None:
    """A client that was taken from somebody meanwhile is not told to them any more."""
    async with on.store.read() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        event = await uow.events.find(scope=EVERYTHING, id=event_id)
        assert workspace
        assert event
        await wall.check(uow, f"dm:{user_id}", event, workspace)
        await on.see(user_id, on.agency.acme)
    async with on.store.read() as uow:
        with pytest.raises(Withheld):
            await wall.check(uow, f"dm:{user_id}", event, workspace)


async def test_a_client_workspace_gets_its_own_client(on: Newsroom) -> None:
    async with on.store.begin() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        assert workspace
        workspace.kind, workspace.client_id = "client", on.agency.acme
        await uow.commit()
    await on.note(on.agency.acme)
    await on.note(on.agency.globex)
    await on.episode(None, "nobody's")
    await on.at(NINE)
    [event] = await on.sent()
    assert event.client_id == on.agency.acme
    digest = await on.only()
    assert not digest.has_clients
    assert [each.name for each in digest.sections] == ["Acme"]
    assert "Globex" not in str(event.payload)
    assert "nobody's" not in str(event.payload)


async def test_a_preview_is_no_wider_than_its_asker(on: Newsroom) -> None:
    for client_id in (on.agency.acme, on.agency.globex, None):
        await on.note(client_id)
    asker = admin(on.agency.acme_only)
    digest = await on.digests.preview(asker)
    assert [each.name for each in digest.sections] == ["Acme"]
    assert await on.sent() == []


async def test_an_erased_client_leaves_no_digest_behind(on: Newsroom) -> None:
    await on.rule("CGLOBEX", client_id=on.agency.globex)
    await on.note(on.agency.acme)
    await on.at(NINE)
    async with on.store.begin() as uow:
        await uow.erasure.erase(client_id=on.agency.acme, names=["acme", "Acme"], notice="notice")
        await uow.commit()
    assert [event.client_id for event in await on.sent()] == [on.agency.globex]


async def test_a_workspace_whose_digest_fails_keeps_no_other_waiting(on: Newsroom) -> None:
    async with on.store.begin() as uow:
        broken = await uow.workspaces.connect(
            id="T0", name="Broken", bot_user_id="U0", timezone="Nowhere/Land", now=NOON - DAY
        )
        broken.digest_on, broken.digest_due_at = True, NINE - timedelta(seconds=1)
        await uow.commit()
    with pytest.raises(ZoneInfoNotFoundError):
        await on.at(NINE)
    assert [event.workspace_id for event in await on.sent()] == [WORKSPACE]
    await on.at(NINE + timedelta(seconds=5))
    with pytest.raises(ZoneInfoNotFoundError):
        await on.at(NINE + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("9", "09:00"), ("9:05", "09:05"), ("17.30", "17:30"), ("12 am", "00:00"), ("12:15pm", "12:15")],
)
def test_a_time_of_day_is_understood(typed: str, clock: str) -> None:
    assert moments.clock(typed) == clock


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "13 pm", "0am", "noon", "9:5", "9:00:00"])
def test_a_wrong_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="no time of day"):
        moments.clock(typed)
