"""The buttons under an alert, pressed in a local Slack."""

import asyncio

import pytest

from bot.playground.state import Message
from houston.notify.rules.rules import RuleDraft
from tests.bot.conftest import House, shown
from tests.recorded import recorded

pytestmark = pytest.mark.slow

JOB = "nightly_sync"


async def alert(house: House, job: str = JOB) -> Message:
    """The message of a job that failed, in #general."""
    await house.houston.rules.add(
        house.admin, RuleDraft(channels=(house.general.id,), event_type="task_failure")
    )
    assert house.acme.id is not None
    await house.houston.task_runs.report(
        house.scope, job=job, run_id="1", state="failed", client_id=house.acme.id
    )
    return await recorded(house.houston, await house.seen(house.alice, house.general, job))


async def showing(house: House, message: Message, *texts: str, without: str = "\0") -> None:
    """Wait until the message itself shows this."""

    def found() -> bool:
        now = shown(message)
        return all(text in now for text in texts) and without not in now

    await house.alice.wait_for(found)


async def test_acknowledging_shows_in_the_message_and_can_be_undone(house: House) -> None:
    message = await alert(house)
    await house.alice.click("acknowledge", message=message)
    await showing(house, message, f"Acknowledged by <@{house.alice.user_id}>", "unacknowledge")
    await house.bob.click("unacknowledge", message=message)
    await showing(house, message, "'acknowledge'", without="Acknowledged by")


async def test_who_comes_second_is_told_alone_who_was_first(house: House) -> None:
    message = await alert(house)
    await asyncio.gather(
        house.alice.click("acknowledge", message=message), house.bob.click("acknowledge", message=message)
    )
    await showing(house, message, "Acknowledged by")
    first = house.alice if f"<@{house.alice.user_id}>" in shown(message) else house.bob
    second = house.bob if first is house.alice else house.alice
    told = await house.seen(second, house.general, "Already acknowledged by")
    assert told.ephemeral_to == second.user_id
    assert first.user.real_name in shown(told)


async def test_somebody_is_assigned_in_a_form_and_told_by_dm_with_a_link(house: House) -> None:
    message = await alert(house)
    await house.alice.click("more", message=message, choose="assign")
    form = await house.modal(house.alice)
    result = await house.alice.submit(form, {"assignee": house.bob.user_id})
    assert (result.errors, result.open_view) == ({}, None)
    await showing(house, message, f"Assigned to <@{house.bob.user_id}>")
    told = await house.seen(house.bob, await house.bob.dm(), "assigned this to you")
    assert JOB in shown(told)
    assert f"/archives/{house.general.id}/p{message.ts.replace('.', '')}" in shown(told)


async def test_what_is_assigned_is_given_back_in_the_menu(house: House) -> None:
    message = await alert(house)
    await house.alice.click("more", message=message, choose="assign")
    await house.alice.submit(await house.modal(house.alice), {"assignee": house.alice.user_id})
    await showing(house, message, "Assigned to")
    await house.bob.click("more", message=message, choose="unassign")
    await showing(house, message, without="Assigned to")


async def test_an_assignee_who_may_not_see_the_client_is_refused_at_the_field(house: House) -> None:
    message = await alert(house)
    await house.limit_alice(house.globex)
    await house.bob.click("more", message=message, choose="assign")
    form = await house.modal(house.bob)
    result = await house.bob.submit(form, {"assignee": house.alice.user_id})
    assert result.errors == {"assignee": "Alice Able may not see this client. /houston people changes that."}


async def test_a_snooze_shows_until_when_and_is_ended_by_a_button(house: House) -> None:
    message = await alert(house)
    await house.alice.click("snooze", message=message, choose="change")
    await showing(house, message, f"Snoozed by <@{house.alice.user_id}>", "until it changes")
    await house.bob.click("unsnooze", message=message)
    await showing(house, message, "'snooze'", without="Snoozed by")


async def test_why_is_answered_with_the_rules_to_the_asker_alone(house: House) -> None:
    message = await alert(house)
    await house.alice.click("more", message=message, choose="why")
    told = await house.seen(house.alice, house.general, "*#1* Task Failures")
    assert told.ephemeral_to == house.alice.user_id
    assert "*Why did I get this?*" in shown(told)


async def test_an_admin_mutes_the_rule_and_unmutes_it_with_the_button_that_follows(house: House) -> None:
    message = await alert(house)
    await house.bob.click("more", message=message, choose="mute_rule")
    told = await house.seen(house.bob, house.general, "Muted")
    assert told.ephemeral_to == house.bob.user_id
    assert [rule.active for rule in await house.houston.rules.all(house.scope)] == [False]
    await showing(house, message, "unmute_rule")
    await house.bob.click("unmute_rule", message=told)
    back = await house.seen(house.bob, house.general, "Unmuted")
    assert [rule.active for rule in await house.houston.rules.all(house.scope)] == [True]
    await showing(house, message, "'mute_rule'")
    await house.bob.click("mute_rule", message=back)
    await showing(house, message, "'unmute_rule'")
    await house.bob.click("mute_rule", message=back)
    await house.seen(house.bob, house.general, "Already muted.")
    assert [rule.active for rule in await house.houston.rules.all(house.scope)] == [False]


async def test_a_member_does_not_mute_a_rule(house: House) -> None:
    message = await alert(house)
    await house.alice.click("more", message=message, choose="mute_rule")
    told = await house.seen(house.alice, house.general, "Ask Bob Best.")
    assert told.ephemeral_to == house.alice.user_id


async def test_who_may_not_see_the_client_can_do_nothing_about_it(house: House) -> None:
    message = await alert(house)
    await house.limit_alice(house.globex)
    await house.alice.click("acknowledge", message=message)
    await house.seen(house.alice, house.general, "I do not know this message any more.")
    await house.alice.click("snooze", message=message, choose="1h")
    await house.alice.click("more", message=message, choose="why")

    def whispers() -> list[str]:
        return [shown(each) for each in house.alice.messages(house.general.id) if each.ephemeral_to]

    await house.alice.wait_for(lambda: len(whispers()) == 3)
    assert JOB not in "".join(whispers())
    assert "Acknowledged by" not in shown(message)


async def test_what_goes_on_is_on_the_app_home_with_a_link(house: House) -> None:
    message = await alert(house)
    await house.alice.open_home()
    view = await house.home(house.alice, "nobody has it yet")
    assert f"/archives/{house.general.id}/p{message.ts.replace('.', '')}" in str(view.blocks)
    await house.alice.click("acknowledge", message=message)
    await showing(house, message, "Acknowledged by")
    await house.alice.open_home()
    await house.home(house.alice, f"👀 <@{house.alice.user_id}>")
