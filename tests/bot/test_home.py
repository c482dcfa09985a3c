from typing import Any

import pytest

from bot.playground.state import View
from houston.notify.rules.rules import RuleDraft
from tests.bot.conftest import House

pytestmark = pytest.mark.slow


async def add_rules(house: House, count: int, **changes: Any) -> None:
    for _ in range(count):
        draft = RuleDraft(**({"channels": (house.general.id,), "event_type": "outlier"} | changes))
        await house.houston.rules.add(house.admin, draft)


async def notifications(house: House, text: str) -> View:
    await house.bob.open_home()
    view = await house.home(house.bob, "Latest outliers")
    await house.bob.click("home_notifications", view=view)
    return await house.home(house.bob, text)


async def test_the_first_visit_shows_the_overview_and_what_to_try(house: House) -> None:
    await house.bob.open_home()
    view = await house.home(house.bob, "What to try next")
    assert "0 active notifications in 1 channel." in str(view.blocks)


async def test_a_rule_is_added_from_the_home_and_shown_there(house: House) -> None:
    view = await notifications(house, "No notifications yet")
    await house.bob.click("add_rule", view=view)
    form = await house.modal(house.bob)
    values = {"channel": [house.general.id], "event_type": "task_failure", "active": ["active"]}
    assert (await house.bob.submit(form, values)).ok
    await house.home(house.bob, "*#1* Task Failures")


async def test_rules_are_paused_resumed_and_deleted_by_buttons(house: House) -> None:
    await add_rules(house, 1)
    view = await notifications(house, "*#1*")
    await house.bob.click("pause_rule", view=view, value="1")
    view = await house.home(house.bob, "⏸ Paused")
    await house.bob.click("resume_rule", view=view, value="1")
    view = await house.home(house.bob, "'Pause'")
    await house.bob.click("delete_rule", view=view, value="1")
    await house.home(house.bob, "No notifications yet")


async def test_many_rules_are_paged_and_filtered(house: House) -> None:
    await add_rules(house, 12)
    await add_rules(house, 1, event_type="note_created")
    view = await notifications(house, "Page 1 of 2")
    await house.bob.click("home_next", view=view)
    view = await house.home(house.bob, "*#13*")
    await house.bob.click("home_previous", view=view)
    view = await house.home(house.bob, "Page 1 of 2")
    await house.bob.click("home_filter", view=view, choose="note_created")
    view = await house.home(house.bob, "*#13*")
    assert "*#1*" not in str(view.blocks)


async def test_a_rule_that_is_gone_is_said_in_a_modal(house: House) -> None:
    await add_rules(house, 1)
    view = await notifications(house, "*#1*")
    await house.houston.rules.delete(house.admin, 1)
    await house.bob.click("pause_rule", view=view, value="1")
    notice = await house.modal(house.bob)
    assert "no such rule" in str(notice.blocks)


async def test_the_connection_tab_shows_where_houston_is(house: House) -> None:
    house.slack.channel("elsewhere", with_bot=False)
    await house.bob.open_home()
    view = await house.home(house.bob, "Latest outliers")
    await house.bob.click("home_connection", view=view)
    view = await house.home(house.bob, "Channels that Houston is in")
    assert f"<#{house.general.id}>" in str(view.blocks)
    assert "✅ Connected" in str(view.blocks)


async def test_coming_back_keeps_the_place(house: House) -> None:
    await notifications(house, "No notifications yet")
    await add_rules(house, 1)
    await house.bob.open_home()
    await house.home(house.bob, "*#1*")


async def test_the_messages_tab_suggests_what_to_ask(house: House) -> None:
    dm = await house.alice.dm()
    await house.alice.open_home("messages")
    prompts = await house.alice.wait_for(lambda: house.slack.playground.prompts.get(dm.id))
    assert prompts.prompts[0]["message"] == "What was unusual in the last 7 days?"
    member = await house.houston.members.find(house.slack.workspace.id, house.alice.user_id)
    assert member is not None
    assert member.timezone == "Europe/London"
