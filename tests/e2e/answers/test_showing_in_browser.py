"""An answer as a person sees it, in a real browser, wide and on a phone.

`--pictures` keeps what was seen; the guide shows some of it.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.playground.state import Message
from tests.agent.fakes import FakeModel, called, said
from tests.bot.conftest import House, running
from tests.bot.slack import local_slack
from tests.bot.test_private_showing import ACME
from tests.bot.test_showing import WHICH, answer_to, drawing, plant, turns
from tests.e2e.chromium import browser_page, needs_chromium
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = [*needs_chromium, pytest.mark.slow]

LONG = PATIENCE * 1000
"""Milliseconds, as Playwright has it."""

TABLE = "Both shops did well:\n\n| Shop | How |\n|---|---|\n| Leeds | well |\n| York | better |\n\nWhich one?"


@pytest.mark.parametrize("width", [1280, 390])
async def test_an_answer_is_read_chosen_from_and_judged(tmp_path: Path, pictures: Path, width: int) -> None:
    note = ("create_note", '{"title": "Call the shop"}')
    model = FakeModel(called(ACME, drawing()), called(WHICH, note), said(TABLE), said("You chose well."))
    async with local_slack() as slack, running(slack, tmp_path, model) as house:
        await plant(house)
        answer = await asked(house)
        async with browser_page(pictures / "failed.png", width=width) as page:
            thread = await opened(page, house)
            shown = thread.get_by_role("article").filter(has_text="Both shops did well")
            await shown.locator(".task-complete").first.wait_for(timeout=LONG)
            assert await shown.locator(".task-complete").count() == 3
            await unclipped(page, thread)
            await page.screenshot(path=pictures / f"answer-{width}.png")
            await dislike(page, shown)
            await shown.get_by_role("button", name="Globex Travel").click()
            await thread.get_by_role("article").filter(has_text="You chose well.").wait_for(timeout=LONG)
            await shown.get_by_text("✓ Globex Travel").wait_for(timeout=LONG)
            assert await shown.get_by_role("button", name="Acme").count() == 0
            await unclipped(page, thread)
            await page.screenshot(path=pictures / f"chosen-{width}.png")
        kept = (await turns(house))[0]
        assert (kept.opinion, kept.opinion_reason) == ("bad", "Leeds was closed")
        assert answer.ts in kept.posted


async def asked(house: House) -> Message:
    question = await house.alice.say(house.general.id, "@Houston how are the shops?")
    answer = await answer_to(house, house.alice, question.ts)
    await house.seen(house.alice, house.general, "approve_change", thread_ts=question.ts)
    return answer


async def opened(page: "Page", house: House) -> "Locator":
    """The thread, with its picture."""
    slack = house.slack
    place = f"w/{slack.workspace.id}/u/{house.alice.user_id}/c/{house.general.id}"
    await page.goto(f"{slack.server.url}/{place}")
    await page.wait_for_selector("body[data-live]")
    await page.get_by_text(re.compile(r"\d+ replies")).click(timeout=LONG)
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("img", name=re.compile("revenue", re.IGNORECASE)).wait_for(timeout=LONG)
    return thread


async def dislike(page: "Page", answer: "Locator") -> None:
    await answer.get_by_role("button", name="Say that this answer is bad").click()
    form = page.get_by_role("dialog", name="A bad answer")
    await form.get_by_role("textbox").fill("Leeds was closed", timeout=LONG)
    await form.get_by_role("button", name="Send").click()
    await form.wait_for(state="detached", timeout=LONG)


async def unclipped(page: "Page", thread: "Locator") -> None:
    """Nothing in it is wider than the window."""
    assert page.viewport_size
    for message in await thread.get_by_role("article").all():
        box = await message.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        assert await message.evaluate("element => element.scrollWidth <= element.clientWidth + 1")
