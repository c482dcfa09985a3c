"""What a daily digest says of a day: on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from houston.notify.digests import picture
from houston.notify.digests.digest import Digest, FailedTask, RuleSeldom
from houston.notify.messenger import Announcement
from store.tables import Conversation, Delivery, Destination, Event, Post
from store.tables.notify import DEAD, SENT
from tests.fakes import FakeMessenger
from tests.store.agency import WORKSPACE, open_agency
from tests.store.databases import KINDS, Clock, fresh_url, new_store
from tests.unit.notify.newsroom import ADMIN, BERLIN, Newsroom

pytestmark = pytest.mark.slow

NINE = datetime(2026, 11, 15, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(params=KINDS)
async def on(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Switched on, with a rule to C1; the time is a minute before its digest."""
    clock = Clock(NINE - timedelta(minutes=1))
    store = new_store(fresh_url(request.param, tmp_path), clock)
    await store.open()
    agency = await open_agency(store, clock())
    newsroom = Newsroom(store=store, clock=clock, agency=agency, messenger=FakeMessenger(clock))
    await newsroom.rule("C1")
    await newsroom.setup.switch(ADMIN, on=True)
    yield newsroom
    await newsroom.outbox.close()
    await store.close()


async def digest(on: Newsroom) -> Digest:
    """That of the next nine o'clock."""
    await on.at(on.clock() + timedelta(minutes=1))
    return Digest.from_dict((await on.sent())[-1].payload)


async def test_a_day_on_which_nothing_happened_is_quiet(on: Newsroom) -> None:
    found = await digest(on)
    assert found.is_quiet
    assert [each.name for each in found.quiet] == ["Acme", "Globex"]
    assert (found.today, found.day) == (date(2026, 11, 15), date(2026, 11, 14))
    assert picture.chart(found, BERLIN) is None


async def test_notes_are_counted_by_status_and_private_ones_never(on: Newsroom) -> None:
    await on.note(on.agency.acme)
    await on.note(on.agency.acme, status="done")
    await on.note(on.agency.acme, status="done")
    await on.note(on.agency.globex, private=True)
    await on.note(on.agency.globex, at=NINE - DAY - timedelta(minutes=1))
    found = await digest(on)
    assert [(each.name, each.notes) for each in found.sections] == [("Acme", {"open": 1, "done": 2})]
    assert "secret title" not in str(found)


async def test_the_busiest_client_comes_first_and_what_is_nobodys_has_a_section(on: Newsroom) -> None:
    await on.note(on.agency.acme)
    await on.episode(on.agency.globex, "spend", severity="critical")
    await on.episode(
        None, "", type="system_error", severity="warning", fired={"title": "KeyError"}, key="fault:1"
    )
    found = await digest(on)
    assert [each.name for each in found.sections] == ["Globex", "", "Acme"]
    assert found.sections[1].worst[0].name == "KeyError"


async def test_the_worst_are_named_and_lead_to_their_threads(on: Newsroom) -> None:
    await on.episode(on.agency.acme, "small", severity="info")
    worst = await on.episode(on.agency.acme, "big", severity="critical")
    for number in range(4):
        await on.episode(on.agency.acme, f"over-{number}", state="ok", resolved_at=on.clock())
    await post(on, worst.id, "channel:C1", "C1")
    [section] = (await digest(on)).sections
    assert section.incidents == {"critical": 1, "warning": 4, "info": 1}
    assert section.over == 4
    first = section.worst[0]
    assert (first.name, first.value, first.expected, first.is_open) == ("big · ads", 420.0, 100.0, True)
    assert first.link == "https://slack.example/archives/C1/p1000100"
    assert [each.severity for each in section.worst] == ["critical", "warning", "warning"]


async def post(on: Newsroom, episode_id: int, address: str, channel: str) -> None:
    """The message that shows this episode."""
    event = Event(
        id=on.store.ids.next(),
        type="outlier",
        client_id=on.agency.acme,
        episode_id=episode_id,
        occurred_at=on.clock(),
        recorded_at=on.clock(),
        dedupe_key=f"episode:{episode_id}",
    )
    await on.messenger.post(
        workspace_id=WORKSPACE,
        address=address,
        announcement=Announcement(event=event, client_name=None, timezone=BERLIN),
        delivery_ids=[1],
    )
    delivery = await deliver(on, event)
    told = on.messenger.posted[-1]
    kept = Post(
        id=on.store.ids.next(),
        episode_id=episode_id,
        leader_id=1,
        workspace_id=WORKSPACE,
        address=address,
        event_id=event.id,
        delivery_id=delivery.id,
        channel=told.channel,
        ts=told.ts,
        due_at=on.clock(),
    )
    await on.keep(kept)


async def deliver(on: Newsroom, event: Event, **values: object) -> Delivery:
    async with on.store.begin() as uow:
        place = await uow.destinations.of(
            workspace_id=WORKSPACE, kind="channel", address="C1", alias="#C1", now=on.clock()
        )
        await uow.commit()
    kept = {"state": SENT, "due_at": on.clock(), "client_id": event.client_id} | values
    delivery = Delivery(
        id=on.store.ids.next(),
        event_id=event.id,
        workspace_id=WORKSPACE,
        destination_id=place.id or 0,
        address="channel:C1",
        **kept,  # type: ignore[arg-type]
    )
    await on.keep(event, delivery)
    return delivery


async def test_what_goes_on_is_counted_and_what_is_handled_is_not(on: Newsroom) -> None:
    long_ago = on.clock() - 3 * DAY
    await on.episode(on.agency.acme, "waiting", at=long_ago)
    await on.episode(on.agency.acme, "taken", at=long_ago, acknowledged_by="T1/U1")
    await on.episode(on.agency.acme, "assigned", at=long_ago, assigned_to="T1/U1")
    asleep = await on.episode(on.agency.acme, "asleep", at=long_ago)
    await on.snooze(asleep, snoozed_until=on.clock() + DAY)
    awake = await on.episode(on.agency.acme, "awake", at=long_ago)
    await on.snooze(awake, snoozed_until=on.clock() - DAY)
    await on.episode(on.agency.acme, "old fault", at=long_ago, type="system_error", key="fault:2")
    waiting = (await digest(on)).sections[0].waiting
    assert (waiting.untaken, waiting.snoozed) == (2, 1)
    assert [each.name for each in waiting.named] == ["waiting · ads", "asleep · ads", "awake · ads"]
    assert [each.is_snoozed for each in waiting.named] == [False, True, False]


async def test_failed_tasks_say_whether_they_work_again(on: Newsroom) -> None:
    acme = on.agency.acme
    for hours in (5, 4):
        await on.run(acme, "load_ads", "failed", hours=hours)
    await on.run(acme, "load_ads", "succeeded", hours=3)
    await on.run(acme, "nightly", "succeeded", hours=3)
    await on.run(acme, "nightly", "failed", hours=2)
    await on.run(acme, "nightly", "dead_letter", hours=1)
    await on.run(on.agency.globex, "load_ads", "failed", hours=30)
    [section] = (await digest(on)).sections
    assert section.tasks == (
        FailedTask(job="load_ads", failures=2, dead=0, is_mended=True),
        FailedTask(job="nightly", failures=2, dead=1, is_mended=False),
    )


async def test_key_metrics_are_held_against_the_same_day_a_week_before(on: Newsroom) -> None:
    fortnight = [100.0, *range(1, 7), 110.0, *range(1, 6), 121.0]
    await on.metric(on.agency.acme, "revenue", fortnight, key=True)
    await on.metric(on.agency.acme, "clicks", [5.0, 6.0])
    await on.metric(on.agency.globex, "clicks", [5.0, 6.0], unit="")
    await on.metric(on.agency.globex, "spend", [50.0, 60.0])
    await on.metric(on.agency.globex, "rate", [0.5, 0.6], aggregate="mean")
    await on.note(on.agency.acme)
    found = await digest(on)
    [revenue] = found.sections[0].figures
    assert (revenue.name, revenue.value, revenue.before) == ("revenue", 121.0, fortnight[-8])
    assert revenue.percent == pytest.approx((121 / fortnight[-8] - 1) * 100)
    assert revenue.days == tuple(fortnight)
    assert [each.name for each in found.quiet[0].figures] == ["spend", "clicks"], "money first, no means"
    chart = picture.chart(found, BERLIN)
    assert chart
    assert [panel.title for panel in chart.panels] == ["Acme · revenue", "Globex · spend", "Globex · clicks"]
    assert [value for _, value in chart.panels[0].marks] == [fortnight[-8], 121.0]


async def test_what_could_not_be_delivered_is_told(on: Newsroom) -> None:
    for number, client_id in enumerate((on.agency.acme, on.agency.globex)):
        event = Event(
            id=on.store.ids.next(),
            type="note_created",
            client_id=client_id,
            occurred_at=on.clock(),
            recorded_at=on.clock(),
            dedupe_key=f"n:{number}",
        )
        await deliver(on, event, state=DEAD, error="Type /invite @Houston there.")
    await on.rule("CACME", client_id=on.agency.acme)
    await on.at(NINE)
    told = {each.client_id: Digest.from_dict(each.payload).undelivered for each in await on.sent()}
    assert [(each.where, each.count) for each in told[None]] == [("#C1", 2)]
    assert [(each.count, each.why) for each in told[on.agency.acme]] == [(1, "Type /invite @Houston there.")]


async def test_the_next_digest_begins_where_the_last_one_ended(on: Newsroom) -> None:
    await digest(on)
    await on.setup.set_time(ADMIN, "18:00")
    await on.note(on.agency.acme, at=NINE + timedelta(minutes=1))
    await on.at(datetime(2026, 11, 16, 17, tzinfo=UTC))
    found = Digest.from_dict((await on.sent())[-1].payload)
    assert (found.start, found.end) == (NINE, datetime(2026, 11, 16, 17, tzinfo=UTC))
    assert found.sections[0].notes == {"open": 1}


async def test_once_a_month_a_review_names_what_nobody_needs(on: Newsroom) -> None:
    old = on.clock() - 70 * DAY
    noisy = await on.rule("C1", event_type="outlier", created_at=old, client_id=on.agency.acme)
    heeded = await on.rule("C1", event_type="outlier", created_at=old)
    asked = await on.rule("C1", event_type="task_failure", created_at=old)
    silent = await on.rule("C1", event_type="data_alert", created_at=old)
    await on.rule("C1", event_type="data_alert")
    for number in range(6):
        episode = await on.episode(on.agency.acme, f"m{number}", at=on.clock() - 5 * DAY, state="ok")
        taken = await on.episode(None, f"t{number}", at=old, state="ok", acknowledged_by="T1/U1")
        await deliver(on, event_of(on, episode.id, f"a{number}"), rule_ids=[noisy.id])
        await deliver(on, event_of(on, taken.id, f"b{number}"), rule_ids=[heeded.id])
        question = event_of(on, None, f"c{number}", type="task_failure")
        await deliver(on, question, rule_ids=[asked.id], channel="C1", ts=f"{number}.1")
    await on.keep(Conversation(workspace_id=WORKSPACE, channel="C1", thread_ts="3.1", created_at=on.clock()))
    await on.keep(
        Destination(workspace_id=WORKSPACE, alias="#gone", address="C0", error="Archived.", created_at=old)
    )
    review = (await digest(on)).review
    assert review
    assert review.unheeded == (
        RuleSeldom(number=noisy.number, event_type="outlier", client="Acme", messages=6),
    )
    assert [each.number for each in review.silent] == [silent.number]
    assert [(each.where, each.why) for each in review.failing] == [("#gone", "Archived.")]
    on.clock.forward(days=1, minutes=-1)
    assert (await digest(on)).review is None, "in a month's first digest only"
    await on.at(datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert Digest.from_dict((await on.sent())[-1].payload).review


def event_of(on: Newsroom, episode_id: int | None, key: str, type: str = "outlier") -> Event:
    return Event(
        id=on.store.ids.next(),
        type=type,
        episode_id=episode_id,
        occurred_at=on.clock(),
        recorded_at=on.clock(),
        dedupe_key=key,
    )


async def test_many_clients_are_cut_to_what_a_message_holds(on: Newsroom) -> None:
    async with on.store.begin() as uow:
        more = [
            await uow.clients.open(slug=f"c{number}", name=f"C{number:02}", now=on.clock())
            for number in range(30)
        ]
        await uow.commit()
    for client in more[:12]:
        await on.note(client.id)
    found = await digest(on)
    assert (len(found.sections), found.more) == (10, 2)
    assert (len(found.quiet), found.more_quiet) == (20, 0)
