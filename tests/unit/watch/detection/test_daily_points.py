"""Daily figures through the whole check: running days, late and corrected points, days that are left out."""

import math
import re
from datetime import UTC, datetime, timedelta

import pytest

from store.tables import Metric, OutlierDefinition, Point
from tests.store.agency import EVERYTHING
from tests.unit.watch.detection.watchroom import WatchRoom

pytestmark = pytest.mark.slow

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = datetime(2026, 9, 1, tzinfo=UTC)
"""Of 75 days of history: today is Saturday, 14 November, noon."""


class Days:
    """Daily revenue, each day's figure stamped with its date, and checked every hour."""

    def __init__(self, room: WatchRoom, metric: Metric, definition: OutlierDefinition) -> None:
        self.room, self.metric, self.definition = room, metric, definition

    async def arrive(self, *points: tuple[datetime, float]) -> None:
        async with self.room.store.begin() as uow:
            await uow.points.put(
                points=[Point(metric_id=self.metric.id or 0, time=at, value=value) for at, value in points]
            )
            await uow.commit()

    async def check(self, now: datetime) -> None:
        self.room.clock.now = now
        await self.room.checks.due(now)


def usual(day: datetime) -> float:
    return 1000 + 40 * math.sin(day.timestamp() / 86400 * 12.9898)


def of(number: int) -> datetime:
    """A date of November."""
    return datetime(2026, 11, number, tzinfo=UTC)


@pytest.fixture
async def days(room: WatchRoom) -> Days:
    metric = await room.metric("revenue", unit="$", aggregate="sum")
    definition = await room.definition("revenue", schedule="1h", country="DE", excluded=("2026-11-18",))
    days = Days(room, metric, definition)
    await days.arrive(*((START + DAY * each, usual(START + DAY * each)) for each in range(74)))
    await days.check(of(14) + 12 * HOUR)
    return days


async def test_the_day_that_runs_is_not_judged_before_it_is_over(days: Days) -> None:
    await days.arrive((of(14), 210.0))
    await days.check(of(14) + 20 * HOUR)
    assert await days.room.events() == []
    await days.arrive((of(14), usual(of(14))))
    await days.check(of(14) + 25 * HOUR)
    assert await days.room.events() == []


async def test_a_day_that_is_over_is_told_as_a_sentence(days: Days) -> None:
    await days.arrive((of(14), 410.0))
    await days.check(of(14) + 25 * HOUR)
    [event] = await days.room.events()
    assert re.match(r"Saturday revenue was \d\d % under the usual \$", event.payload["reason"])
    [occurrence] = await days.room.occurrences(days.definition)
    assert occurrence.reason == event.payload["reason"]


async def test_a_later_point_says_that_a_day_is_over(days: Days) -> None:
    await days.arrive((of(14), 410.0), (of(15), 5.0))
    await days.check(of(15) + HOUR / 2)
    assert [event.payload["value"] for event in await days.room.events()] == [410]


async def test_a_corrected_day_resolves_and_what_follows_is_read_with_it(days: Days) -> None:
    await days.arrive((of(14), 410.0))
    await days.check(of(15) + HOUR)
    await days.arrive((of(14), 1010.0))
    await days.check(of(15) + 3 * HOUR)
    await days.arrive((of(14), 1010.0))
    await days.check(of(15) + 5 * HOUR)
    told = [(event.phase, event.payload["value"]) for event in await days.room.events()]
    assert told == [("fired", 410), ("resolved", 1010)]
    assert await days.room.occurrences(days.definition) == []


async def test_it_is_the_same_after_a_restart(days: Days) -> None:
    await days.arrive((of(14), 410.0))
    await days.check(of(15) + HOUR)
    days.room.restart()
    await days.check(of(15) + 2 * HOUR)
    await days.arrive((of(14), 1010.0))
    days.room.restart()
    await days.check(of(15) + 3 * HOUR)
    assert [event.phase for event in await days.room.events()] == ["fired", "resolved"]


async def test_corrections_of_the_far_past_are_learned_and_not_told(days: Days) -> None:
    await days.arrive((START + 5 * DAY, 9.0), (START - DAY, 12.0), (START + 70 * DAY, 4.0))
    await days.check(of(14) + 14 * HOUR)
    assert await days.room.events() == []
    assert await days.room.occurrences(days.definition) == []


async def test_days_that_are_left_out_are_never_told(days: Days) -> None:
    for number in (14, 15, 16, 17):
        await days.arrive((of(number), usual(of(number))))
    await days.arrive((of(18), 10.0))
    await days.check(of(19) + HOUR)
    assert await days.room.events() == []
    await days.arrive((of(19), usual(of(19))))
    await days.check(of(20) + HOUR)
    assert await days.room.events() == []


async def test_what_goes_on_after_such_a_day_is_told_then(days: Days) -> None:
    for number in (14, 15, 16, 17):
        await days.arrive((of(number), usual(of(number))))
    await days.arrive((of(18), 400.0), (of(19), 380.0))
    await days.check(of(19) + HOUR)
    assert await days.room.events() == []
    await days.check(of(20) + HOUR)
    assert [event.payload["time"] for event in await days.room.events()] == [of(19).isoformat()]


async def test_a_gap_is_no_alert(days: Days) -> None:
    await days.check(of(20) + HOUR)
    await days.arrive((of(20), usual(of(20))))
    await days.check(of(21) + HOUR)
    assert await days.room.events() == []


async def test_the_past_of_a_metric_has_revisions(days: Days) -> None:
    async def revisions() -> tuple[int, list[str]]:
        async with days.room.store.read() as uow:
            metrics = await uow.metrics.all(scope=EVERYTHING)
        (metric,) = [each for each in metrics if each.id == days.metric.id]
        return metric.revision, metric.revisions

    assert await revisions() == (0, [])
    await days.arrive((of(14), 1000.0), (START, usual(START)))
    assert await revisions() == (0, []), "a new point, and one that is as it was"
    await days.arrive((of(14), 1001.0), (START + DAY, 3.0))
    await days.arrive((START + HOUR, 7.0))
    assert await revisions() == (2, [(START + DAY).isoformat(), (START + HOUR).isoformat()])
