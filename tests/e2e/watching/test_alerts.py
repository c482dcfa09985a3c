"""A database, a report of it and an alert on that, all from the App Home; then the alert at work."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.playground.state import Message
from tests.bot.conftest import House, shown
from tests.e2e.watching.walking import form, pressed, replied, section

pytestmark = pytest.mark.slow


class Shop:
    """A database of the agency's."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "shop.db"
        with sqlite3.connect(self.path) as connection:
            connection.execute("CREATE TABLE orders (shop TEXT, Revenue REAL)")
            connection.executemany("INSERT INTO orders VALUES (?, ?)", [("Bern", 21_000), ("Zug", 14_500)])

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def sells(self, shop: str, revenue: float) -> None:
        with sqlite3.connect(self.path) as connection:
            connection.execute("UPDATE orders SET Revenue = ? WHERE shop = ?", (revenue, shop))


@pytest.fixture
def shop(files: Path) -> Shop:
    return Shop(files)


async def connected(house: House, shop: Shop) -> None:
    home = await section(house, "sources", "No data sources yet")
    view = await form(house, home, "add_source", "Add data source")
    assert (await house.bob.submit(view, {"name": "Shop", "url": shop.url})).ok
    await house.home(house.bob, "*Shop*")


async def reported(house: House) -> None:
    home = await section(house, "reports", "No reports yet")
    view = await form(house, home, "add_report", "Add report")
    values = {
        "name": "Daily revenue",
        "sql": "SELECT shop, Revenue FROM orders",
        "url": "https://bi.example/1",
    }
    view = await pressed(house, view, "preview_report", "2 rows", values)
    assert "14,500" in str(view.blocks)
    assert (await house.bob.submit(view, values)).ok
    await house.home(house.bob, "*Daily revenue*")


async def alerted(house: House) -> None:
    home = await section(house, "alerts", "No alerts yet")
    view = await form(house, home, "add_alert", "Add alert")
    values: dict[str, Any] = {"name": "Low revenue", "report": "Daily revenue", "owner": house.bob.user_id}
    misspelt, right = {"condition_1": "Revenu < 10000"}, {"condition_1": "Revenue < 10000"}
    view = await pressed(house, view, "condition_1", "did you mean", values | misspelt)
    assert "^" in str(view.blocks)
    view = await pressed(house, view, "condition_1", "14,500", values | right)
    view = await pressed(house, view, "add_condition", "condition_2", values)
    values |= right | {"condition_2": "Revenue < 1000", "severity_2": "critical"}
    values |= {"schedule": "daily at 6 AM", "channel": [house.general.id]}
    await house.bob.suggestions(view, "channel")
    view = await pressed(house, view, "preview_alert", "history starts today", values)
    assert (await house.bob.submit(view, values)).ok
    await house.home(house.bob, "*Low revenue*")


async def checked(house: House, text: str) -> None:
    home = await section(house, "alerts", "*Low revenue*")
    await house.bob.click("check_alert", view=home)
    await house.home(house.bob, text)


async def post(house: House, text: str) -> Message:
    return await house.seen(house.bob, house.general, text)


async def test_an_alert_fires_repeats_in_its_thread_and_resolves_in_place(house: House, shop: Shop) -> None:
    await connected(house, shop)
    await reported(house)
    await alerted(house)
    await checked(house, "🟢 ok")
    assert not house.slack.posts(house.general)
    shop.sells("Zug", 8_750)
    await checked(house, "🔴 firing")
    fired = await post(house, "Alert Triggered: Low revenue")
    assert "Revenue < 10000 (Current: 8,750" in shown(fired).replace("&lt;", "<")
    assert f"<@{house.bob.user_id}>" in shown(fired)
    shop.sells("Zug", 900)
    await checked(house, "🔴 firing")
    await replied(house, fired, "Current: 900")
    shop.sells("Zug", 15_000)
    await checked(house, "🟢 ok")
    over = await post(house, "Alert Resolved: Low revenue")
    assert over.ts == fired.ts
    roots = [each for each in house.slack.posts(house.general) if each.thread_ts in (None, each.ts)]
    assert [each.ts for each in roots] == [fired.ts]
