"""`/houston audit`: an admin's own pages of the log."""

import pytest

from bot.playground.state import Message
from houston.notify.rules.rules import RuleDraft
from tests.bot.conftest import House, shown

pytestmark = pytest.mark.slow


async def add_rules(house: House, count: int) -> None:
    for _ in range(count):
        await house.houston.rules.add(
            house.admin, RuleDraft(channels=(house.general.id,), event_type="outlier")
        )


async def test_a_change_is_told_with_who_made_it_and_what_it_was(house: House) -> None:
    await house.ran(house.bob, "/houston timezone europe/zurich", "Europe/Zurich")
    message = await house.ran(house.bob, "/houston audit", "Audit log")
    assert "*Bob Best* · workspace.changed" in shown(message)
    assert "timezone: UTC → Europe/Zurich" in shown(message)


async def test_the_pages_are_turned_in_place(house: House) -> None:
    await add_rules(house, 12)
    message = await house.ran(house.bob, "/houston audit", "rule 12")
    assert buttons(message) == ["audit_older"]
    await house.bob.click("audit_older", message=message)
    message = await house.seen(house.bob, house.general, "· rule 1\\n")
    assert "rule 12" not in shown(message)
    assert "audit_newer" in buttons(message)
    await house.bob.click("audit_newer", message=message)
    message = await house.seen(house.bob, house.general, "rule 12")
    assert message.ephemeral_to == house.bob.user_id


async def test_a_members_wish_to_read_the_log_is_refused_with_a_name(house: House) -> None:
    await house.ran(house.alice, "/houston audit", "Ask Bob Best.")


async def test_a_forged_turn_of_the_page_is_refused_too(house: House) -> None:
    await add_rules(house, 12)
    message = await house.ran(house.bob, "/houston audit", "rule 12")
    message.ephemeral_to = house.alice.user_id
    await house.alice.click("audit_older", message=message)
    refusal = await house.seen(house.alice, house.general, "Ask Bob Best.")
    assert "rule 1" not in shown(refusal)


async def test_a_clients_own_log_speaks_of_no_client(house: House) -> None:
    await house.become_client()
    await house.ran(house.bob, "/houston timezone europe/zurich", "Europe/Zurich")
    await add_rules_as_client(house)
    message = await house.ran(house.bob, "/houston audit", "rule.added")
    assert "client" not in shown(message).lower()
    assert "acme" not in shown(message).lower()


async def add_rules_as_client(house: House) -> None:
    actor = await house.houston.access.actor(house.slack.workspace.id, house.bob.user_id)
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", client_id=house.acme.id)
    await house.houston.rules.add(actor, draft)


async def test_an_empty_log_says_so(house: House) -> None:
    await house.ran(house.bob, "/houston audit", "Nothing has been changed yet.")


def buttons(message: Message) -> list[str]:
    return [each["action_id"] for block in message.blocks for each in block.get("elements", ())]
