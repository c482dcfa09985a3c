"""The outlier check over a real store: what falls due, what is told, and what only teaches."""

import math
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from houston import access
from houston.notify.outbox import Outbox
from houston.watch.checks import OutlierChecks
from houston.watch.definitions import DefinitionDraft, Definitions
from houston.watch.replay import Stretch, replay
from store import Store
from store.tables import Client, Event, Metric, Occurrence, OutlierDefinition, Point
from tests.actors import admin
from tests.store.agency import EVERYTHING, open_agency
from tests.store.databases import NOON, Clock, fresh_url, new_store

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)


class Watch:
    """One hourly metric of Acme with three weeks of quiet history, and a definition over it."""

    def __init__(self, store: Store, clock: Clock, metric: int, definition: OutlierDefinition) -> None:
        self.store, self.clock, self.metric, self.definition = store, clock, metric, definition
        self.outbox = Outbox(store.ledger, now=clock)
        self.checks = OutlierChecks(store, self.outbox, now=clock)

    async def arrive(self, value: float, at: datetime | None = None) -> None:
        async with self.store.begin() as uow:
            await uow.points.put(points=[Point(metric_id=self.metric, time=at or self.clock(), value=value)])
            await uow.commit()

    async def check(self) -> None:
        await self.checks.due(self.clock())

    def restart(self) -> None:
        self.checks = OutlierChecks(self.store, self.outbox, now=self.clock)

    async def events(self) -> list[Event]:
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING))[::-1]

    async def occurrences(self) -> list[Occurrence]:
        async with self.store.read() as uow:
            return await uow.occurrences.of_definition(
                scope=EVERYTHING, definition_id=self.definition.id or 0, limit=99
            )


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
    definition = await Definitions(store=store, now=clock).add(admin(EVERYTHING), draft)
    watch = Watch(store, clock, metric.id, definition)
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
    for _ in range(30):
        watch.clock.forward(hours=1)
        await watch.arrive(usual(watch.clock()))
        await watch.check()
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
    assert ["no schedule" in each.error for each in definitions] == [False, True]


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
    assert [event.occurred_at for event in await watch.events()] == [strange]


async def _acme(watch: Watch) -> Client:
    async with watch.store.read() as uow:
        client = await uow.clients.find(scope=EVERYTHING, slug="acme")
    assert client is not None
    return client
