"""An alert is never silently off: what cannot be checked is told once, and once when it is well again."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from houston.reports.failing import Concerned, Failing
from store.errors import SourceFailed
from store.tables import Alert
from tests.store.agency import EVERYTHING
from tests.unit.reports.conftest import desk as desk
from tests.unit.reports.desk import Desk

pytestmark = pytest.mark.slow


class Dying(Failing):
    async def tell(self, text: str, concerned: Concerned, *, key: str) -> None:
        raise ConnectionError


DOWN = SourceFailed("The database cannot be reached. Check that it is on.", is_temporary=True)


async def test_the_third_failure_in_a_row_is_told_to_the_owner_once_and_so_is_its_end(desk: Desk) -> None:
    seen = await desk.alert("Revenue < 10000", owner_id="U2", schedule="daily at 13:00", timezone="UTC")
    desk.sources.trouble = DOWN
    await desk.tick(hours=1)
    assert (await desk.row(seen.alert.id or 0)).error == DOWN.message
    await desk.tick(minutes=5)
    assert (await desk.notices(), await desk.phases()) == ([], [])
    await desk.tick(minutes=5)
    for _ in range(3):
        await desk.tick(days=1)
    [said] = await desk.notices()
    assert "*Low revenue* has failed three times in a row. The database cannot be reached." in said
    assert await desk.phases() == ["error"]
    assert {row.address for row in await desk.told()} == {"dm:U2"}
    desk.sources.trouble = None
    await desk.tick(days=1)
    await desk.tick(days=1)
    assert (await desk.notices())[1:] == ["The alert *Low revenue* works again."]
    assert await desk.phases() == ["error", "resolved"]
    row = await desk.row(seen.alert.id or 0)
    assert (row.error, row.failures) == ("", 0)


async def test_without_an_owner_the_admins_are_told(desk: Desk) -> None:
    await desk.alert("Revenue < 10000")
    desk.sources.trouble = DOWN
    for _ in range(3):
        await desk.tick(hours=1)
    assert [row.address for row in await desk.told()] == ["dm:U1"]


async def test_a_failure_now_and_then_is_not_told(desk: Desk) -> None:
    await desk.alert("Revenue < 10000")
    for trouble in (DOWN, DOWN, None, DOWN, DOWN, None):
        desk.sources.trouble = trouble
        await desk.tick(hours=1)
    assert (await desk.notices(), await desk.phases()) == ([], [])


async def test_what_fires_goes_on_firing_after_a_failure(desk: Desk) -> None:
    await desk.alert("Revenue < 10000")
    desk.sell(("2026-11-14", 9_000, 1))
    for trouble in (None, DOWN, DOWN, DOWN, None):
        desk.sources.trouble = trouble
        await desk.tick(hours=1)
    assert await desk.phases() == ["fired", "error", "repeated"]
    assert len(await desk.episodes()) == 1


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"rules": [{"text": "Sales < 10000", "severity": "warning"}]}, "no column Sales"),
        ({"rules": [{"text": "Revenue is nice", "severity": "warning"}]}, "^"),
        ({"rules": [{"text": "day < 5", "severity": "critical"}]}, "day"),
        ({"schedule": "now and then"}, "now and then"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
async def test_what_nobody_can_read_any_more_is_an_error_that_is_told(
    desk: Desk, broken: dict[str, Any], says: str
) -> None:
    seen = await desk.alert("Revenue < 10000")
    async with desk.store.begin() as uow:
        await uow._session.exec(update(Alert).where(col(Alert.id) == seen.alert.id).values(**broken))
        await uow.commit()
    for _ in range(3):
        await desk.tick(hours=1)
    assert says in (await desk.row(seen.alert.id or 0)).error
    assert len(await desk.notices()) == 1
    assert await desk.phases() == ["error"]
    assert (await desk.house.alerts.get(EVERYTHING, seen.alert.id or 0)).state == "error"


async def test_a_process_that_dies_before_it_tells_leaves_that_to_the_next_failure(desk: Desk) -> None:
    await desk.alert("Revenue < 10000", owner_id="U2")
    desk.sources.trouble = DOWN
    await desk.tick(hours=1)
    await desk.tick(hours=1)
    checks = desk.house.alert_checks
    dying = Dying(store=desk.store, notices=checks.failing.notices)
    desk.house = replace(desk.house, alert_checks=replace(checks, failing=dying))
    with pytest.raises(ConnectionError):
        await desk.tick(hours=1)
    desk.house = desk.replica()
    assert await desk.notices() == []
    await desk.tick(hours=1)
    await desk.tick(hours=1)
    assert len(await desk.notices()) == 1
