"""The outlier check over a real store: what falls due, what is told, and what only teaches."""

import math
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from houston import access
from houston.assembly.watching import POLICIES
from houston.notify.outbox import Outbox
from houston.watch.checks import OutlierChecks
from houston.watch.definition import DefinitionDraft
from houston.watch.definitions import Definitions
from houston.watch.detection.incidents import Incidents
from houston.watch.episodes import Episodes
from houston.watch.replay import Stretch, replay
from store import Store
from store.errors import NotKept
from store.tables import Client, Episode, Event, Metric, Occurrence, OutlierDefinition, Point
from tests.actors import admin
from tests.store.agency import EVERYTHING, open_agency
from tests.store.databases import NOON, Clock, fresh_url, new_store

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
LONG_AGO, FAR_AHEAD = NOON - timedelta(days=999), NOON + timedelta(days=999)


class Watch:
    """One hourly metric of Acme with three weeks of quiet history, and a definition over it."""

    definition: OutlierDefinition

    def __init__(self, store: Store, clock: Clock, metric: int) -> None:
        self.store, self.clock, self.metric = store, clock, metric
        self.outbox = Outbox(store.ledger, now=clock)
        self.episodes = Episodes(store=store, outbox=self.outbox, now=clock, policies=POLICIES)
        incidents = Incidents(store=store, episodes=self.episodes)
        self.definitions = Definitions(store=store, incidents=incidents, now=clock)
        self.restart()

    async def arrive(self, value: float, at: datetime | None = None) -> None:
        async with self.store.begin() as uow:
            await uow.points.put(points=[Point(metric_id=self.metric, time=at or self.clock(), value=value)])
            await uow.commit()

    async def check(self) -> None:
        await self.checks.due(self.clock())

    async def usual_hours(self, hours: int) -> None:
        """Nothing strange happens, and each hour is checked."""
        for _ in range(hours):
            self.clock.forward(hours=1)
            await self.arrive(usual(self.clock()))
            await self.check()

    def restart(self) -> None:
        self.checks = OutlierChecks(self.store, self.episodes, now=self.clock)

    async def events(self) -> list[Event]:
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING))[::-1]

    async def occurrences(self) -> list[Occurrence]:
        async with self.store.read() as uow:
            return await uow.occurrences.of_metrics(
                scope=EVERYTHING, metric_ids=[self.metric], start=LONG_AGO, end=FAR_AHEAD, limit=99
            )

    async def incidents(self) -> list[Episode]:
        async with self.store.read() as uow:
            return await uow.episodes.all(scope=EVERYTHING)


def usual(time: datetime) -> float:
    """A daily rhythm with a little noise that is the same at each run."""
    hour = time.timestamp() / 3600
    return 100 + 30 * math.sin(hour * math.tau / 24) + 3 * math.sin(hour * 12.9898)


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    clock = Clock()
    store = new_store(fresh_url("sqlite", tmp_path), clock)
    await store.open()
    agency = await open_agency(store, clock())
    async with store.begin() as uow:
        metric = await uow.metrics.save(metric=Metric(client_id=agency.acme, name="Spend", channel="ads"))
        assert metric.id is not None
        times = [NOON - HOUR * i for i in range(24 * 21, 0, -1)]
        await uow.points.put(points=[Point(metric_id=metric.id, time=t, value=usual(t)) for t in times])
        await uow.commit()
    draft = DefinitionDraft(name="Spend", metrics="spend/*", client_id=agency.acme, schedule="1h")
    watch = Watch(store, clock, metric.id)
    watch.definition = await watch.definitions.add(admin(EVERYTHING), draft)
    yield watch
    await watch.outbox.close()
    await store.close()


async def test_a_new_outlier_becomes_an_occurrence_and_an_event(watch: Watch) -> None:
    await watch.check()
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    [occurrence] = await watch.occurrences()
    [event] = await watch.events()
    assert occurrence.value == 900
    assert occurrence.lower < occurrence.expected < occurrence.upper < 900
    assert (event.type, event.subject, event.severity) == ("outlier", "Spend/ads", occurrence.severity)
    assert event.payload["occurrence_id"] == str(occurrence.id)
    assert "usual" in event.payload["reason"]


async def test_the_usual_is_not_told(watch: Watch) -> None:
    await watch.usual_hours(30)
    assert await watch.events() == []


async def test_a_check_runs_when_it_is_due_and_once(watch: Watch) -> None:
    await watch.check()
    watch.clock.forward(minutes=59)
    await watch.arrive(900.0)
    await watch.check()
    assert await watch.events() == [], "not due yet"
    watch.clock.forward(minutes=1)
    await watch.check()
    await watch.check()
    assert len(await watch.events()) == 1


async def test_points_older_than_the_definition_teach_and_are_not_told(watch: Watch) -> None:
    await watch.arrive(900.0, NOON - timedelta(minutes=30))
    await watch.check()
    assert await watch.occurrences() == []


async def test_points_older_than_three_periods_teach_and_are_not_told(watch: Watch) -> None:
    await watch.check()
    watch.clock.forward(hours=12)
    await watch.arrive(900.0, watch.clock() - timedelta(hours=4))
    await watch.check()
    assert await watch.events() == []


async def test_a_restart_tells_nothing_twice(watch: Watch) -> None:
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    watch.restart()
    watch.clock.forward(hours=1)
    await watch.arrive(usual(watch.clock()))
    await watch.check()
    assert len(await watch.events()) == 1
    assert len(await watch.occurrences()) == 1


async def test_what_follows_an_outlier_closely_is_the_same_incident(watch: Watch) -> None:
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    watch.clock.forward(hours=2)
    await watch.arrive(4000.0)
    await watch.check()
    assert len(await watch.occurrences()) == 2
    assert len(await watch.events()) == 1
    assert [each.count for each in await watch.incidents()] == [2]


async def test_two_usual_points_end_an_incident(watch: Watch) -> None:
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    await watch.usual_hours(1)
    assert [event.phase for event in await watch.events()] == ["fired"]
    await watch.usual_hours(5)
    fired, resolved = await watch.events()
    assert (resolved.phase, resolved.occurred_at) == ("resolved", NOON + HOUR * 3)
    assert resolved.payload["value"] == usual(NOON + HOUR * 3)
    assert resolved.payload["metric_id"] == fired.payload["metric_id"] == watch.metric
    [episode] = await watch.incidents()
    assert (episode.fired["value"], episode.current["value"]) == (900, usual(NOON + HOUR * 3))


async def test_an_outlier_soon_after_the_end_reopens_the_incident_and_a_later_one_is_news(
    watch: Watch,
) -> None:
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    await watch.usual_hours(11)
    for value, hours in ((9_000.0, 20), (90_000.0, 2)):
        watch.clock.forward(hours=1)
        await watch.arrive(value)
        await watch.check()
        await watch.usual_hours(hours)
    story = [(event.phase, event.payload.get("news")) for event in await watch.events()]
    again = [("repeated", "reopened"), ("resolved", None)]
    assert story == [("fired", None), ("resolved", None), *again, ("fired", None), ("resolved", None)]
    assert len(await watch.incidents()) == 2


async def test_what_could_not_be_kept_is_told_at_the_next_check(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch.check()
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    with monkeypatch.context() as broken:
        broken.setattr(watch.outbox, "record", refuses)
        await watch.check()
    assert await watch.events() == []
    await watch.usual_hours(1)
    assert [(event.phase, event.occurred_at) for event in await watch.events()] == [("fired", NOON + HOUR)]


async def refuses(*_: object, **__: object) -> None:
    raise NotKept("The disk is full.")


async def test_a_definition_that_cannot_be_checked_says_so_and_stops_no_other(watch: Watch) -> None:
    async with watch.store.begin() as uow:
        broken = watch.definition.model_copy(update={"id": None, "schedule": "never"})
        await uow.definitions.save(definition=OutlierDefinition(**broken.model_dump()))
        await uow.commit()
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    assert len(await watch.events()) == 1
    async with watch.store.read() as uow:
        definitions = await uow.definitions.all(scope=access.everything())
    assert ["schedule cannot be read" in each.error for each in definitions] == [False, True]


async def test_a_replay_finds_what_the_schedule_would_have_and_tells_only_when_asked(watch: Watch) -> None:
    strange = NOON - HOUR * 30
    await watch.arrive(900.0, strange)
    client = await _acme(watch)
    stretch = Stretch(pattern="Spend/*", start=NOON - HOUR * 72, end=NOON)
    found = await replay(watch.store, watch.checks, client, stretch, lambda _: None)
    assert [each.occurrence.time for each in found] == [strange]
    assert await watch.events() == []
    told = Stretch(pattern="Spend/*", start=stretch.start, end=NOON, deliver=True)
    for _ in range(2):
        watch.restart()
        await replay(watch.store, watch.checks, client, told, lambda _: None)
    assert [(event.phase, event.occurred_at) for event in await watch.events()] == [
        ("fired", strange),
        ("resolved", strange + HOUR * 2),
    ]


async def test_a_replay_leaves_the_schedules_own_incident_alone(watch: Watch) -> None:
    watch.clock.forward(hours=1)
    await watch.arrive(900.0)
    await watch.check()
    strange = NOON - HOUR * 30
    await watch.arrive(900.0, strange)
    stretch = Stretch(pattern="Spend/*", start=NOON - HOUR * 72, end=watch.clock(), deliver=True)
    watch.restart()
    found = await replay(watch.store, watch.checks, await _acme(watch), stretch, lambda _: None)
    assert [(each.occurrence.time, each.is_news) for each in found] == [(strange, True)]
    await watch.usual_hours(2)
    told = [(event.phase, event.occurred_at) for event in await watch.events()]
    assert told == [
        ("fired", NOON + HOUR),
        ("fired", strange),
        ("resolved", strange + HOUR * 2),
        ("resolved", NOON + HOUR * 3),
    ]


async def _acme(watch: Watch) -> Client:
    async with watch.store.read() as uow:
        client = await uow.clients.find(scope=EVERYTHING, slug="acme")
    assert client is not None
    return client
