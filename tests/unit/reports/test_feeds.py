"""Feeds: rows become points, again and again the same, and what cannot be one is said."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from houston.errors import InvalidFields, NotFound
from houston.reports.feeds import FeedDraft, FeedSeen
from houston.reports.timing import LEASE
from store.errors import SourceFailed
from store.tables import Metric, Point
from tests.actors import admin
from tests.leaks.tables import rows_of
from tests.store.agency import EVERYTHING
from tests.unit.reports.desk import ADMIN, Desk

pytestmark = pytest.mark.slow

SALES = "SELECT day AS Time, revenue AS VALUE FROM sales"


async def fed(desk: Desk, sql: str = SALES, **values: object) -> FeedSeen:
    kept = {"name": "Sales", "metric": "revenue", "client_id": desk.agency.acme, **values}
    draft = FeedDraft(source_id=await desk.source(), sql=sql, **kept)  # type: ignore[arg-type]
    return await desk.house.feeds.add(ADMIN, draft)


async def points(desk: Desk) -> list[tuple[str, str, datetime, float]]:
    """(metric, channel, time, value), by time."""
    metrics = {row["id"]: Metric(**row) for row in await rows_of(desk.store, Metric)}
    found = [Point(**row) for row in await rows_of(desk.store, Point)]
    return sorted(
        (
            (metrics[each.metric_id].name, metrics[each.metric_id].channel, each.time, each.value)
            for each in found
        ),
        key=lambda each: each[2],
    )


async def test_rows_become_points_once_and_corrections_update_in_place(desk: Desk) -> None:
    desk.sell(("2026-11-12", 1.5, 1), ("2026-11-13", 2.5, 1))
    seen = await fed(desk)
    assert (seen.words, seen.client, seen.feed.timezone) == ("hourly", "Acme", "Europe/Berlin")
    await desk.feed_tick()
    await desk.feed_tick(hours=1)
    assert [(at, value) for _, _, at, value in await points(desk)] == [
        (datetime(2026, 11, 11, 23, tzinfo=UTC), 1.5),
        (datetime(2026, 11, 12, 23, tzinfo=UTC), 2.5),
    ]
    desk.sell(("2026-11-12", 9.5, 1), ("2026-11-10", 3.5, 1), ("2026-11-14", None, 1))
    await desk.feed_tick(hours=1)
    assert [value for _, _, _, value in await points(desk)] == [3.5, 9.5, 2.5]
    assert (await desk.house.feeds.get(EVERYTHING, seen.feed.id or 0)).feed.error == ""


async def test_an_agencys_feed_names_clients_and_says_which_it_does_not_know(desk: Desk) -> None:
    desk.sell(("2026-11-12", 1, 1), ("2026-11-12", 2, 2), ("2026-11-12", 3, 3))
    sql = (
        "SELECT day || 'T10:00:00Z' AS time, revenue AS value, 'spend' AS metric, 'ads' AS channel, "
        "CASE customers WHEN 1 THEN 'Acme' WHEN 2 THEN 'globex' ELSE 'nobody' END AS client FROM sales"
    )
    draft = FeedDraft(name="All", source_id=await desk.source(), sql=sql)
    preview = await desk.house.feeds.preview(ADMIN, draft)
    assert (preview.points, preview.metrics) == (2, ("spend/ads",))
    assert preview.newest == datetime(2026, 11, 12, 10, tzinfo=UTC)
    assert preview.problems == ("Row 3: I know no client called 'nobody'.",)
    seen = await desk.house.feeds.add(ADMIN, draft)
    await desk.feed_tick()
    assert [value for _, _, _, value in await points(desk)] == [1.0, 2.0]
    feed = (await desk.house.feeds.get(EVERYTHING, seen.feed.id or 0)).feed
    assert (feed.error, feed.failures) == ("Row 3: I know no client called 'nobody'.", 0)
    async with desk.store.read() as uow:
        assert {each.slug for each in await uow.clients.all(scope=EVERYTHING)} == {"acme", "globex"}


async def test_a_clients_feed_is_for_its_own_points_only(desk: Desk) -> None:
    sql = "SELECT day AS time, revenue AS value, 'globex' AS client FROM sales"
    seen = await fed(desk, sql)
    await desk.feed_tick()
    assert await points(desk) == []
    feed = (await desk.house.feeds.get(EVERYTHING, seen.feed.id or 0)).feed
    assert feed.error == "Row 1: This feed is acme's, and the row says 'globex'."


async def test_each_row_that_is_no_point_is_told_and_the_others_are_kept(desk: Desk) -> None:
    sql = (
        "SELECT '2026-11-12' AS time, '7.5' AS value UNION ALL SELECT 'soon', 1 UNION ALL "
        "SELECT '2026-11-11', 'many' UNION ALL SELECT '2099-01-01', 2 UNION ALL SELECT NULL, 2"
    )
    seen = await fed(desk, sql)
    await desk.feed_tick()
    assert [value for _, _, _, value in await points(desk)] == [7.5]
    error = (await desk.house.feeds.get(EVERYTHING, seen.feed.id or 0)).feed.error
    assert error.startswith("Row 2: time 'soon' is not a time")
    assert error.endswith("And 1 more like these.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sql": "SELECT day FROM sales"}, "sql"),
        ({"sql": "SELECT nope FROM sales"}, "sql"),
        ({"metric": ""}, "metric"),
        ({"client_id": None}, "client"),
        ({"schedule": "whenever"}, "schedule"),
        ({"timezone": "Mars"}, "timezone"),
        ({"name": ""}, "name"),
        ({"source_id": 99}, "source"),
    ],
)
async def test_a_feed_that_could_feed_nothing_is_not_kept(
    desk: Desk, values: dict[str, object], field: str
) -> None:
    draft = FeedDraft(
        name="F", source_id=await desk.source(), sql=SALES, metric="m", client_id=desk.agency.acme
    )
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.feeds.add(ADMIN, replace(draft, **values))  # type: ignore[arg-type]
    assert list(wrong.value.errors) == [field]


async def test_a_feed_that_fails_three_times_is_told_once_and_once_when_it_works(desk: Desk) -> None:
    seen = await fed(desk, schedule="daily at 14:00")
    desk.sources.trouble = SourceFailed("The database cannot be reached.", is_temporary=True)
    await desk.feed_tick(days=1)
    for _ in range(2):
        await desk.feed_tick(minutes=5)
    await desk.feed_tick(days=1)
    [said] = await desk.notices()
    assert said.startswith("The metric feed *Sales* has failed three times in a row. ")
    assert "cannot be reached" not in said  # of the agency's source a client hears no more
    desk.sources.trouble = None
    await desk.feed_tick(days=1)
    assert (await desk.notices())[1:] == ["The metric feed *Sales* works again."]
    assert (await desk.house.feeds.get(EVERYTHING, seen.feed.id or 0)).feed.error == ""


async def test_a_claimed_feed_is_not_fed_twice_and_is_taken_over_after_a_crash(desk: Desk) -> None:
    seen = await fed(desk)
    asked = len(desk.sources.asked)
    async with desk.store.begin() as uow:
        lease = {"due_at": desk.clock() + LEASE}
        assert await uow.metric_feeds.move(id=seen.feed.id or 0, due_at=seen.feed.due_at, values=lease)
        await uow.commit()
    await desk.house.feeds.feeding.look(seen.feed)
    await desk.feed_tick()
    assert len(desk.sources.asked) == asked
    await desk.feed_tick(seconds=LEASE.total_seconds())
    assert len(desk.sources.asked) == asked + 1


async def test_a_feed_is_edited_paused_resumed_and_deleted_by_those_who_see_it(desk: Desk) -> None:
    seen = await fed(desk)
    id = seen.feed.id or 0
    feeds = desk.house.feeds
    with pytest.raises(NotFound):
        await feeds.pause(admin(desk.agency.globex_only), id)
    assert not (await feeds.pause(ADMIN, id)).feed.active
    asked = len(desk.sources.asked)
    await desk.feed_tick(hours=5)
    assert len(desk.sources.asked) == asked
    await feeds.resume(ADMIN, id)
    draft = FeedDraft(
        name="New", source_id=seen.feed.source_id, sql=SALES, metric="m", client_id=desk.agency.acme
    )
    assert (await feeds.edit(ADMIN, id, draft)).feed.name == "New"
    await desk.feed_tick()
    await feeds.delete(ADMIN, id)
    assert (await feeds.all(EVERYTHING), len(await points(desk))) == ([], 1)
