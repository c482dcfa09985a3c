"""One incident, one thread: the first message of an episode shows how it stands, news go under it."""

import asyncio

import pytest

from houston.errors import PermanentFailure, TemporaryFailure
from houston.notify.lanes import Pace
from houston.notify.outbox import LEASE
from houston.team.clients import Clients
from houston.watch.standing import Who
from store import Store
from store.tables import Channel, Destination, Rule
from store.tables.notify import DEAD, HELD, SENT
from tests.fakes import Told
from tests.unit.notify.office import EVERYTHING, ONE, TWO, Office

pytestmark = pytest.mark.slow


def at(office: Office, address: str = ONE) -> list[Told]:
    return [each for each in office.messenger.posted if each.address == address]


def state(told: Told) -> str:
    assert told.announcement.episode is not None
    return told.announcement.episode.state


def states(told: Told) -> list[str]:
    return [said.episode.state for said in told.announcement.all if said.episode]


async def test_the_first_message_of_an_episode_is_its_post_at_each_address(office: Office) -> None:
    episode = await office.fires("disk")
    await office.settled()
    posts = await office.posts()
    assert [(post.address, post.episode_id) for post in posts] == [(ONE, episode.id), (TWO, episode.id)]
    assert all(post.leader_id == post.id and post.wanted == post.shown == 1 for post in posts)


async def test_what_changes_is_shown_in_the_post_and_told_under_it(office: Office) -> None:
    episode = await office.fires("disk")
    await office.settled()
    await office.resolves(episode)
    root, reply = at(office)
    assert state(root) == "ok", "edited in place"
    assert reply.thread_ts == root.ts
    assert reply.announcement.is_reply
    assert {row.state for row in await office.rows()} == {SENT}


async def test_a_change_that_is_no_news_only_edits(office: Office) -> None:
    episode = await office.fires("disk")
    await office.settled()
    await office.changes(episode, acknowledged_by="T1/U9", acknowledged_name="Bob")
    [root] = at(office)
    assert root.announcement.episode
    assert root.announcement.episode.acknowledged == Who(name="Bob", user_id="U9")
    assert all(post.wanted == post.shown == 2 for post in await office.posts())


async def test_when_the_post_was_deleted_the_next_news_makes_a_new_one(office: Office) -> None:
    episode = await office.fires("disk")
    await office.settled()
    office.messenger.deleted.add(at(office)[0].ts)
    await office.changes(episode, count=2)
    assert len(at(office)) == 1, "a change alone brings nothing back"
    await office.changes(episode, "repeated", count=3)
    _, new = at(office)
    assert new.thread_ts == ""
    assert not new.announcement.is_reply
    await office.resolves(episode)
    assert at(office)[-1].thread_ts == new.ts
    assert state(new) == "ok"


async def test_a_late_edit_never_shows_an_older_state(office: Office) -> None:
    episode = await office.fires("disk")
    await office.settled()
    ts = at(office)[0].ts
    office.messenger.refusals[ts].append(TemporaryFailure("slow down", retry_after=60))
    await office.changes(episode, acknowledged_by="T1/U9", acknowledged_name="Bob")
    await office.resolves(episode)
    office.clock.forward(seconds=LEASE.total_seconds() + 90)
    await office.dispatcher.claim_due()
    await office.settled()
    assert state(at(office)[0]) == "ok"
    assert all(post.wanted == post.shown for post in await office.posts())


async def test_what_changes_while_the_post_is_written_is_shown_right_after(office: Office) -> None:
    awake = office.messenger.hanging[ONE] = asyncio.Event()
    episode = await office.fires("disk")
    await office.messenger.until(1)
    await office.outbox.record(None, lambda connection: None)
    change = asyncio.create_task(office.changes(episode, state="recovering"))
    await asyncio.sleep(0)
    awake.set()
    await change
    await office.dispatcher.claim_due()
    await office.settled()
    assert state(at(office)[0]) == "recovering"


async def test_a_post_whose_receipt_was_lost_in_a_crash_is_adopted_and_brought_up_to_date(
    office: Office, store: Store
) -> None:
    killed = Office(store, office.clock, Pace(window=0, most=1), office.messenger)
    receipts = killed.outbox.receive

    async def die(*_: object) -> None:
        killed.dispatcher._closing = True
        raise asyncio.CancelledError

    killed.outbox.receive = die  # type: ignore[method-assign]
    episode = await killed.fires("disk")
    await asyncio.gather(
        *(lane.task for lane in killed.dispatcher._lanes.values() if lane.task), return_exceptions=True
    )
    killed.outbox.receive = receipts  # type: ignore[method-assign]
    assert len(office.messenger.posted) == 2
    office.clock.forward(seconds=LEASE.total_seconds() + 1)
    await office.dispatcher.claim_due()
    await office.settled()
    assert len(office.messenger.posted) == 2
    await office.resolves(episode)
    assert state(at(office)[0]) == "ok"
    assert at(office)[1].thread_ts == at(office)[0].ts


async def storm(office: Office, names: str) -> None:
    """All at once, as one check finds them."""
    await asyncio.gather(*(office.fires(name) for name in names))
    await office.settled()


async def test_many_of_a_kind_within_a_short_time_are_one_message(office: Office, store: Store) -> None:
    office = Office(store, office.clock, Pace(), office.messenger)
    await office.fires("first")
    await office.settled()
    await storm(office, "abcdefg")
    first, rest = at(office)
    assert len(first.announcement.all) == 1, "nobody waits for the first"
    assert len(rest.announcement.all) == 7
    assert len(rest.delivery_ids) == 7
    assert Pace().window in office.slept
    posts = [post for post in await office.posts() if post.address == ONE]
    assert len({post.leader_id for post in posts}) == 2
    assert {row.state for row in await office.rows()} == {SENT}
    await office.close()


async def test_a_group_shows_each_of_its_episodes_and_tells_when_all_are_over(
    office: Office, store: Store
) -> None:
    office = Office(store, office.clock, Pace(window=0), office.messenger)
    awake = office.messenger.hanging[ONE] = asyncio.Event()
    await office.fires("first")
    episodes = [await office.fires(name) for name in "abc"]
    awake.set()
    del office.messenger.hanging[ONE]
    await office.settled()
    group = at(office)[1]
    assert len(group.announcement.all) == 3
    await office.resolves(episodes[0])
    assert [said.episode.state for said in group.announcement.all if said.episode] == [
        "ok",
        "firing",
        "firing",
    ]
    assert len(at(office)) == 2, "one of several says nothing more"
    for episode in episodes[1:]:
        await office.resolves(episode)
    assert at(office)[-1].thread_ts == group.ts
    assert all(post.wanted == post.shown for post in await office.posts() if post.leader_id == post.id)
    await office.close()


async def test_two_clients_never_share_a_message(office: Office, store: Store) -> None:
    office = Office(store, office.clock, Pace(window=0), office.messenger)
    clients = Clients(store=store, now=office.clock)
    acme, globex = await clients.open("acme", "Acme"), await clients.open("globex", "Globex")
    awake = office.messenger.hanging[ONE] = asyncio.Event()
    for number in range(3):
        for client in (acme, globex):
            await office.fires(f"{client.slug} {number}", client_id=client.id)
    awake.set()
    del office.messenger.hanging[ONE]
    await office.settled()
    for told in at(office):
        assert len({said.event.client_id for said in told.announcement.all}) == 1
    await office.close()


async def hush(store: Store, **quiet: object) -> None:
    async with store.begin() as uow:
        [rule] = await uow.rules.all(scope=EVERYTHING)
        rule.quiet_hours = {"text": "daily 08:00-18:00", "timezone": "UTC", "critical_passes": False} | quiet
        await uow.commit()


async def test_quiet_hours_hold_the_telling_and_end_in_one_summary(office: Office, store: Store) -> None:
    await hush(store)
    cleared = await office.fires("cleared")
    goes_on = await office.fires("goes on")
    await office.resolves(cleared)
    await office.settled()
    assert not office.messenger.posted
    assert {row.state for row in await office.rows()} == {HELD}
    office.clock.forward(hours=6)
    await office.dispatcher.claim_due()
    await office.settled()
    [summary] = at(office)
    assert summary.announcement.held == "quiet"
    assert states(summary) == ["ok", "firing"]
    assert {row.state for row in await office.rows()} == {SENT}
    await office.resolves(goes_on)
    assert states(summary) == ["ok", "ok"]


async def test_a_summary_that_mentions_what_has_its_own_post_still_follows_what_it_is_the_post_of(
    office: Office, store: Store
) -> None:
    known = await office.fires("known")
    await office.settled()
    for _ in range(3):
        await office.changes(known, count=9)
    await hush(store)
    new = await office.fires("new")
    await office.changes(known, "repeated", payload={"title": "known", "news": "worse"})
    office.clock.forward(hours=6)
    await office.dispatcher.claim_due()
    await office.settled()
    summary = at(office)[-1]
    assert len(summary.announcement.all) == 2
    for state in ("recovering", "firing", "recovering"):
        await office.changes(new, state=state)
        assert states(summary)[0] == state


async def test_critical_passes_where_the_rule_says_so(office: Office, store: Store) -> None:
    await hush(store, critical_passes=True)
    await office.event("boom")
    await office.event("meh", severity="warning")
    await office.settled()
    assert [each.announcement.event.dedupe_key for each in at(office)] == ["boom"]


async def test_of_two_rules_for_one_channel_the_less_restrictive_quiet_hours_count(
    office: Office, store: Store
) -> None:
    await hush(store)
    async with store.begin() as uow:
        [place] = [each for each in await uow.destinations.all(workspace_id="T1") if each.address == "C1"]
        rule = Rule(
            workspace_id="T1",
            number=9,
            event_type="system_error",
            created_at=office.clock(),
            updated_at=office.clock(),
        )
        await uow.rules.save(rule=rule, destination_ids=[place.id or 0])
        await uow.commit()
    await office.event("boom")
    await office.settled()
    assert [each.address for each in office.messenger.posted] == [ONE]


async def test_a_paused_destination_holds_what_is_for_it_and_loses_nothing(
    office: Office, store: Store
) -> None:
    async with store.begin() as uow:
        [place] = [each for each in await uow.destinations.all(workspace_id="T1") if each.address == "C1"]
        place.paused_at = office.clock()
        await uow.commit()
    await office.event("boom")
    await office.settled()
    assert [each.address for each in office.messenger.posted] == [TWO]
    row = await office.row(ONE)
    assert row.state == HELD
    assert row.bundle.startswith("paused:")


async def test_what_waits_in_the_lane_of_a_place_that_gets_paused_is_held_as_well(
    office: Office, store: Store
) -> None:
    awake = office.messenger.hanging[ONE] = asyncio.Event()
    office.messenger.failures[ONE].append(PermanentFailure("not in channel"))
    for name in ("first", "second", "third"):
        await office.event(name)
    await office.messenger.until(3)
    async with store.begin() as uow:
        [place] = [each for each in await uow.destinations.all(workspace_id="T1") if each.address == "C1"]
        place.paused_at = office.clock()
        await uow.commit()
    awake.set()
    await office.settled()
    states = sorted(row.state for row in await office.rows() if row.address == ONE)
    assert states == [DEAD, HELD, HELD]


async def test_a_service_hears_what_came_back_and_not_what_merely_goes_on(
    office: Office, store: Store
) -> None:
    async with store.begin() as uow:
        place = await uow.destinations.of(
            workspace_id="T1", kind="service", address="S1", alias="pager", now=office.clock()
        )
        [rule] = await uow.rules.all(scope=EVERYTHING)
        await uow.rules.save(rule=rule, destination_ids=[place.id or 0])
        await uow.commit()
    episode = await office.fires("disk")
    for news in ("again", "reopened", "worse"):
        await office.changes(episode, "repeated", payload={"title": "disk", "news": news})
    told = [each.announcement.event.payload.get("news") for each in at(office, "service:S1")]
    assert told == [None, "reopened", "worse"]


async def test_what_no_rule_matches_goes_to_the_default_channel_if_that_is_wanted(
    office: Office, store: Store
) -> None:
    async with store.begin() as uow:
        await uow.channels.put(channels=[Channel(workspace_id="T1", id="C3", name="C3")])
        place = await uow.destinations.of(
            workspace_id="T1", kind="channel", address="C3", alias="#c3", now=office.clock()
        )
        workspace = await uow.workspaces.find(id="T1")
        assert workspace is not None
        workspace.default_destination_id, workspace.catches_all = place.id, True
        await uow.commit()
    await office.event("ruled")
    await office.event("unruled", type="task_failure", payload={"job": "j", "run_id": "1"})
    await office.settled()
    assert [each.announcement.event.dedupe_key for each in at(office, "channel:C3")] == ["unruled"]
    assert isinstance(place, Destination)
