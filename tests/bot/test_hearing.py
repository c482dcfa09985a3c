"""What is said anew, taken back or ended, and what Houston knows of a thread when it is asked there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.person import Person
from bot.playground.state import Channel, Message
from tests.bot.conftest import House, running, shown
from tests.bot.parrots import Halting, Parrot
from tests.bot.slack import Slack

pytestmark = pytest.mark.slow


@pytest.fixture
def model() -> Parrot:
    return Parrot()


@pytest.fixture
async def halting() -> Halting:
    return Halting()


@pytest.fixture
async def slow_house(local: Slack, tmp_path: Path, halting: Halting) -> AsyncIterator[House]:
    """Whose answers stay unfinished until `halting.go_on`."""
    async with running(local, tmp_path, halting) as house:
        yield house


def replies(house: House, channel: Channel, thread_ts: str) -> list[Message]:
    return [each for each in house.slack.posts(channel) if each.thread_ts == thread_ts]


def only(house: House, channel: Channel, thread_ts: str, text: str) -> bool:
    """Whether one answer is there, finished, and says this."""
    found = replies(house, channel, thread_ts)
    return len(found) == 1 and text in shown(found[0]) and not found[0].is_streaming


async def began(house: House, person: Person, channel: Channel, thread_ts: str, text: str) -> Message:
    """The answer that is being written."""

    def found() -> Message | None:
        return next((each for each in replies(house, channel, thread_ts) if text in shown(each)), None)

    return await person.wait_for(found)


async def quiet(house: House) -> None:
    """Whatever Houston was to hear, it has heard when this later question is answered."""
    dm = await house.bob.dm()
    last = await house.bob.say(dm.id, "Are you there?")
    await house.seen(house.bob, dm, "You asked: Are you there", thread_ts=last.ts)


# --- edits


async def test_an_edited_question_is_answered_anew_and_its_old_answer_goes(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await house.alice.edit(house.general.id, asked.ts, "@Houston how is spend?")
    await house.alice.wait_for(lambda: only(house, house.general, asked.ts, "how is spend"))


async def test_an_edit_ends_the_answer_that_is_being_written(slow_house: House, halting: Halting) -> None:
    house, general = slow_house, slow_house.general
    asked = await house.alice.say(general.id, "@Houston how is revenue?")
    await began(house, house.alice, general, asked.ts, "how is revenue")
    halting.go_on.set()
    await house.alice.edit(general.id, asked.ts, "@Houston how is spend?")
    await house.alice.wait_for(lambda: only(house, general, asked.ts, "how is spend"))


async def test_an_edit_at_once_leaves_one_answer(house: House, model: Parrot) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.alice.edit(house.general.id, asked.ts, "@Houston how is spend?")
    await house.alice.wait_for(lambda: only(house, house.general, asked.ts, "how is spend"))
    await quiet(house)
    assert only(house, house.general, asked.ts, "how is spend")


async def test_an_edit_in_a_direct_conversation_is_answered_anew(house: House) -> None:
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "How is revenue?")
    await house.seen(house.alice, dm, "You asked: How is revenue", thread_ts=asked.ts)
    await house.alice.edit(dm.id, asked.ts, "How is spend?")
    await house.alice.wait_for(lambda: only(house, dm, asked.ts, "How is spend"))


async def test_an_edited_follow_up_is_answered_anew_alone(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    more = await house.alice.say(house.general.id, "And spend?", thread_ts=asked.ts)
    await house.seen(house.alice, house.general, "You asked: And spend", thread_ts=asked.ts)
    await house.alice.edit(house.general.id, more.ts, "And clicks?")
    answer = await house.seen(house.alice, house.general, "You asked: And clicks", thread_ts=asked.ts)
    texts = [shown(each) for each in replies(house, house.general, asked.ts)]
    assert len(texts) == 2
    assert "how is revenue" in texts[0]
    assert texts[1] == shown(answer)


async def test_an_edit_that_mentions_houston_is_a_first_question(house: House) -> None:
    asked = await house.alice.say(house.general.id, "How is revenue?")
    await house.alice.edit(house.general.id, asked.ts, "@Houston how is revenue?")
    await house.alice.wait_for(lambda: only(house, house.general, asked.ts, "how is revenue"))


async def test_an_edit_that_takes_the_mention_out_takes_the_answer_away(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await house.alice.edit(house.general.id, asked.ts, "How is revenue, Bob?")
    await house.alice.wait_for(lambda: not replies(house, house.general, asked.ts))
    await quiet(house)
    assert not replies(house, house.general, asked.ts)


async def test_an_edit_that_changes_nothing_is_no_question(house: House, model: Parrot) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await house.alice.edit(house.general.id, asked.ts, "@Houston how is revenue?")
    await quiet(house)
    assert model.questions == ["how is revenue?", "Are you there?"]


async def test_an_edit_of_other_peoples_talk_is_nothing(house: House, model: Parrot) -> None:
    talk = await house.alice.say(house.general.id, "How is revenue?")
    await house.alice.edit(house.general.id, talk.ts, "How is spend?")
    await quiet(house)
    assert model.questions == ["Are you there?"]


async def test_an_edit_of_what_was_said_before_houston_was_asked_is_nothing(
    house: House, model: Parrot
) -> None:
    root = await house.alice.say(house.general.id, "Revenue looks odd.")
    await house.alice.say(house.general.id, "@Houston why?", thread_ts=root.ts)
    await house.seen(house.alice, house.general, "You asked: why", thread_ts=root.ts)
    await house.alice.edit(house.general.id, root.ts, "Revenue looks odd today.")
    await quiet(house)
    assert model.questions == ["why?", "Are you there?"]


# --- deletions and stops


async def test_a_deleted_question_takes_its_answer_along(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await house.alice.delete(house.general.id, asked.ts)
    await house.alice.wait_for(lambda: not replies(house, house.general, asked.ts))


async def test_a_deleted_question_ends_the_answer_that_is_being_written(slow_house: House) -> None:
    house, general = slow_house, slow_house.general
    asked = await house.alice.say(general.id, "@Houston how is revenue?")
    await began(house, house.alice, general, asked.ts, "how is revenue")
    await house.alice.delete(general.id, asked.ts)
    await house.alice.wait_for(lambda: not replies(house, general, asked.ts))


@pytest.mark.parametrize("word", ["Stop.", "@Houston stop", "cancel"])
async def test_stop_in_the_thread_ends_the_answer_and_is_no_question(
    slow_house: House, halting: Halting, word: str
) -> None:
    house, general = slow_house, slow_house.general
    asked = await house.alice.say(general.id, "@Houston how is revenue?")
    await began(house, house.alice, general, asked.ts, "how is revenue")
    await house.alice.say(general.id, word, thread_ts=asked.ts)
    await house.alice.wait_for(lambda: only(house, general, asked.ts, "stopped"))
    assert halting.questions == ["how is revenue?"]


async def test_stop_in_a_direct_conversation_ends_what_is_being_written(
    slow_house: House, halting: Halting
) -> None:
    house = slow_house
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "How is revenue?")
    await began(house, house.alice, dm, asked.ts, "How is revenue")
    await house.alice.say(dm.id, "STOP")
    await house.alice.wait_for(lambda: only(house, dm, asked.ts, "stopped"))
    assert halting.questions == ["How is revenue?"]


async def test_stop_where_nothing_is_written_is_answered_with_that(house: House, model: Parrot) -> None:
    await house.alice.say(house.general.id, "@Houston stop")
    told = await house.seen(house.alice, house.general, "nothing to stop")
    assert told.ephemeral_to == house.alice.user_id
    assert model.questions == []


# --- what was said before


async def test_a_mention_in_a_thread_knows_what_was_said_there(house: House, model: Parrot) -> None:
    root = await house.alice.say(house.general.id, "Revenue looks odd since the relaunch.")
    await house.bob.say(house.general.id, "The new pixel <ignores> returns.", thread_ts=root.ts)
    asked = await house.alice.say(house.general.id, "@Houston what do you think?", thread_ts=root.ts)
    await house.seen(house.alice, house.general, "You asked: what do you think", thread_ts=root.ts)
    assert asked.ts
    told = model.systems[-1]
    assert "Alice Able: Revenue looks odd since the relaunch." in told
    assert "Bob Best: The new pixel ‹ignores› returns." in told
    assert told.index("Alice Able: Revenue") < told.index("Bob Best: The new")


async def test_houstons_own_answers_are_not_told_to_it_again(house: House, model: Parrot) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await house.bob.say(house.general.id, "Fishy.", thread_ts=asked.ts)
    await house.bob.say(house.general.id, "@Houston and spend?", thread_ts=asked.ts)
    await house.seen(house.bob, house.general, "You asked: and spend", thread_ts=asked.ts)
    assert "Bob Best: Fishy." in model.systems[-1]
    assert "You asked:" not in model.systems[-1]


async def test_where_slack_does_not_show_the_thread_the_answer_comes_without_it(
    house: House, model: Parrot
) -> None:
    root = await house.alice.say(house.general.id, "Revenue looks odd.")
    for _ in range(3):
        house.slack.playground.faults.fail("conversations.replies")
    await house.alice.say(house.general.id, "@Houston what do you think?", thread_ts=root.ts)
    await house.seen(house.alice, house.general, "You asked: what do you think", thread_ts=root.ts)
    assert "looks odd" not in model.systems[-1]


async def test_only_so_much_of_a_long_thread_is_told(house: House, model: Parrot) -> None:
    root = await house.alice.say(house.general.id, "This began it.")
    for number in range(30):
        await house.bob.say(house.general.id, f"Remark {number} of many.", thread_ts=root.ts)
    await house.alice.say(house.general.id, "@Houston what do you think?", thread_ts=root.ts)
    await house.seen(house.alice, house.general, "You asked: what do you think", thread_ts=root.ts)
    told = model.systems[-1]
    assert "Remark 29 of many" in told
    assert "Remark 10 of many" in told
    assert "Remark 9 of many" not in told
