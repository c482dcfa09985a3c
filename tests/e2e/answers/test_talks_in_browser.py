"""Five conversations of the demo, as a person has them in a browser; docs/answers.md shows their pictures.

uv run pytest -n 0 tests/e2e/answers/test_talks_in_browser.py --pictures docs/images
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.chromium import browser_page, needs_chromium
from tests.e2e.commands import demo
from tests.e2e.test_demo_in_browser import ask_houston, the_alert
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = [*needs_chromium, pytest.mark.slow]

LONG = PATIENCE * 3 * 1000
"""Milliseconds, as Playwright has it: so many questions in a minute may have to wait at Slack's limits."""

FOOTER = "📊"
"""What each finished answer ends with."""


async def test_the_demo_talks_as_a_colleague_does(tmp_path: Path, pictures: Path) -> None:
    async with (
        demo(tmp_path) as address,
        browser_page(pictures / "failed.png", height=2300) as page,
    ):
        await page.goto(address)
        await page.wait_for_selector("body[data-live]")
        await under_the_alert(await ask_houston(page, await the_alert(page)))
        await keep(page, pictures / "talk-alert.png")
        await open_messages(page)
        for name, talk in TALKS.items():
            await talk(page)
            await keep(page, pictures / f"talk-{name}.png")


async def under_the_alert(thread: "Locator") -> None:
    """The cause, another client, and a note that waits for approval."""
    assert "Globex Travel" in await say(thread, "was it the same at Globex?")
    await say(
        thread, "note that we raised the google-ads budget for Black Friday", ends="until you approve it"
    )
    await thread.get_by_role("button", name="Approve").click()
    await thread.get_by_text("Done by").wait_for(timeout=LONG)


async def briefing(page: "Page") -> None:
    """What to know in the morning, one thing of it, and quiet for another."""
    assert "google-ads" in await begin(page, "what should I know today?")
    assert "google-ads" in await say(the_thread(page), "tell me more about the first one")
    await say(the_thread(page), "and the second?")


async def meeting(page: "Page") -> None:
    """Figures for a client's call, and their picture."""
    assert "Before" in await begin(page, "--client acme how did we do last week?")
    assert "meta-ads" in await say(the_thread(page), "by channel")
    await say(the_thread(page), "chart revenue by channel")
    chart = the_thread(page).get_by_role("img", name=re.compile("revenue", re.IGNORECASE))
    await chart.wait_for(timeout=LONG)


async def clients(page: "Page") -> None:
    """From all clients to one, to a price, to the month before."""
    assert "Globex Travel" in await begin(page, "which client spent the most on ads this month?")
    assert "google-ads" in await say(the_thread(page), "what did a click cost them on each channel?")
    assert "Oct" in await say(the_thread(page), "is that more than last month?")


async def jobs(page: "Page") -> None:
    """What fails, since when, and what the team wrote about the client."""
    assert "globex-crm-sync" in await begin(page, "which job failed most this month?")
    assert "succeeded" in await say(the_thread(page), "when did it last succeed?")
    await say(the_thread(page), "any open notes for Globex?")
    await say(the_thread(page), "read the first one")


TALKS = {"briefing": briefing, "meeting": meeting, "clients": clients, "jobs": jobs}


async def keep(page: "Page", path: Path) -> None:
    """The thread alone, from its beginning."""
    await the_thread(page).screenshot(path=path)


async def open_messages(page: "Page") -> None:
    await page.get_by_role("navigation").get_by_text("Houston", exact=True).click()
    await page.get_by_role("tab", name="Messages").click(timeout=LONG)
    await page.get_by_text("Try one of these").wait_for(timeout=LONG)
    await page.wait_for_selector("body[data-live]")


def the_thread(page: "Page") -> "Locator":
    return page.get_by_role("complementary", name="Thread")


async def begin(page: "Page", text: str, *, ends: str = FOOTER) -> str:
    """A conversation of its own: asked among the messages, answered in a thread."""
    if await the_thread(page).count():
        await the_thread(page).get_by_role("button", name="Close").click()
    box = page.get_by_role("textbox").last
    await box.fill(text)
    await box.press("Enter")
    question = page.get_by_role("article").filter(has_text=text)
    await question.get_by_text(re.compile(r"^\d+ repl")).click(timeout=LONG)
    return await answered(the_thread(page), 1, ends=ends)


async def say(thread: "Locator", text: str, *, ends: str = FOOTER) -> str:
    """The answer to it, once it is whole."""
    before = await thread.get_by_role("article").filter(has_text=ends).count()
    reply = thread.get_by_role("textbox")
    await reply.fill(text)
    await reply.press("Enter")
    return await answered(thread, before + 1, ends=ends)


async def answered(thread: "Locator", number: int, *, ends: str = FOOTER) -> str:
    answer = thread.get_by_role("article").filter(has_text=ends).nth(number - 1)
    await answer.wait_for(timeout=LONG)
    return await answer.inner_text()
