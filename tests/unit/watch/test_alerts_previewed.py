"""Before an alert is saved people see what it means, and what it would have done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from houston.errors import InvalidFields
from houston.watch.alerts.watched import uses_now
from store.errors import SourceFailed
from tests.unit.reports.conftest import desk as desk
from tests.unit.reports.desk import ADMIN, AS_OF_NOW, Desk

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


async def test_conditions_are_explained_with_todays_values(desk: Desk) -> None:
    draft = desk.draft(await desk.report(), "Revenue < 15k", "Revenue drops 20% vs last week", name="")
    low, drops = await desk.house.alerts.explain(ADMIN, draft)
    assert (low.meaning, low.current, low.verdict) == (
        "fires when Revenue is below 15,000 in any row",
        "12,000",
        "breach",
    )
    assert (drops.verdict, drops.note.partition(":")[0]) == ("ok", "No baseline yet")


async def test_a_run_of_the_last_minute_is_not_run_again(desk: Desk) -> None:
    draft = desk.draft(await desk.report())
    asked = len(desk.sources.asked)
    for seconds in (0, 30, 61):
        desk.clock.forward(seconds=seconds)
        await desk.house.alerts.explain(ADMIN, draft)
    assert len(desk.sources.asked) == asked + 2


async def test_a_report_that_cannot_be_run_says_so_at_its_field(desk: Desk) -> None:
    draft = desk.draft(await desk.report())
    desk.sources.trouble = SourceFailed("The database refused the password.")
    with pytest.raises(InvalidFields) as wrong:
        await desk.house.alerts.preview(ADMIN, draft)
    assert wrong.value.errors == {"report": "The database refused the password."}


async def test_without_history_it_says_what_would_happen_now(desk: Desk) -> None:
    draft = desk.draft(await desk.report(), "Revenue < 15000")
    preview = await desk.house.alerts.preview(ADMIN, draft)
    assert (preview.how, preview.would_fire, preview.since, preview.chart) == ("now", 1, None, None)


async def test_stored_runs_tell_when_it_would_have_fired(desk: Desk) -> None:
    report_id = await desk.report()
    report = (await desk.house.reports.get(ADMIN.scope, report_id)).report
    start = desk.clock()
    for revenue in (12_000, 9_000, 8_000, 12_000, 12_000, 7_000):
        desk.sell(("2026-11-14", revenue, 1))
        await desk.house.reports.run(report, desk.clock())
        desk.clock.forward(days=1)
    desk.sell(("2026-11-20", 12_000, 1))
    draft = desk.draft(report_id, "Revenue < 10000", schedule="daily at 12:00")
    preview = await desk.house.alerts.preview(ADMIN, draft)
    assert (preview.how, preview.runs, preview.since) == ("stored", 7, start)
    assert (preview.times, preview.would_fire) == ((start + DAY, start + 5 * DAY), 2)
    assert len(preview.chart.marks if preview.chart else ()) == 3
    assert len(await desk.events()) == 0


async def test_a_report_that_uses_now_is_replayed_at_the_moments_of_the_schedule(desk: Desk) -> None:
    noon = desk.clock()
    days = [(noon - age * DAY).date().isoformat() for age in range(100)]
    desk.sell(*((day, 100.0, 1) for day in days))
    report_id = await desk.report(AS_OF_NOW)
    draft = desk.draft(report_id, "Revenue rises by 100 vs previous run", schedule="daily at 12:00")
    draft = replace(draft, timezone="UTC")
    progress: list[tuple[int, int]] = []
    preview = await desk.house.alerts.preview(ADMIN, draft, lambda *done: progress.append(done))
    assert (preview.how, preview.runs) == ("replayed", 90)
    assert preview.since == noon - 89 * DAY
    assert progress[-1] == (89, 89)
    assert preview.would_fire == 1  # it rises every day, and goes on firing
    assert preview.times == (noon - 88 * DAY,)
    assert len(await desk.runs(report_id)) == 1


async def test_a_replay_asks_also_for_what_it_compares_with(desk: Desk) -> None:
    report_id = await desk.report(AS_OF_NOW)
    draft = desk.draft(report_id, "Revenue changed vs last week", schedule="every hour")
    preview = await desk.house.alerts.preview(ADMIN, draft)
    assert (preview.how, preview.runs) == ("replayed", 46)
    assert len(set(desk.sources.asked)) > preview.runs


async def test_a_replay_that_fails_falls_back_to_now(desk: Desk) -> None:
    draft = desk.draft(await desk.report(AS_OF_NOW), "Revenue < 10")
    await desk.house.alerts.explain(ADMIN, draft)
    desk.sources.trouble = SourceFailed("The database says: no.")
    preview = await desk.house.alerts.preview(ADMIN, draft)
    assert (preview.how, preview.would_fire) == ("now", 0)


async def test_last_week_is_asked_of_a_report_that_uses_now_when_no_run_tells(desk: Desk) -> None:
    days = [(desk.clock() - age * DAY).date().isoformat() for age in range(20)]
    desk.sell(*((day, 100.0, 1) for day in days))
    await desk.alert("Revenue rises 30% vs last week", sql=AS_OF_NOW)
    await desk.tick(hours=1)
    [event] = await desk.events()
    assert desk.sources.asked[-1] == desk.clock() - 7 * DAY
    assert event.payload["rules"][0]["current"] == "2,000, 53.85% above 1,300"


async def test_the_previous_run_is_that_of_the_look_before_though_others_ran_the_report(desk: Desk) -> None:
    report_id = await desk.report()
    await desk.alert("Revenue changed", report_id=report_id, schedule="daily at 13:00", timezone="UTC")
    report = (await desk.house.reports.get(ADMIN.scope, report_id)).report
    await desk.tick(hours=1)
    desk.sell(("2026-11-15", 9_000, 1))
    desk.clock.forward(hours=23, minutes=50)
    await desk.house.reports.run(report, desk.clock())
    await desk.tick(minutes=10)
    [event] = await desk.events()
    assert event.payload["rules"] == [{"text": "Revenue changed", "current": "9,000, was 12,000"}]


@pytest.mark.parametrize(
    ("sql", "uses"),
    [
        ("SELECT 1 WHERE day < :now", True),
        ("SELECT :NOW - 7", True),
        ("SELECT ':now'", False),
        ("SELECT 1 -- :now", False),
        ("SELECT 1::nowhere, x::now /* :now */", False),
    ],
)
def test_a_report_uses_now_where_the_query_does(sql: str, uses: bool) -> None:
    assert uses_now(sql) == uses
