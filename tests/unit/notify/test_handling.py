"""What people do about episodes, over real databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from houston.access import Access, Actor
from houston.errors import Conflict, Invalid, NotAllowed, NotFound
from houston.notify.handling.assignees import Assignees
from houston.notify.handling.handling import Handling
from houston.notify.handling.snoozing import chosen
from houston.notify.outbox import Outbox
from houston.team.members import Members, Profile
from houston.team.notices import Notices
from houston.team.roles import Roles
from houston.watch.episodes import Episodes
from store import Store
from store.tables import Delivery, Episode, Event, Lifecycle
from tests.actors import agency_admin
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import KINDS, Clock, fresh_url, new_store
from tests.store.messages import Told, delivery_of, destination, episode, event_of, keep, told

pytestmark = pytest.mark.slow

LINK = "https://slack.example/C1/1.1"


class Desk:
    """Ann and Bob see every client, Cleo sees Globex only, and Sam is of another company."""

    def __init__(self, store: Store, agency: Agency, clock: Clock) -> None:
        self.store, self.agency, self.clock = store, agency, clock
        self.outbox = Outbox(store.ledger, now=clock)
        self.stale = 0
        notices = Notices(store=store, outbox=self.outbox, now=clock)
        self.members = Members(store=store, notices=notices, now=clock)
        self.roles = Roles(store=store, now=clock)
        self.access = Access(store=store)
        self.handling = Handling(
            store=store,
            outbox=self.outbox,
            episodes=Episodes(store=store, outbox=self.outbox, now=clock, policies={}, stale=self.look),
            assignees=Assignees(store=store, notices=notices, permalinks=link),
            now=clock,
            stale=self.look,
        )

    def look(self) -> None:
        self.stale += 1

    async def people(self) -> None:
        for name, timezone in (("Ann", "Europe/Berlin"), ("Bob", "America/New_York"), ("Cleo", "UTC")):
            await self.members.seen(WORKSPACE, person(name, timezone=timezone))
        await self.members.seen(WORKSPACE, person("Sam", team_id="TOTHER"))
        await self.members.seen(WORKSPACE, person("Dan", active=False))
        await self.roles.set_clients(agency_admin(WORKSPACE), "UCLEO", [self.agency.globex])

    async def actor(self, name: str, channel_id: str | None = None) -> Actor:
        return await self.access.actor(WORKSPACE, f"U{name.upper()}", channel_id)

    async def told(self, *about: Episode, **more: Any) -> Told:
        made = about or (episode(self.store, self.clock(), self.agency.acme),)
        return await told(self.outbox, self.store, self.clock(), *made, **more)

    async def now(self, id: int) -> tuple[Episode, Lifecycle | None]:
        async with self.store.read() as uow:
            return (await uow.posts.episodes(scope=EVERYTHING, ids=[id]))[id]

    async def notices(self) -> list[tuple[Event, Delivery]]:
        async with self.store.read() as uow:
            events = [each for each in await uow.events.all(scope=EVERYTHING) if each.type == "notice"]
            sent = [await uow.deliveries.all(scope=EVERYTHING, event_id=each.id) for each in events]
        return [(event, delivery) for event, found in zip(events, sent, strict=True) for delivery in found]


def person(name: str, *, timezone: str = "UTC", team_id: str = WORKSPACE, active: bool = True) -> Profile:
    return Profile(
        user_id=f"U{name.upper()}",
        team_id=team_id,
        name=name,
        email="",
        timezone=timezone,
        is_slack_admin=False,
        is_guest=False,
        active=active,
    )


async def link(workspace_id: str, channel: str, ts: str) -> str | None:
    return LINK if (workspace_id, channel, ts) == (WORKSPACE, "C1", "1.1") else None


@pytest.fixture(params=KINDS)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    desk = Desk(store, await open_agency(store, clock()), clock)
    await desk.people()
    yield desk
    await desk.outbox.close()
    await store.close()


async def test_acknowledging_names_who_did_and_has_the_message_changed(desk: Desk) -> None:
    message = await desk.told()
    await desk.handling.acknowledge(await desk.actor("Ann"), message.delivery_id)
    found, _ = await desk.now(message.episode_ids[0])
    assert (found.acknowledged_by, found.acknowledged_name) == (f"{WORKSPACE}/UANN", "Ann")
    assert found.acknowledged_at == desk.clock()
    assert desk.stale == 1


async def test_of_two_people_at_once_one_wins_and_the_other_is_told_who(desk: Desk) -> None:
    message = await desk.told()
    results = await asyncio.gather(
        desk.handling.acknowledge(await desk.actor("Ann"), message.delivery_id),
        desk.handling.acknowledge(await desk.actor("Bob"), message.delivery_id),
        return_exceptions=True,
    )
    found, _ = await desk.now(message.episode_ids[0])
    refused = [each for each in results if each is not None]
    assert [str(each) for each in refused] == [f"Already acknowledged by {found.acknowledged_name}."]
    assert isinstance(refused[0], Conflict)


async def test_undoing_twice_is_refused_the_second_time(desk: Desk) -> None:
    message, ann = await desk.told(), await desk.actor("Ann")
    await desk.handling.acknowledge(ann, message.delivery_id)
    await desk.handling.unacknowledge(await desk.actor("Bob"), message.delivery_id)
    with pytest.raises(Conflict, match="not acknowledged any more"):
        await desk.handling.unacknowledge(ann, message.delivery_id)
    with pytest.raises(Conflict, match="assigned to nobody"):
        await desk.handling.unassign(ann, message.delivery_id)


async def test_a_group_is_acknowledged_whole_but_for_what_is_over(desk: Desk) -> None:
    now, acme = desk.clock(), desk.agency.acme
    over = episode(desk.store, now, acme, state="resolved", resolved_at=now)
    message = await desk.told(episode(desk.store, now, acme), episode(desk.store, now, acme), over)
    await desk.handling.acknowledge(await desk.actor("Ann"), message.delivery_id)
    who = [(await desk.now(id))[0].acknowledged_name for id in message.episode_ids]
    assert who == ["Ann", "Ann", ""]


async def test_of_a_group_only_what_the_person_may_see_is_touched(desk: Desk) -> None:
    now, agency = desk.clock(), desk.agency
    globex, acme = episode(desk.store, now, agency.globex), episode(desk.store, now, agency.acme)
    message = await desk.told(globex, acme)
    await desk.handling.acknowledge(await desk.actor("Cleo"), message.delivery_id)
    assert [(await desk.now(id))[0].acknowledged_name for id in message.episode_ids] == ["Cleo", ""]


async def test_what_is_over_is_nothing_to_take_any_more(desk: Desk) -> None:
    now = desk.clock()
    message = await desk.told(episode(desk.store, now, desk.agency.acme, state="resolved", resolved_at=now))
    ann = await desk.actor("Ann")
    for deed in (
        desk.handling.acknowledge(ann, message.delivery_id),
        desk.handling.assign(ann, message.delivery_id, "UBOB"),
        desk.handling.snooze(ann, message.delivery_id, "1h"),
    ):
        with pytest.raises(Conflict, match="over already"):
            await deed


async def test_news_without_an_episode_is_nothing_to_take(desk: Desk) -> None:
    about = episode(desk.store, desk.clock(), desk.agency.acme)
    event = event_of(desk.store, desk.clock(), about, type="note_created")
    event.episode_id = None
    delivery = delivery_of(desk.store, desk.clock(), event, await destination(desk.store, desk.clock()))
    await keep(desk.outbox, event, delivery)
    with pytest.raises(Conflict, match="news only"):
        await desk.handling.acknowledge(await desk.actor("Ann"), delivery.id)


async def test_an_unknown_message_and_one_out_of_sight_are_refused_alike(desk: Desk) -> None:
    message, cleo = await desk.told(), await desk.actor("Cleo")
    said = set()
    for id in (message.delivery_id, 4711, 0):
        for deed in (
            desk.handling.acknowledge(cleo, id),
            desk.handling.unacknowledge(cleo, id),
            desk.handling.assign(cleo, id, "UBOB"),
            desk.handling.unassign(cleo, id),
            desk.handling.snooze(cleo, id, "1h"),
            desk.handling.unsnooze(cleo, id),
        ):
            with pytest.raises(NotFound) as refused:
                await deed
            said.add(refused.value.message)
    assert said == {"I do not know this message any more."}
    assert (await desk.now(message.episode_ids[0]))[0].version == 1


async def test_a_stranger_may_do_nothing(desk: Desk) -> None:
    message = await desk.told()
    with pytest.raises(NotAllowed, match="Only people of this workspace"):
        await desk.handling.acknowledge(await desk.actor("Sam"), message.delivery_id)


async def test_a_channel_of_another_client_narrows_what_can_be_done_there(desk: Desk) -> None:
    message = await desk.told()
    ann = await desk.actor("Ann")
    held = Actor(
        id=ann.id, name=ann.name, scope=ann.scope.narrowed(desk.agency.globex), is_admin=False, user_id="UANN"
    )
    with pytest.raises(NotFound):
        await desk.handling.acknowledge(held, message.delivery_id)


async def test_who_is_assigned_gets_a_direct_message_with_the_way_there(desk: Desk) -> None:
    message = await desk.told()
    await desk.handling.assign(await desk.actor("Ann"), message.delivery_id, "UBOB")
    found, _ = await desk.now(message.episode_ids[0])
    assert (found.assigned_to, found.assigned_name) == (f"{WORKSPACE}/UBOB", "Bob")
    assert found.assigned_by == f"{WORKSPACE}/UANN"
    ((notice, delivery),) = await desk.notices()
    assert delivery.address == "dm:UBOB"
    assert notice.payload["text"] == "🙋 Ann assigned this to you: *Outlier Alerts* · spend · google-ads"
    assert notice.payload["about"] == {"url": LINK}


async def test_who_assigns_to_themselves_is_not_told(desk: Desk) -> None:
    message = await desk.told()
    await desk.handling.assign(await desk.actor("Ann"), message.delivery_id, "UANN")
    assert await desk.notices() == []


async def test_somebody_who_may_not_see_it_cannot_be_assigned(desk: Desk) -> None:
    message, ann = await desk.told(), await desk.actor("Ann")
    for user_id, words in (
        ("UCLEO", "may not see this client"),
        ("USAM", "member of this workspace"),
        ("UDAN", "member of this workspace"),
        ("UNOBODY", "member of this workspace"),
    ):
        with pytest.raises(Invalid, match=words):
            await desk.handling.assign(ann, message.delivery_id, user_id)
    assert (await desk.now(message.episode_ids[0]))[0].assigned_to == ""
    assert await desk.notices() == []


async def test_what_is_assigned_is_not_assigned_again_until_it_is_given_back(desk: Desk) -> None:
    message, ann = await desk.told(), await desk.actor("Ann")
    await desk.handling.assign(ann, message.delivery_id, "UBOB")
    with pytest.raises(Conflict, match="Already assigned to Bob"):
        await desk.handling.assign(ann, message.delivery_id, "UANN")
    await desk.handling.unassign(ann, message.delivery_id)
    await desk.handling.assign(ann, message.delivery_id, "UANN")
    assert len(await desk.notices()) == 1


async def test_a_snooze_says_by_whom_and_until_when(desk: Desk) -> None:
    message = await desk.told()
    await desk.handling.snooze(await desk.actor("Ann"), message.delivery_id, "1h")
    _, lifecycle = await desk.now(message.episode_ids[0])
    assert lifecycle is not None
    assert (lifecycle.snoozed_by, lifecycle.snoozed_name) == (f"{WORKSPACE}/UANN", "Ann")
    assert lifecycle.snoozed_until == datetime(2026, 11, 14, 13, tzinfo=UTC)
    assert desk.stale == 1


async def test_tomorrow_is_nine_oclock_where_the_person_is(desk: Desk) -> None:
    message = await desk.told()
    await desk.handling.snooze(await desk.actor("Bob"), message.delivery_id, "tomorrow")
    _, lifecycle = await desk.now(message.episode_ids[0])
    assert lifecycle is not None
    assert lifecycle.snoozed_until == datetime(2026, 11, 15, 14, tzinfo=UTC)


async def test_who_snoozes_what_is_snoozed_is_told_by_whom(desk: Desk) -> None:
    message = await desk.told()
    results = await asyncio.gather(
        desk.handling.snooze(await desk.actor("Ann"), message.delivery_id, "change"),
        desk.handling.snooze(await desk.actor("Bob"), message.delivery_id, "1w"),
        return_exceptions=True,
    )
    _, lifecycle = await desk.now(message.episode_ids[0])
    assert lifecycle is not None
    assert [str(each) for each in results if each] == [f"Already snoozed by {lifecycle.snoozed_name}."]


async def test_a_snooze_that_is_over_does_not_stand_in_the_way(desk: Desk) -> None:
    message, ann = await desk.told(), await desk.actor("Ann")
    await desk.handling.snooze(ann, message.delivery_id, "1h")
    desk.clock.forward(hours=2)
    await desk.handling.snooze(ann, message.delivery_id, "change")
    _, lifecycle = await desk.now(message.episode_ids[0])
    assert lifecycle is not None
    assert lifecycle.snoozed_until_change


async def test_a_snooze_is_ended_once(desk: Desk) -> None:
    message, ann = await desk.told(), await desk.actor("Ann")
    await desk.handling.snooze(ann, message.delivery_id, "change")
    await desk.handling.unsnooze(await desk.actor("Bob"), message.delivery_id)
    _, lifecycle = await desk.now(message.episode_ids[0])
    assert lifecycle is not None
    assert lifecycle.snoozed_by == ""
    with pytest.raises(Conflict, match="Nobody snoozes this"):
        await desk.handling.unsnooze(ann, message.delivery_id)


async def test_an_unknown_length_is_refused(desk: Desk) -> None:
    message = await desk.told()
    with pytest.raises(Invalid, match="Choose for how long"):
        await desk.handling.snooze(await desk.actor("Ann"), message.delivery_id, "zqx")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 6, 1, 23, tzinfo=UTC), datetime(2026, 6, 3, 7, tzinfo=UTC)),
    ],
)
def test_tomorrow_is_right_on_the_days_when_clocks_change(now: datetime, until: datetime) -> None:
    assert chosen("tomorrow", now, ZoneInfo("Europe/Berlin")).until == until
