"""A question is kept as soon as it is heard, and answered, or let go, by whoever heard it."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from houston.agent.conversations.holding import HOLD
from houston.agent.conversations.retracting import Retraction
from store.tables import Turn
from tests.agent.fakes import FakeModel, said, text_of
from tests.agent.kept import QUESTION, Office, office

pytestmark = pytest.mark.slow

UP = said("It is up.")
HEARD = replace(QUESTION, user_name="UANN", timezone="UTC", heard="Ev1")
ASKED = replace(QUESTION, heard="Ev1")
PLACE = (QUESTION.workspace_id, QUESTION.channel, QUESTION.thread_ts)


async def _turn(house: Office) -> Turn:
    async with house.store.read() as uow:
        [turn] = await uow.turns.of_message(workspace_id="T1", channel="C1", thread_ts="1.0", ts=QUESTION.ts)
    return turn


async def _answer(house: Office) -> str:
    return text_of([event async for event in house.conversations.answer(ASKED)])


async def test_what_was_heard_is_answered_once_by_whoever_heard_it(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        assert await house.conversations.hear(HEARD)
        assert not await house.conversations.hear(HEARD), "Slack says it again"
        assert await house.conversations.interrupted() == []
        assert await _answer(house) == "It is up."
        assert (await _turn(house)).state == "answered"
        assert [event async for event in house.conversations.answer(ASKED)] == []


async def test_what_was_heard_and_not_begun_is_answered_by_the_next_process(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel()) as house:
        await house.conversations.hear(HEARD)
        other = house.other_process(FakeModel(UP)).conversations
        assert await other.interrupted() == [], "somebody may still hold it"
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        [question] = await other.interrupted()
        assert (question.text, question.user_name, question.timezone) == ("How is revenue?", "Ann", "UTC")
        assert text_of([event async for event in other.answer(question)]) == "It is up."
        assert [event async for event in house.conversations.answer(ASKED)] == [], "it was too slow"


async def test_a_process_that_hears_it_once_more_after_a_crash_answers_it(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel()) as house:
        await house.conversations.hear(HEARD)
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        other = house.other_process(FakeModel(UP)).conversations
        assert await other.hear(replace(HEARD, heard="Ev2"))
        assert text_of([event async for event in other.answer(replace(ASKED, heard="Ev2"))]) == "It is up."


async def test_what_is_let_go_is_not_taken_up_any_more(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel()) as house:
        await house.conversations.hear(HEARD)
        await house.conversations.let_go(HEARD)
        house.clock.forward(minutes=1)
        assert await house.other_process(FakeModel()).conversations.interrupted() == []
        assert (await _turn(house)).state == "stopped"


async def test_letting_go_of_what_is_being_answered_does_nothing(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        await house.conversations.hear(HEARD)
        await _answer(house)
        await house.conversations.let_go(HEARD)
        assert (await _turn(house)).state == "answered"


@pytest.mark.parametrize("by", ["stop", "edit"])
async def test_what_was_taken_back_before_it_was_begun_is_not_answered(tmp_path: Path, by: str) -> None:
    async with office(tmp_path, FakeModel()) as house:
        await house.conversations.hear(HEARD)
        if by == "stop":
            assert await house.conversations.stop(*PLACE)
        else:
            assert await house.conversations.supersede(*PLACE, QUESTION.ts) == ()
        assert [event async for event in house.conversations.answer(ASKED)] == []


async def test_who_may_see_less_by_the_time_of_the_answer_is_answered_with_less(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        bobs = replace(HEARD, user_id="UBOB")
        await house.conversations.hear(bobs)
        heard = await _turn(house)
        assert heard.seen == [heard.client_id]
        async with house.store.begin() as uow:
            await uow.members.set_clients(workspace_id="T1", user_id="UBOB", client_ids=[])
            await uow.commit()
        assert [event async for event in house.conversations.answer(bobs)]
        turn = await _turn(house)
        assert (turn.id, turn.seen, turn.client_id) == (heard.id, [], None)


async def test_two_that_hear_it_at_once_keep_it_once(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        other = house.other_process(FakeModel(UP)).conversations
        heard = await asyncio.gather(house.conversations.hear(HEARD), other.hear(HEARD))
        assert sorted(heard) == [False, True]


# --- edited, and moved


async def _wordings(house: Office) -> dict[str, str]:
    """How each wording stands."""
    async with house.store.read() as uow:
        turns = await uow.turns.of_message(workspace_id="T1", channel="C1", thread_ts="1.0", ts=QUESTION.ts)
    return {turn.question: turn.state for turn in turns}


async def test_what_was_edited_takes_the_place_of_what_was_said_first_as_soon_as_it_is_heard(
    tmp_path: Path,
) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        await _answer(house)
        await house.conversations.posted((await _turn(house)).id or 0, "1.1")
        assert await house.conversations.was_asked(*PLACE, QUESTION.ts)
        assert await house.conversations.hear(replace(HEARD, text="How is spend?", edited="9.0", heard="Ev2"))
        assert await _wordings(house) == {"How is revenue?": "superseded", "How is spend?": "answering"}
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        [question] = await house.other_process(FakeModel()).conversations.interrupted()
        assert (question.text, question.shown) == ("How is spend?", ("1.1",)), "the old answer is to go"


async def test_an_older_wording_that_comes_late_is_not_heard_and_ends_nothing(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        assert await house.conversations.hear(replace(HEARD, text="Newest?", edited="10.0", heard="Ev3"))
        assert not await house.conversations.hear(replace(HEARD, text="Older?", edited="9.0", heard="Ev2"))
        assert await house.conversations.supersede(*PLACE, QUESTION.ts, edited="9.0") == ()
        assert await _wordings(house) == {"Newest?": "answering"}


async def test_what_was_no_question_was_not_asked(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        assert not await house.conversations.was_asked(*PLACE, QUESTION.ts)


async def test_what_was_heard_beside_a_thread_goes_on_in_it_as_the_same_question(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        beside = replace(QUESTION, thread_ts="command 1", ts="command 1")
        await house.conversations.hear(beside)
        await house.conversations.move(beside, QUESTION)
        assert text_of([event async for event in house.conversations.answer(QUESTION)]) == "It is up."
        assert (await _turn(house)).id == 1
        async with house.store.read() as uow:
            place = {"workspace_id": "T1", "channel": "C1", "thread_ts": "command 1"}
            assert await uow.conversations.find(**place) is None, "nothing is left beside it"
        await house.conversations.move(beside, QUESTION)
        await house.conversations.let_go(beside)
        assert (await _turn(house)).state == "answered"


# --- taken back


RETRACTION = Retraction(workspace_id="T1", channel="C1", thread_ts="1.0", ts="1.0", shown=("1.1",))


async def _answered(house: Office) -> None:
    await _answer(house)
    await house.conversations.posted((await _turn(house)).id or 0, "1.1")


async def test_a_deletion_is_gone_on_with_by_the_next_process_until_it_is_done(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        await _answered(house)
        await house.conversations.supersede(*PLACE, QUESTION.ts)
        other = house.other_process(FakeModel()).conversations
        assert await other.retractions() == [], "somebody may still be at it"
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        assert await house.conversations.retractions() == [], "it knows that it is at it itself"
        assert await other.retractions() == [RETRACTION]
        assert await other.retractions() == [], "it is held"
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        assert await other.retractions() == [RETRACTION], "who held it crashed too"
        await other.retracted(*PLACE, QUESTION.ts)
        house.clock.forward(seconds=HOLD.total_seconds() + 1)
        assert await house.other_process(FakeModel()).conversations.retractions() == []


async def test_a_deletion_that_is_done_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        await _answered(house)
        await house.conversations.supersede(*PLACE, QUESTION.ts)
        await house.conversations.retracted(*PLACE, QUESTION.ts)
        house.clock.forward(minutes=1)
        assert await house.other_process(FakeModel()).conversations.retractions() == []


async def test_what_an_edit_asks_is_no_deletion_of_its_own_answer(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        await _answered(house)
        await house.conversations.hear(replace(HEARD, text="How is spend?", edited="9.0", heard="Ev2"))
        await house.conversations.supersede(*PLACE, QUESTION.ts, edited="9.0")
        house.clock.forward(minutes=1)
        other = house.other_process(FakeModel()).conversations
        assert await other.retractions() == [RETRACTION]
        await other.retracted(*PLACE, QUESTION.ts)
        assert [each.text for each in await other.interrupted()] == ["How is spend?"]
