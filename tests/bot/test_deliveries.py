"""`/houston deliveries`: what was sent, and what to do about what was not."""

import pytest

from bot.playground.state import Message
from houston.notify.rules.rules import RuleDraft
from store.tables.notify import DEAD
from tests.bot.conftest import House, shown

pytestmark = pytest.mark.slow


async def told(house: House, *titles: str) -> None:
    """Notes that were announced in #general."""
    await house.houston.rules.add(
        house.admin, RuleDraft(channels=(house.general.id,), event_type="note_created")
    )
    await write(house, *titles)


async def write(house: House, *titles: str, client_id: int | None = None) -> None:
    for title in titles:
        await house.houston.notes.write_text(
            house.scope, author="Alice", text=title, client_id=client_id or house.acme.id
        )
    assert house.houston.dispatcher is not None
    await house.houston.dispatcher.drained()


async def test_a_receipt_says_what_went_where_and_links_to_it(house: House) -> None:
    await told(house, "Budget raised")
    message = await house.ran(house.alice, "/houston deliveries", "*Note Created* · Budget raised")
    said = shown(message)
    assert f"*Note Created* · Budget raised · Acme → <#{house.general.id}>" in said
    assert "✅ sent" in said
    assert f"/archives/{house.general.id}/p" in said
    assert "replay_delivery" not in said


async def lost(house: House, *titles: str) -> None:
    """Notes that could not be announced: Houston was not in #general any more."""
    await told(house)
    await house.bob.kick(house.general.id)
    await write(house, *titles)


def buttons(message: Message) -> list[str]:
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    elements += [block["accessory"] for block in message.blocks if "accessory" in block]
    return [each["action_id"] for each in elements if "action_id" in each]


async def test_a_dead_letter_says_why_and_what_to_do_and_is_replayed(house: House) -> None:
    await lost(house, "Budget raised")
    message = await house.ran(house.bob, "/houston deliveries", "☠️ not delivered")
    assert "/invite @Houston" in shown(message)
    await house.bob.invite(house.general.id)
    await house.bob.click("replay_delivery", message=message)
    await house.seen(house.bob, house.general, "On its way again: 1 message")
    await house.seen(house.bob, house.general, "📝 Note: Budget raised")
    assert house.houston.dispatcher is not None
    await house.houston.dispatcher.drained()
    await house.ran(house.bob, "/houston deliveries", "✅ sent")
    await house.bob.click("replay_delivery", message=message)
    await house.seen(house.bob, house.general, "This message has arrived")


async def test_all_dead_letters_of_a_channel_are_replayed_by_one_button(house: House) -> None:
    await lost(house, "One", "Two", "Three")
    message = await house.ran(house.bob, "/houston deliveries dead", "Replay all to #general")
    await house.bob.invite(house.general.id)
    await house.bob.click("replay_all", message=message)
    await house.seen(house.bob, house.general, "On its way again: 3 messages")


async def test_the_dead_ones_are_filtered_and_a_member_cannot_replay(house: House) -> None:
    await told(house, "Arrived")
    await house.bob.kick(house.general.id)
    await write(house, "Lost")
    message = await house.ran(house.alice, "/houston deliveries", "*Note Created* · Arrived")
    assert "Lost" in shown(message)
    await house.alice.click("show_dead", message=message)
    message = await house.seen(house.alice, house.general, "did not arrive")
    assert "Arrived" not in shown(message)
    assert buttons(message) == ["show_deliveries"]
    dead = await house.houston.receipts.page(house.admin, only_dead=True)
    admins = await house.ran(house.bob, "/houston deliveries", "replay_delivery")
    admins.ephemeral_to = house.alice.user_id
    await house.alice.click("replay_delivery", message=admins)
    await house.seen(house.alice, house.general, "Only Houston's admins can replay messages.")
    assert [each.delivery.state for each in dead] == [DEAD]


async def test_the_pages_are_turned_in_place(house: House) -> None:
    await house.houston.pausing.pause(house.admin)
    await told(house, *(f"Number {number};" for number in range(12)))
    message = await house.ran(house.bob, "/houston deliveries", "Number 11;")
    assert buttons(message) == ["show_dead", "deliveries_older"]
    assert "⏸️ held until" in shown(message)
    await house.bob.click("deliveries_older", message=message)
    message = await house.seen(house.bob, house.general, "Number 0;")
    assert "Number 11;" not in shown(message)
    assert buttons(message) == ["show_dead", "deliveries_newer"]
    await house.bob.click("deliveries_newer", message=message)
    message = await house.seen(house.bob, house.general, "Number 11;")
    assert message.ephemeral_to == house.bob.user_id


async def test_a_member_of_one_client_sees_that_clients_messages(house: House) -> None:
    await told(house, "Of Acme")
    await write(house, "Of Globex", client_id=house.globex.id)
    await house.limit_alice(house.globex)
    message = await house.ran(house.alice, "/houston deliveries", "*Note Created* · Of Globex")
    assert "Of Acme" not in shown(message)


async def test_with_nothing_to_show_it_says_so(house: House) -> None:
    await house.ran(house.alice, "/houston deliveries", "Nothing was sent yet.")
    await house.ran(house.alice, "/houston deliveries dead", "Every message arrived")
    await house.ran(house.alice, "/houston deliveries zqx", "then nothing or `dead`")
