"""The demo as a person meets it, in a real browser: from the alert to the answer to rules of their own."""

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.e2e.chromium import browser_page, needs_chromium
from tests.e2e.commands import demo
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = [*needs_chromium]

LONG = PATIENCE * 1000
"""Milliseconds, as Playwright has it."""


async def test_a_person_sees_the_alert_asks_about_it_and_adds_rules(tmp_path: Path, pictures: Path) -> None:
    async with demo(tmp_path) as address, browser_page(pictures / "failed.png") as page:
        started = time.monotonic()
        await page.goto(address)
        await page.wait_for_selector("body[data-live]")
        alert = await the_alert(page)
        assert time.monotonic() - started < PATIENCE
        thread = await ask_houston(page, alert)
        await page.screenshot(path=pictures / "demo.png")
        await ask_a_follow_up(page, thread)
        await add_a_rule_by_command(page)
        await open_app_home(page)
        await see_rule(page, "#7 Outlier Alerts → #data-pipelines · Acme Outfitters · Critical only")
        await add_a_rule_from_home(page)
        await see_rule(page, "#8 Task Failures → #leadership · All clients · Any severity")
        await page.screenshot(path=pictures / "home.png")


async def the_alert(page: "Page") -> "Locator":
    """A fresh outlier, with its chart."""
    alert = page.get_by_role("article").filter(has_text="Outlier: Spend · google-ads")
    await alert.wait_for(timeout=LONG)
    await alert.locator("img[alt*='google-ads']").wait_for(timeout=LONG)
    assert "Critical" in await alert.inner_text()
    return alert


async def ask_houston(page: "Page", alert: "Locator") -> "Locator":
    """The answer streams into the alert's thread, with the alert's own figure in it."""
    value = re.search(r"Value:\s+(\S+)", await alert.inner_text())
    assert value
    await alert.get_by_role("button", name="Ask Houston").click()
    await alert.get_by_text("1 reply").click(timeout=LONG)
    thread = page.get_by_role("complementary", name="Thread")
    answer = thread.get_by_role("article").filter(has_text="📊")
    await answer.wait_for(timeout=LONG)
    assert value[1] in await answer.inner_text()
    return thread


async def ask_a_follow_up(page: "Page", thread: "Locator") -> None:
    """Without a mention: Houston knows who it answered last."""
    reply = thread.get_by_role("textbox")
    await reply.fill("and last week by channel?")
    await reply.press("Enter")
    answers = thread.get_by_role("article").filter(has_text="meta-ads").filter(has_text="email")
    await answers.last.wait_for(timeout=LONG)
    question = thread.get_by_role("article").filter(has_text="and last week by channel?")
    await question.wait_for()


async def add_a_rule_by_command(page: "Page") -> None:
    await page.get_by_role("navigation").get_by_text("data-pipelines").click()
    await page.wait_for_selector("body[data-live]")
    box = page.get_by_role("textbox", name="Message #data-pipelines")
    await box.fill("/houston rules add")
    await box.press("Enter")
    form = page.get_by_role("dialog", name="Add notification")
    await form.wait_for(timeout=LONG)
    await form.get_by_role("button", name="Add", exact=True).click()
    assert await form.is_visible(), "nothing is chosen yet"
    await choose(page, form, "Channel", "data-pipelines")
    await choose(page, form, "Notification type", "Outlier Alerts")
    await choose(page, form, "Client", "Acme Outfitters")
    await choose(page, form, "Minimum severity", "Critical only")
    await form.get_by_role("button", name="Add", exact=True).click()
    await form.wait_for(state="detached", timeout=LONG)


async def open_app_home(page: "Page") -> None:
    await page.get_by_role("navigation").get_by_text("Houston", exact=True).click()
    await page.get_by_role("button", name="Notifications").click(timeout=LONG)


async def add_a_rule_from_home(page: "Page") -> None:
    await page.get_by_role("button", name="Add notification").click()
    form = page.get_by_role("dialog", name="Add notification")
    await form.wait_for(timeout=LONG)
    await choose(page, form, "Channel", "leadership")
    await choose(page, form, "Notification type", "Task Failures")
    await form.get_by_role("button", name="Add", exact=True).click()
    await form.wait_for(state="detached", timeout=LONG)


async def see_rule(page: "Page", rule: str) -> None:
    await page.get_by_text(rule).wait_for(timeout=LONG)


async def choose(page: "Page", form: "Locator", field: str, option: str) -> None:
    """By keyboard: type, take the first that fits, go on."""
    box = form.get_by_role("combobox", name=field)
    await box.focus()
    await box.press_sequentially(option)
    await page.get_by_role("option", name=re.compile(re.escape(option))).first.wait_for(timeout=LONG)
    await box.press("Enter")
    await box.press("Tab")
