"""An answer is public only where everybody may see what it shows."""

from pathlib import Path

import pytest

from bot.answers.audience import Audiences
from bot.playground.state import Message, User
from houston.agent.messages import Message as Said
from store.tables import AuditEntry
from tests.agent.fakes import FakeModel, said
from tests.bot.conftest import House, running, shown
from tests.bot.slack import local_slack

pytestmark = pytest.mark.slow

ANSWER = "Revenue **fell again**. That is low."


@pytest.fixture
async def narrow(house: House) -> House:
    """Alice may see Acme only; Bob is an admin."""
    await house.limit_alice(house.acme)
    return house


def public(house: House) -> list[Message]:
    return [each for each in house.slack.posts(house.general) if not each.ephemeral_to]


async def whispered(house: House) -> Message:
    await house.bob.say(house.general.id, "@Houston how is revenue?")
    return await house.seen(house.bob, house.general, ANSWER)


async def told_everybody(house: House) -> Message:
    asked = await house.bob.say(house.general.id, "@Houston how is revenue?")
    message = await house.seen(house.bob, house.general, ANSWER, thread_ts=asked.ts)
    assert message.ephemeral_to is None
    return message


async def entries(house: House) -> list[AuditEntry]:
    async with house.houston.store.read() as uow:
        return await uow.audit.page(scope=house.scope, before=None, limit=20)


async def test_a_wider_answer_is_for_the_asker_alone(narrow: House) -> None:
    message = await whispered(narrow)
    assert message.ephemeral_to == narrow.bob.user_id
    assert "1 person in this channel may not see all that it shows" in shown(message)
    assert public(narrow) == []


async def test_a_narrow_answer_is_public_where_everybody_sees_that_client(narrow: House) -> None:
    asked = await narrow.alice.say(narrow.general.id, "@Houston how is revenue?")
    answer = await narrow.seen(narrow.alice, narrow.general, ANSWER, thread_ts=asked.ts)
    assert answer.ephemeral_to is None


async def test_a_channel_bound_to_what_everybody_sees_is_public(narrow: House) -> None:
    assert narrow.acme.id
    await narrow.houston.bindings.bind(narrow.admin, narrow.general.id, narrow.acme.id)
    await told_everybody(narrow)


async def test_a_reply_in_a_thread_stays_private_there(narrow: House) -> None:
    root = await narrow.alice.say(narrow.general.id, "Look")
    await narrow.alice.say(narrow.general.id, "Really?", thread_ts=root.ts)
    await narrow.bob.say(narrow.general.id, "@Houston how is revenue?", thread_ts=root.ts)
    answer = await narrow.seen(narrow.bob, narrow.general, ANSWER, thread_ts=root.ts)
    assert answer.ephemeral_to == narrow.bob.user_id


async def test_a_command_leaves_no_question_behind_where_the_answer_is_private(narrow: House) -> None:
    message = await narrow.ran(narrow.bob, "/houston ask How is revenue?", ANSWER)
    assert "Share here" in shown(message)
    assert public(narrow) == []


async def test_the_asker_shares_it_knowingly_and_the_audit_says_so(narrow: House) -> None:
    message = await whispered(narrow)
    pressed = [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    button = next(each for each in pressed if each["action_id"] == "share_answer")
    assert "1 person" in button["confirm"]["text"]["text"]
    assert button["value"].isdecimal()
    assert (await narrow.bob.click("share_answer", message=message)).ok
    root = next(iter(narrow.slack.playground.messages[narrow.general.id]))
    answer = await narrow.seen(narrow.alice, narrow.general, "Shared by", thread_ts=root)
    assert ANSWER in shown(answer)
    entry = (await entries(narrow))[0]
    assert (entry.action, entry.actor) == ("answer.shared", narrow.admin.id)
    assert entry.after == {"channel": narrow.general.id, "kept_out": 1}


async def test_what_was_shared_from_a_command_stands_in_the_channel(narrow: House) -> None:
    message = await narrow.ran(narrow.bob, "/houston ask How is revenue?", ANSWER)
    await narrow.bob.click("share_answer", message=message)
    answer = await narrow.seen(narrow.alice, narrow.general, "Shared by")
    assert answer.thread_ts is None


async def test_more_people_than_were_named_need_another_yes(narrow: House) -> None:
    message = await whispered(narrow)
    await add_guest(narrow)
    await narrow.bob.click("share_answer", message=message)
    again = await narrow.seen(narrow.bob, narrow.general, "2 people in this channel")
    assert public(narrow) == []
    await narrow.bob.click("share_answer", message=again)
    root = next(iter(narrow.slack.playground.messages[narrow.general.id]))
    await narrow.seen(narrow.alice, narrow.general, "Shared by", thread_ts=root)


async def add_guest(house: House, count: int = 1) -> list[User]:
    """Guests come into the channel, and Houston has heard of it."""
    playground, workspace = house.slack.playground, house.slack.workspace
    guests = [
        playground.add_user(workspace.id, f"guest{number}", is_restricted=True) for number in range(count)
    ]
    for guest in guests:
        playground.join(house.general.id, guest.id)
    other = house.slack.channel(f"settled-{len(playground.channels)}", with_bot=False)
    await house.alice.invite(other.id)
    await house.seen(house.alice, other, "Houston here")
    return guests


async def test_nobody_else_shares_it(narrow: House) -> None:
    message = await whispered(narrow)
    message.ephemeral_to = None
    await narrow.alice.click("share_answer", message=message)
    await narrow.seen(narrow.alice, narrow.general, "no answer of yours")
    assert [each for each in public(narrow) if "Shared by" in shown(each)] == []


async def test_what_is_no_longer_allowed_is_not_shared(narrow: House) -> None:
    message = await whispered(narrow)
    assert narrow.acme.id
    await narrow.houston.bindings.bind(narrow.admin, narrow.general.id, narrow.acme.id)
    await narrow.bob.click("share_answer", message=message)
    await narrow.seen(narrow.bob, narrow.general, "may show more than")
    assert public(narrow) == []


async def test_a_guest_whom_houston_never_met_keeps_the_answer_private(house: House) -> None:
    guests = await add_guest(house)
    assert await house.houston.members.find(house.slack.workspace.id, guests[0].id) is None
    assert (await whispered(house)).ephemeral_to == house.bob.user_id
    known = await house.houston.members.find(house.slack.workspace.id, guests[0].id)
    assert known
    assert (known.is_guest, known.sees_all) == (True, False)


async def test_a_clients_own_workspace_needs_no_look_around(house: House) -> None:
    await house.become_client()
    await add_guest(house)
    house.slack.playground.faults.fail("conversations.members", times=None)
    await told_everybody(house)


async def test_bots_keep_nothing_private_and_are_no_members(house: House) -> None:
    playground = house.slack.playground
    bot = playground.users[house.slack.bot.id]
    await told_everybody(house)
    assert await house.houston.members.find(house.slack.workspace.id, bot.id) is None


async def test_who_is_there_is_remembered_for_a_minute_and_no_longer(house: House) -> None:
    clock = [0.0]
    audiences = Audiences(clock=lambda: clock[0])
    client, where = house.slack.interactive(), house.general.id

    async def kept_out() -> int:
        return await audiences.kept_out(house.houston, client, house.scope, where)

    assert await kept_out() == 0
    guest = house.slack.playground.add_user(house.slack.workspace.id, "late", is_restricted=True)
    house.slack.playground.channels[where].members.add(guest.id)
    clock[0] = 59.0
    assert await kept_out() == 0
    clock[0] = 61.0
    assert await kept_out() == 1


async def test_too_many_strange_people_are_not_looked_up(house: House) -> None:
    playground, workspace = house.slack.playground, house.slack.workspace
    for number in range(205):
        user = playground.add_user(workspace.id, f"person{number}")
        playground.channels[house.general.id].members.add(user.id)
    audiences, client = Audiences(), house.slack.interactive()
    hearers = await audiences.hearers(house.houston, client, workspace.id, house.general.id)
    assert hearers.unknown >= 205
    assert await audiences.kept_out(house.houston, client, house.scope, house.general.id) >= 205


async def test_somebody_narrowed_meanwhile_is_seen_at_once(house: House) -> None:
    await told_everybody(house)
    await house.limit_alice(house.acme)
    await house.bob.say(house.general.id, "@Houston and now?")
    await house.seen(house.bob, house.general, "Only you see this")


async def test_a_narrower_asker_is_told_nothing_of_what_a_wider_one_heard(tmp_path: Path) -> None:
    model = FakeModel(said("Globex is fine."), said("Noted."), said("Again."))
    async with local_slack() as slack, running(slack, tmp_path, model) as house:
        asked = await house.bob.say(house.general.id, "@Houston how is Globex?")
        await house.seen(house.bob, house.general, "Globex is fine", thread_ts=asked.ts)
        await house.limit_alice(house.acme)
        await house.alice.say(house.general.id, "@Houston what was said?", thread_ts=asked.ts)
        await house.seen(house.alice, house.general, "Noted.", thread_ts=asked.ts)
        assert "Globex" not in words(model, 1)
        await house.bob.say(house.general.id, "@Houston go on", thread_ts=asked.ts)
        await house.seen(house.bob, house.general, "Again.", thread_ts=asked.ts)
        assert "Globex is fine" in words(model, 2)


def words(model: FakeModel, call: int) -> str:
    """What the model was told of the conversation, without the system's message."""
    messages: list[Said] = model.asked[call][0]
    return " ".join(each.text for each in messages if each.role != "system")
