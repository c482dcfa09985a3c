"""An outlier definition from the App Home: what it would have done, what it tells, and *Not an outlier*."""

import math
from datetime import datetime, timedelta

import pytest

from bot.playground.state import Message
from houston import access
from houston.notify.rules.rules import RuleDraft
from houston.records.rows import Reading, SeriesName
from tests.bot.conftest import House, now, shown
from tests.checked import checked
from tests.e2e.watching.walking import form, pressed, replied, section
from tests.recorded import recorded

pytestmark = pytest.mark.slow

TOMORROW = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def order(day: datetime, channel: str, share: float = 1.0) -> Reading:
    """1,000 on working days and 600 at the weekend, give or take a few; `share` of that."""
    usual = (1000 if day.weekday() < 5 else 600) + 25 * math.sin(day.toordinal() * 2.7 + len(channel))
    series = SeriesName(client="acme", metric="orders", channel=channel)
    return Reading(series=series, unit="", aggregate="sum", time=day, value=usual * share)


async def history(house: House) -> None:
    """120 days up to today, with one bad day in the shop."""
    days, bad = [TOMORROW - timedelta(days=ago) for ago in range(120, 0, -1)], TOMORROW - timedelta(days=40)
    readings = [order(day, "web") for day in days]
    readings += [order(day, "shop", 0.15 if day == bad else 1.0) for day in days]
    await house.houston.imports.points(access.everything(), readings)


async def defined(house: House) -> None:
    home = await section(house, "outliers", "No outlier definitions yet")
    view = await form(house, home, "add_outlier", "Add definition")
    values = {"name": "Acme: orders", "client": "Acme", "metrics": "orders/*", "schedule": "daily at 6:00"}
    view = await pressed(house, view, "preview_outlier", "Would have fired once", values)
    view = await house.modal(house.bob, lambda view: "slack_file" in str(view.blocks))
    assert (await house.bob.submit(view, values)).ok
    await house.home(house.bob, "*Acme: orders*")


async def day(house: House, number: int, *, shop: float = 1.0, web: float = 1.0) -> None:
    """A day from tomorrow on, which is judged in the morning after it."""
    date = TOMORROW + timedelta(days=number)
    orders = [order(date, "shop", shop), order(date, "web", web)]
    await house.houston.imports.points(access.everything(), orders)
    await checked(house.houston, date + timedelta(days=1, hours=7))


async def told(house: House) -> Message:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier")
    await house.houston.rules.add(house.admin, draft)
    await day(house, 0, shop=0.2)
    return await recorded(house.houston, await house.seen(house.bob, house.general, "Outlier: Orders · shop"))


async def reviewed(house: House, message: Message) -> None:
    await house.bob.click("not_an_outlier", message=message)
    view = await house.modal(house.bob, lambda view: "What should change?" in str(view.blocks))
    assert "ver the last 90 days" in str(view.blocks)
    view = await house.modal(house.bob, lambda view: "slack_file" in str(view.blocks))
    assert (await house.bob.submit(view, {})).ok


async def test_a_definition_shows_what_it_would_have_done_and_learns_from_people(house: House) -> None:
    await history(house)
    await defined(house)
    message = await told(house)
    assert any(block["type"] == "image" for block in message.blocks)
    await day(house, 1, shop=0.2, web=0.1)
    await replied(house, message, "And now")
    for number in (2, 3):
        await day(house, number)
    over = await house.seen(house.bob, house.general, "Resolved: Orders")
    assert over.ts == message.ts
    await reviewed(house, message)
    said = await house.seen(house.bob, house.general, "Not an outlier, says")
    assert said.ts == message.ts
    await section(house, "outliers", "1 of them said to be none: 0% right")
    await house.bob.click("undo_not_an_outlier", message=said)
    await house.bob.wait_for(lambda: "Not an outlier, says" not in shown(said) or None)
