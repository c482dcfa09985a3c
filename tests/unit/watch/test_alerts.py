"""Alerts over a real source: what is due is looked at, told once, and ends in its own message."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from houston.access import Actor
from houston.errors import Conflict, NotAllowed
from houston.reports.timing import LEASE
from store.tables import Alert
from tests.store.databases import KINDS, fresh_url, new_store
from tests.unit.reports.conftest import desk as desk
from tests.unit.reports.desk import ADMIN, Desk, open_desk

pytestmark = pytest.mark.slow

LOW, HIGH = ("2026-11-14", 8_750, 23), ("2026-11-14", 11_000, 60)


@pytest.fixture(params=KINDS)
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Desk, str]]:
    """A desk on either database, and that one's address."""
    url = fresh_url(request.param, tmp_path)
    desk = await open_desk(url, tmp_path)
    yield desk, url
    await desk.close()


async def test_an_alert_triggers_once_repeats_after_hours_and_resolves(desk: Desk) -> None:
    seen = await desk.alert("Revenue < 10000")
    await desk.tick()
    assert await desk.phases() == []
    desk.sell(LOW)
    for _ in range(5):
        await desk.tick(hours=1)
    assert await desk.phases() == ["fired"]
    [event] = await desk.events()
    assert event.payload["rules"] == [{"text": "Revenue < 10000", "current": "8,750"}]
    assert (event.subject, event.payload["report"]) == ("Low revenue", "Daily Sales")
    await desk.tick(hours=2)
    assert await desk.phases() == ["fired", "repeated"]
    desk.sell(HIGH)
    await desk.tick(hours=1)
    await desk.tick(hours=1)
    assert await desk.phases() == ["fired", "repeated", "resolved"]
    [episode] = await desk.episodes()
    assert episode.fired["rules"][0]["current"] == "8,750"
    assert episode.current["rules"][0]["current"] == "11,000"
    assert (await desk.house.alerts.get(ADMIN.scope, seen.alert.id or 0)).state == "ok"


async def test_it_fires_once_n_of_the_newest_m_looks_breach(desk: Desk) -> None:
    await desk.alert("Revenue < 10000", n=2, m=3)
    phases = []
    for row in (LOW, HIGH, LOW):
        desk.sell(row)
        await desk.tick(hours=1)
        phases.append(await desk.phases())
    assert phases == [[], [], ["fired"]]


async def test_no_rows_are_told_as_missing_data_and_silent_where_that_is_wished(desk: Desk) -> None:
    report_id = await desk.report()
    await desk.alert("Revenue < 10000", report_id=report_id)
    await desk.alert("Revenue < 10000", report_id=report_id, name="Quiet", no_data="keep")
    desk.sell()
    await desk.tick(hours=1)
    assert [(each.subject, each.phase) for each in await desk.events()] == [("Low revenue", "no_data")]


async def test_two_processes_look_once_and_tell_once(either: tuple[Desk, str]) -> None:
    desk, url = either
    seen = await desk.alert("Revenue < 10000")
    desk.sell(LOW)
    desk.clock.forward(hours=1)
    other = new_store(url, desk.clock, seed=8)
    houses = [desk.house, desk.replica(other)]
    await asyncio.gather(*(house.alert_checks.due(desk.clock()) for house in houses))
    await asyncio.gather(*(house.alert_checks.settled() for house in houses))
    assert await desk.phases() == ["fired"]
    assert len(await desk.runs(seen.alert.report_id)) == 2  # one as it was saved
    await other.close()


async def test_a_process_that_dies_after_the_run_leaves_the_look_to_another(either: tuple[Desk, str]) -> None:
    desk, _ = either
    seen = await desk.alert("Revenue < 10000")
    desk.sell(LOW)
    desk.clock.forward(hours=1)
    await _die_before_it_tells(desk, await desk.row(seen.alert.id or 0))
    await desk.tick()
    assert await desk.phases() == []
    await desk.tick(seconds=LEASE.total_seconds())
    await desk.tick(hours=1)
    assert await desk.phases() == ["fired"]


async def test_a_claim_that_ran_out_writes_nothing_over_the_one_after_it(either: tuple[Desk, str]) -> None:
    desk, _ = either
    seen = await desk.alert("Revenue < 10000")
    checks, alert = desk.house.alert_checks, await desk.row(seen.alert.id or 0)
    report = (await desk.house.reports.get(ADMIN.scope, alert.report_id)).report
    desk.sell(LOW)
    judgement = await checks.looking.look(alert, report, desk.clock())
    await desk.tick(hours=1)
    before = await desk.row(seen.alert.id or 0)
    await checks._keep(alert, report, judgement, desk.clock(), desk.clock() - LEASE)
    assert await desk.row(seen.alert.id or 0) == before
    assert await desk.phases() == ["fired"]


@pytest.mark.parametrize("deed", ["delete", "pause", "edit"])
async def test_what_is_changed_while_it_is_looked_at_tells_nothing_of_the_look(desk: Desk, deed: str) -> None:
    seen = await desk.alert("Revenue < 10000")
    checks, alert = desk.house.alert_checks, await desk.row(seen.alert.id or 0)
    report = (await desk.house.reports.get(ADMIN.scope, alert.report_id)).report
    desk.sell(LOW)
    judgement = await checks.looking.look(alert, report, desk.clock())
    desk.clock.forward(seconds=1)
    more = [desk.draft(alert.report_id, "Revenue < 5000")] if deed == "edit" else []
    await getattr(desk.house.alerts, deed)(ADMIN, alert.id, *more)
    await checks._keep(alert, report, judgement, desk.clock(), alert.due_at)
    await desk.tick(hours=1)
    assert (await desk.phases(), await desk.episodes()) == ([], [])


@pytest.mark.parametrize(("deed", "says"), [("delete", "Alert deleted"), ("pause", "Alert paused")])
async def test_who_ends_an_alert_ends_what_it_tells_of(desk: Desk, deed: str, says: str) -> None:
    seen = await desk.alert("Revenue < 10000")
    desk.sell(LOW)
    await desk.tick(hours=1)
    await getattr(desk.house.alerts, deed)(ADMIN, seen.alert.id)
    [episode] = await desk.episodes()
    assert (episode.state, episode.resolved_at, episode.current["ended"]) == ("resolved", desk.clock(), says)
    assert (episode.version, desk.stale) == (2, [None])
    await desk.tick(hours=9)
    assert await desk.phases() == ["fired"]


async def test_what_is_resumed_fires_anew(desk: Desk) -> None:
    seen = await desk.alert("Revenue < 10000")
    desk.sell(LOW)
    await desk.tick(hours=1)
    await desk.house.alerts.pause(ADMIN, seen.alert.id or 0)
    with pytest.raises(Conflict, match="paused"):
        await desk.house.alerts.check(ADMIN, seen.alert.id or 0)
    assert (await desk.house.alerts.resume(ADMIN, seen.alert.id or 0)).state == "ok"
    await desk.tick(hours=1)
    assert await desk.phases() == ["fired", "fired"]


async def test_a_look_now_does_not_wait_for_the_schedule(desk: Desk) -> None:
    seen = await desk.alert("Revenue < 10000", schedule="daily at 18:00")
    desk.sell(LOW)
    await desk.tick()
    assert await desk.phases() == []
    assert (await desk.house.alerts.check(ADMIN, seen.alert.id or 0)).state == "firing"
    assert await desk.phases() == ["fired"]
    with pytest.raises(NotAllowed):
        await desk.house.alerts.check(_member(), seen.alert.id or 0)


async def test_what_goes_by_the_clock_is_first_looked_at_when_its_time_comes(desk: Desk) -> None:
    """At noon the day's revenue is not complete."""
    desk.sell(LOW)
    seen = await desk.alert("Revenue < 10000", schedule="daily at 6 PM", timezone="Europe/Berlin")
    assert (seen.words, seen.alert.due_at.hour, seen.state) == ("daily at 18:00", 17, "new")
    await desk.tick(hours=4)
    assert await desk.phases() == []
    await desk.tick(hours=1)
    assert await desk.phases() == ["fired"]


async def _die_before_it_tells(desk: Desk, alert: Alert) -> None:
    """Claimed and run, and no more."""
    async with desk.store.begin() as uow:
        assert await uow.alerts.take(alert=alert, until=desk.clock() + LEASE)
        await uow.commit()
    report = (await desk.house.reports.get(ADMIN.scope, alert.report_id)).report
    await desk.house.alert_checks.looking.look(alert, report, desk.clock())


def _member() -> Actor:
    return replace(ADMIN, is_admin=False)
