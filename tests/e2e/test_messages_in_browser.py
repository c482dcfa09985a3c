"""Each kind of message as a person sees it in a browser, wide and on a phone.

`--pictures` keeps them all; the guide shows six of them (docs/images/message-*.png).
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.chromium import browser_page, needs_chromium
from tests.e2e.conftest import Running
from tests.e2e.newsday import ALERTS, LEADERSHIP, NOTES, PIPELINES, Newsday, opened
from tests.recorded import recorded

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = [*needs_chromium, pytest.mark.slow]

WIDE, PHONE, TALL = (1280, 900), (390, 844), 2600
SECONDS = 1000

MESSAGES = (
    (ALERTS, "outlier", "Outlier: Spend · google-ads"),
    (ALERTS, "data-alert", "Alert Triggered: Daily Sales Alert"),
    (ALERTS, "resolved", "Alert Resolved: Weekly Sales Alert"),
    (ALERTS, "notebook", "Notebook Alert: Data Processing Update"),
    (PIPELINES, "system-error", "System error: OperationalError"),
    (PIPELINES, "task", "Task in dead letter: load_google_ads"),
    (PIPELINES, "group", "4 task failures"),
    (NOTES, "note", "Note: Christmas budget"),
    (NOTES, "note-updated", "Note updated: Christmas budget"),
    (LEADERSHIP, "quiet", "While it was quiet"),
    (LEADERSHIP, "digest", "Daily digest"),
)
"""Channel, name of the picture, and what the message says."""


async def test_every_kind_of_message_is_shown_wide_and_on_a_phone(on_hold: Running, pictures: Path) -> None:
    day = await opened(on_hold)
    await happens(day)
    for width, height in (WIDE, PHONE):
        failed = pictures / "failed.png"
        async with browser_page(failed, width=width, height=height) as page:
            for channel, name, text in MESSAGES:
                await show(page, on_hold, channel)
                message = page.get_by_role("article").filter(has_text=text).last
                await message.wait_for(timeout=30 * SECONDS)
                await loaded(message)
                await unclipped(page, message)
                await taken(page, message, pictures / f"{name}-{width}.png")
            await show(page, on_hold, ALERTS)
            thread = await open_thread(page, "Alert Resolved: Weekly Sales Alert")
            await thread.screenshot(path=pictures / f"thread-{width}.png")
            await page.screenshot(path=pictures / f"incident-{width}.png")


async def happens(day: Newsday) -> None:
    await day.alert("Churn Alert", "9200", "23", ago=timedelta(hours=9))
    await day.alert("Weekly Sales Alert", "8750", "23", ago=timedelta(hours=2), severity="critical")
    resolved = await day.posted(ALERTS, "Alert Triggered: Weekly Sales Alert")
    await recorded(day.houston, resolved)
    await day.on_air.slack.person("jonas").click("acknowledge", message=resolved)
    await day.posted(ALERTS, "Acknowledged by")
    await day.alert("Weekly Sales Alert", "12300", "61", ago=timedelta(minutes=8), verdict="ok")
    await day.posted(ALERTS, "Alert Resolved: Weekly Sales Alert")
    await day.alert("Daily Sales Alert", "8750", "23", ago=timedelta(minutes=4), severity="critical")
    await day.posted(ALERTS, "Alert Triggered: Daily Sales Alert")
    await day.notebook("success", "Daily ETL completed successfully. 1,247 records processed.")
    await day.errors(12)
    await day.job("load_google_ads", "failed", error="Timeout after 30 s")
    await day.job(
        "load_google_ads",
        "dead_letter",
        attempt=3,
        error="Quota exceeded for quota metric 'Queries' of service 'googleads.googleapis.com'",
    )
    await day.posted(PIPELINES, "Task in dead letter: load_google_ads")
    for job in ("load_meta_ads", "load_bing_ads", "sync_crm", "export_audiences"):
        await day.job(job, "failed", error="Timeout after 30 s")
    await day.posted(PIPELINES, "4 task failures")
    await day.notes()
    await day.posted(ALERTS, "Outlier: Spend · google-ads")
    await day.let_go()
    await day.posted(LEADERSHIP, "While it was quiet")
    await day.digest()
    await day.posted(LEADERSHIP, "Daily digest")


async def show(page: "Page", on_air: Running, channel: str) -> None:
    slack = on_air.slack
    person = slack.person("mira").user_id
    address = f"{slack.server.url}/w/{slack.workspace.id}/u/{person}/c/{slack.channel(channel)}"
    if page.url != address:
        await page.goto(address)
        await page.wait_for_selector("body[data-live]")


async def loaded(message: "Locator") -> None:
    """With its pictures."""
    for image in await message.locator("img").all():
        await image.evaluate("image => image.decode()")


async def unclipped(page: "Page", message: "Locator") -> None:
    """Nothing in it is wider than the window."""
    box = await message.bounding_box()
    assert box
    assert page.viewport_size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    assert await message.evaluate("element => element.scrollWidth <= element.clientWidth + 1")


async def taken(page: "Page", message: "Locator", path: Path) -> None:
    """In a window that is high enough for all of it."""
    before = page.viewport_size
    assert before
    await page.set_viewport_size({"width": before["width"], "height": TALL})
    await message.screenshot(path=path)
    await page.set_viewport_size(before)


async def open_thread(page: "Page", text: str) -> "Locator":
    message = page.get_by_role("article").filter(has_text=text).last
    await message.get_by_text(re.compile(r"\d+ repl(y|ies)")).click(timeout=30 * SECONDS)
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_text("returned to an 'ok' state").last.wait_for(timeout=30 * SECONDS)
    return thread
