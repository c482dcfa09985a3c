"""A metric that should have newer points than it has: told once, and once more when data comes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from houston.watch.freshness import Freshness
from houston.watch.metric_settings import MetricDraft, MetricSettings
from store.tables import Metric, Point
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.store.databases import NOON
from tests.unit.watch.detection.watchroom import HOUR, WatchRoom

pytestmark = pytest.mark.slow


async def arrive(room: WatchRoom, metrics: Sequence[Metric], at: datetime) -> None:
    async with room.store.begin() as uow:
        await uow.points.put(points=[Point(metric_id=each.id or 0, time=at, value=1.0) for each in metrics])
        await uow.commit()


@pytest.fixture
async def channels(room: WatchRoom) -> list[Metric]:
    channels = [await room.metric("spend", each, freshness="3h") for each in ("a", "b")]
    await room.metric("never", freshness="1h")
    await arrive(room, channels, NOON)
    return channels


async def look(room: WatchRoom, *, after: timedelta) -> None:
    room.clock.now = NOON + after
    freshness = Freshness(store=room.store, episodes=room.episodes, now=room.clock)
    await freshness.due(room.clock())


async def test_no_data_is_told_once_and_its_end_once(room: WatchRoom, channels: list[Metric]) -> None:
    await look(room, after=3 * HOUR)
    assert await room.events() == []
    for minutes in (1, 2, 30):
        await look(room, after=3 * HOUR + timedelta(minutes=minutes))
    [event] = await room.events()
    assert (event.phase, event.subject, event.payload["channels"]) == ("no_data", "spend", ["a", "b"])
    assert event.payload["since"] == NOON.isoformat()
    await arrive(room, channels, NOON + 4 * HOUR)
    await look(room, after=4 * HOUR)
    await look(room, after=5 * HOUR)
    assert [phase for phase, _ in await room.story()] == ["no_data", "resolved"]


async def test_one_channel_without_data_is_named(room: WatchRoom, channels: list[Metric]) -> None:
    await arrive(room, channels[:1], NOON + 3 * HOUR)
    await look(room, after=4 * HOUR)
    [event] = await room.events()
    assert (event.payload["channel"], event.payload["channels"]) == ("b", ["b"])


async def test_what_nobody_asks_to_be_fresh_any_more_is_over(room: WatchRoom, channels: list[Metric]) -> None:
    await look(room, after=4 * HOUR)
    settings = MetricSettings(store=room.store, now=room.clock)
    await settings.declare(admin(EVERYTHING), room.acme, "spend", MetricDraft(aggregate="sum"))
    await look(room, after=5 * HOUR)
    await look(room, after=6 * HOUR)
    assert [phase for phase, _ in await room.story()] == ["no_data", "resolved"]
