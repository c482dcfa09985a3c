"""Metrics of one client that break together are one incident, which names all and ends with the last."""

import pytest

from houston.watch.detection.judged import Judged
from store.tables import Metric, OutlierDefinition, Point
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.store.databases import NOON
from tests.unit.watch.detection.watchroom import HOUR, Row, WatchRoom, said

pytestmark = pytest.mark.slow

BAD, USUAL = (20.0, 2), (100.0, 0)


async def spend(room: WatchRoom, *channels: str) -> tuple[OutlierDefinition, list[Metric]]:
    definition = await room.definition("spend/*")
    return definition, [await room.metric("spend", channel) for channel in channels]


def all_of(definition: OutlierDefinition, metrics: list[Metric], *rows: Row) -> list[Judged]:
    return [said(definition, metric, *rows) for metric in metrics]


async def test_eight_channels_that_drop_at_once_are_one_event_that_names_all(room: WatchRoom) -> None:
    definition, metrics = await spend(room, *"abcdefgh")
    found = await room.checks.tell(all_of(definition, metrics, (1, *BAD)))
    [event] = await room.events()
    assert (event.phase, len(found), {each.is_news for each in found}) == ("fired", 8, {True})
    assert [each["channel"] for each in event.payload["metrics"]] == list("abcdefgh")
    told = event.payload["metrics"][3]
    assert (told["value"], told["expected"]) == (20, 100)
    assert told["reason"] == "Spend of d was 80 % under the usual 90 – 110, on Saturday at 14:00."
    assert len(await room.occurrences(definition)) == 8


async def test_it_is_over_once_all_are_well(room: WatchRoom) -> None:
    definition, [a, b] = await spend(room, "a", "b")
    await room.checks.tell([said(definition, a, (1, *BAD)), said(definition, b, (1, *BAD))])
    await room.checks.tell(
        [
            said(definition, a, (2, *USUAL), (3, *USUAL), (4, *USUAL)),
            said(definition, b, (2, 30.0, 1), (3, 40.0, 1), (4, *USUAL)),
        ]
    )
    assert await room.story() == [("fired", "spend/a")]
    [episode] = await room.episode_rows()
    assert [each["is_well"] for each in episode.current["metrics"]] == [True, False]
    await room.checks.tell([said(definition, a, (5, *USUAL)), said(definition, b, (5, *USUAL))])
    assert await room.story() == [("fired", "spend/a"), ("resolved", "spend/a")]
    assert (await room.events())[1].occurred_at == NOON + 5 * HOUR


async def test_one_that_joins_is_told_in_the_thread_by_name(room: WatchRoom) -> None:
    definition, [a, b] = await spend(room, "a", "b")
    await room.checks.tell([said(definition, a, (1, *BAD)), said(definition, b, (1, *USUAL))])
    await room.checks.tell([said(definition, a, (2, *BAD)), said(definition, b, (2, *BAD))])
    fired, repeated = await room.events()
    assert (repeated.phase, repeated.payload["news"]) == ("repeated", "more")
    assert [each["channel"] for each in repeated.payload["joined"]] == ["b"]
    assert fired.episode_id == repeated.episode_id
    await room.checks.tell([said(definition, a, (3, *BAD)), said(definition, b, (3, *BAD))])
    assert len(await room.events()) == 2, "what merely goes on is not told again"


async def test_metrics_whose_points_come_at_different_times_are_all_seen(room: WatchRoom) -> None:
    definition, [a, b] = await spend(room, "a", "b")
    await room.checks.tell([said(definition, a, (1, *BAD), (2, *USUAL), (3, *USUAL))])
    await room.checks.tell([said(definition, b, (1, *BAD))])
    assert [phase for phase, _ in await room.story()] == ["fired", "resolved", "repeated"]
    [episode] = await room.episode_rows()
    assert [each["channel"] for each in episode.current["metrics"]] == ["b"]


async def test_what_breaks_in_several_definitions_at_once_is_one_incident(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    clicks, metric = await room.definition("clicks"), await room.metric("clicks")
    await room.checks.tell([said(definition, a, (1, *BAD)), said(clicks, metric, (1, 5.0, 3))])
    [event] = await room.events()
    assert [each["metric"] for each in event.payload["metrics"]] == ["clicks", "spend"]
    await room.checks.tell([said(clicks, metric, (2, *USUAL), (3, *USUAL))])
    assert len(await room.events()) == 1, "spend is not well yet"
    await room.checks.tell([said(definition, a, (2, *USUAL), (3, *USUAL))])
    assert [phase for phase, _ in await room.story()] == ["fired", "resolved"]


async def test_it_gets_worse_where_it_lasts(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, 80.0, 1))])
    await room.checks.tell([said(definition, a, (2, 80.0, 1), (3, 80.0, 1))])
    assert len(await room.events()) == 1
    later = said(definition, a, (4, 80.0, 2), known=[0])
    await room.checks.tell([later])
    assert [(event.phase, event.severity) for event in await room.events()] == [
        ("fired", "info"),
        ("repeated", "warning"),
    ]


async def test_a_corrected_value_ends_it_and_is_forgotten(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, *BAD))])
    await room.checks.tell([said(definition, a, (1, *USUAL))])
    _, resolved = await room.events()
    assert (resolved.phase, resolved.payload["corrected"], resolved.payload["value"]) == (
        "resolved",
        True,
        100,
    )
    assert await room.occurrences(definition) == []
    await room.checks.tell([said(definition, a, (1, *USUAL), (2, *USUAL))])
    assert len(await room.events()) == 2


async def test_a_corrected_value_that_is_still_strange_is_shown_and_not_told(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, *BAD))])
    await room.checks.tell([said(definition, a, (1, 30.0, 2))])
    assert len(await room.events()) == 1
    [occurrence] = await room.occurrences(definition)
    [episode] = await room.episode_rows()
    assert (occurrence.value, episode.current["value"], episode.state) == (30, 30, "firing")


async def test_where_the_first_is_corrected_a_later_point_takes_its_place(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, *BAD), (2, *BAD))])
    await room.checks.tell([said(definition, a, (1, *USUAL), (2, *BAD), known=[1])])
    assert [phase for phase, _ in await room.story()] == ["fired"]
    assert [each.time for each in await room.occurrences(definition)] == [NOON + 2 * HOUR]


async def test_history_that_is_read_again_is_not_told_anew(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, *USUAL), (2, *USUAL))])
    await room.checks.tell([said(definition, a, (1, *BAD), (2, *BAD), (3, *BAD), known=[0, 1])])
    assert await room.events() == []


async def test_a_point_that_comes_late_is_told_if_it_stands_out(room: WatchRoom) -> None:
    definition, [a, b] = await spend(room, "a", "b")
    await room.checks.tell([said(definition, a, (3, *BAD))])
    await room.checks.tell([said(definition, b, (2, *BAD), (3, *USUAL), known=[1])])
    assert [phase for phase, _ in await room.story()] == ["fired", "repeated"]


async def test_what_is_not_watched_any_more_is_well(room: WatchRoom) -> None:
    definition, [a, b] = await spend(room, "a", "b")
    await room.checks.tell([said(definition, a, (1, *BAD)), said(definition, b, (1, *BAD))])
    watches = {definition.id or 0: {a.id or 0}}
    await room.checks.tell([said(definition, a, (2, *USUAL), (3, *USUAL))], watches=watches)
    assert [phase for phase, _ in await room.story()] == ["fired", "resolved"]


async def test_a_deleted_definition_takes_its_incident_along_and_tells_nobody(room: WatchRoom) -> None:
    definition, [a] = await spend(room, "a")
    await room.checks.tell([said(definition, a, (1, *BAD))])
    await room.definitions.delete(admin(EVERYTHING), definition.id or 0)
    [episode] = await room.episode_rows()
    assert (episode.state, len(await room.events())) == ("resolved", 1)


async def test_a_channel_that_hardly_counts_is_told_lower_and_a_key_metric_higher(room: WatchRoom) -> None:
    definition = await room.definition("*")
    key = await room.metric("orders", key=True)
    big, small = [await room.metric("cost", each, aggregate="sum") for each in ("big", "small")]
    async with room.store.begin() as uow:
        shares = ((big, 990.0), (small, 10.0))
        await uow.points.put(
            points=[Point(metric_id=each.id or 0, time=NOON - HOUR, value=value) for each, value in shares]
        )
        await uow.commit()
    found = await room.checks.tell([said(definition, each, (1, *BAD)) for each in (key, big, small)])
    assert {each.metric.name + each.metric.channel: each.occurrence.severity for each in found} == {
        "orders": "critical",
        "costbig": "warning",
        "costsmall": "info",
    }
    [event] = await room.events()
    assert [each["channel"] for each in event.payload["metrics"]] == ["", "big", "small"]
