"""What is kept of questions and answers: each is answered once, whatever happens."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from houston.access import Actor
from houston.agent.conversations.conversation import Heard
from houston.agent.errors import ModelInterrupted, ModelRefused
from houston.agent.messages import ChatModel, Piece, TextPiece
from houston.agent.turn import ChoicesOffered, Failed, Finished, StatusChanged, Stopped, TextAdded
from houston.errors import NotAllowed, NotFound
from store.tables import Turn
from tests.agent.fakes import FakeModel, Scripted, failed, finished, said, text_of
from tests.agent.kept import QUESTION, Office, office
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

UP = said("It is up.")
THREAD = ("T1", "C1", "1.0")


async def turn_of(house: Office, ts: str = "1.0") -> Turn:
    place = {"workspace_id": "T1", "channel": "C1", "thread_ts": "1.0"}
    async with house.store.read() as uow:
        return (await uow.turns.of_message(**place, ts=ts))[-1]


async def actor(house: Office, user_id: str = "UANN") -> Actor:
    return await house.houston.access.actor("T1", user_id)


class Hanging:
    """Says a sentence and falls silent."""

    name = "hanging"

    async def stream(self, messages: object, tools: object) -> AsyncGenerator[Piece, None]:
        yield TextPiece(text="First of all. ")
        await asyncio.Event().wait()


async def begin(house: Office) -> AsyncGenerator[object, None]:
    """An answer that nobody ends: its process is gone."""
    events = house.conversations.answer(QUESTION)
    async for event in events:
        if isinstance(event, TextAdded):
            break
    house.conversations.holding.own.clear()
    return events


async def test_a_message_is_answered_once_however_often_it_is_heard(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        assert text_of(await house.ask(heard="Ev1")) == "It is up."
        assert await house.ask(heard="Ev2") == []
        assert await house.ask(heard="Ev1", ts="2.0", thread_ts="2.0") == []
        assert text_of(await house.ask(heard="Ev3", edited="1.5")) == "It is up."


async def test_two_processes_that_hear_it_at_once_answer_once(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        other = house.other_process(FakeModel(UP))
        both = (house.conversations.answer(QUESTION), other.conversations.answer(QUESTION))
        answers = await asyncio.gather(*(_all(each) for each in both))
        assert sorted(map(len, answers)) == [0, 3]


async def _all(events: AsyncGenerator[object, None]) -> list[object]:
    return [event async for event in events]


async def test_what_was_kept_names_model_cost_and_state(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        end = finished(await house.ask())
        turn = await turn_of(house)
        assert (turn.id, turn.state, turn.answer) == (end.turn_id, "answered", "It is up.")
        assert (turn.model, turn.tokens, turn.held_until) == ("fake", 12, None)
        assert (await house.houston.budgets.of("T1", "UANN")).own == 12


async def test_closing_an_answer_stops_it_and_keeps_what_was_shown(tmp_path: Path) -> None:
    async with office(tmp_path, Hanging()) as house:
        async with aclosing(house.conversations.answer(QUESTION)) as events:
            async for event in events:
                if isinstance(event, TextAdded):
                    break
        turn = await turn_of(house)
        assert (turn.state, turn.answer) == ("stopped", "First of all. ")
        assert turn.tokens > 0, "what a stopped answer cost is counted too"


@pytest.mark.parametrize("by", ["stop", "supersede"])
async def test_whoever_answers_notices_that_it_was_stopped_elsewhere(tmp_path: Path, by: str) -> None:
    async with office(tmp_path, Hanging()) as house:
        usual = house.conversations.answers
        impatient = replace(usual, holding=replace(usual.holding, looks=0.01))
        conversations = replace(house.conversations, answers=impatient)
        other = house.other_process(FakeModel(UP)).conversations
        events = []
        async with asyncio.timeout(PATIENCE):
            async for event in conversations.answer(QUESTION):
                events.append(event)
                if isinstance(event, TextAdded):
                    await (other.stop(*THREAD) if by == "stop" else other.supersede(*THREAD, "1.0"))
        assert isinstance(events[-1], Stopped)
        assert (await turn_of(house)).state == ("stopped" if by == "stop" else "superseded")


async def test_what_was_superseded_names_its_messages_and_is_forgotten(tmp_path: Path) -> None:
    model = FakeModel(UP)
    async with office(tmp_path, model) as house:
        end = finished(await house.ask("How is spend?"))
        await house.conversations.posted(end.turn_id or 0, "1.1")
        assert await house.conversations.supersede("T1", "C1", "1.0", "9.9") == ()
        assert await house.conversations.supersede("T1", "C1", "1.0", "1.0") == ("1.1",)
        await house.ask("How is revenue?", edited="1.2")
        assert [message.text for message in model.asked[-1][0][1:]] == ["How is revenue?"]


async def test_a_question_that_a_crash_broke_off_is_answered_once_more(tmp_path: Path) -> None:
    async with office(tmp_path, Hanging()) as house:
        dead = await begin(house)
        other = house.other_process(FakeModel(UP)).conversations
        assert await other.interrupted() == [], "somebody may still hold it"
        house.clock.forward(minutes=1)
        [question] = await other.interrupted()
        assert (question.text, question.user_name, question.ts) == ("How is revenue?", "Ann", "1.0")
        assert text_of([event async for event in other.answer(question)]) == "It is up."
        assert await other.interrupted() == []
        assert [event async for event in other.answer(question)] == []
        await dead.aclose()


async def test_what_was_broken_off_long_ago_is_left(tmp_path: Path) -> None:
    async with office(tmp_path, Hanging()) as house:
        dead = await begin(house)
        house.clock.forward(minutes=16)
        assert await house.other_process(FakeModel(UP)).conversations.interrupted() == []
        await dead.aclose()


async def test_the_model_reads_what_was_said_before(tmp_path: Path) -> None:
    model = FakeModel(UP)
    async with office(tmp_path, model) as house:
        await house.ask("How is spend?")
        await house.ask("And clicks?", ts="1.2")
        assert [message.text for message in model.asked[-1][0][1:]] == [
            "How is spend?",
            "It is up.",
            "And clicks?",
        ]
        await house.ask("And mine?", ts="1.3", user_id="UBOB")
        assert [message.text for message in model.asked[-1][0][1:]] == ["And mine?"], "Bob sees Acme alone"


async def test_a_long_conversation_is_summed_up_for_eyes_that_see_as_much(tmp_path: Path) -> None:
    model = FakeModel(*[UP] * 21, said("They asked about spend."), UP)
    async with office(tmp_path, model) as house:
        for number in range(22):
            await house.ask("How is spend?", ts=f"1.{number}")
        sent = model.asked[-1][0]
        assert "They asked about spend." in sent[0].text
        assert sum(message.role == "user" for message in sent) == 6
        await house.ask("And mine?", ts="2.1", user_id="UBOB")
        assert "They asked about spend." not in model.asked[-1][0][0].text


async def test_rules_stand_in_for_a_broken_language_model_and_admins_are_told_why(
    tmp_path: Path,
) -> None:
    model = FakeModel([ModelRefused("It is not set up.", for_admins="Check OPENAI_API_KEY.")])
    async with office(tmp_path, model) as house:
        end = finished(await house.ask("Which clients do we have?"))
        assert "Acme" in end.record.answer
        assert end.footer.model_note == "answered by rules: the language model is not available"
        assert end.for_admins == "Check OPENAI_API_KEY."
        await house.ask("Which clients do we have?", ts="1.1")
        async with house.store.read() as uow:
            told = await uow.events.all(scope=(await actor(house)).scope)
        assert [each.payload["text"] for each in told] == ["Check OPENAI_API_KEY."]


async def test_what_was_begun_is_not_begun_anew_by_rules(tmp_path: Path) -> None:
    broken: list[Scripted] = [TextPiece(text="It rose. It fe"), ModelInterrupted("It broke off.")]
    async with office(tmp_path, FakeModel(broken)) as house:
        end = failed(await house.ask("Which clients do we have?"))
        assert (end.sentence, end.record.answer) == ("It broke off.", "It rose. ")


async def test_a_spent_budget_leaves_the_answer_to_rules_until_midnight(tmp_path: Path) -> None:
    model: ChatModel = FakeModel(UP)
    async with office(tmp_path, model) as house:
        await house.houston.budgets.set(await actor(house), daily=None, member=12)
        assert finished(await house.ask()).footer.model_note == ""
        over = finished(await house.ask("Which clients do we have?", ts="1.1"))
        assert "your tokens of today are used up" in over.footer.model_note
        house.clock.forward(days=1)
        assert finished(await house.ask(ts="1.2")).footer.model_note == ""
        await house.houston.budgets.set(await actor(house), daily=0, member=None)
        none = finished(await house.ask("Which clients do we have?", ts="1.3"))
        assert "uses no language model" in none.footer.model_note


async def test_only_admins_change_what_questions_may_cost(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        with pytest.raises(NotAllowed):
            await house.houston.budgets.set(await actor(house, "UBOB"), daily=1, member=1)


async def test_an_unknown_client_is_asked_about_with_the_nearest_as_buttons(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        events = await house.ask("--client globo revenue?")
        [offered] = [event for event in events if isinstance(event, ChoicesOffered)]
        assert "Globex" in offered.options
        end = finished(events)
        ann, bob = await actor(house), await actor(house, "UBOB")
        assert (await house.conversations.choice(ann, "C1", end.turn_id or 0, 0))[0] == offered.options[0]
        for who, channel, index in ((ann, "C2", 0), (bob, "C1", 0), (ann, "C1", 9)):
            with pytest.raises(NotFound):
                await house.conversations.choice(who, channel, end.turn_id or 0, index)
        hidden = await house.ask("--client globo revenue?", ts="1.1", user_id="UBOB")
        assert "Globex" not in str(hidden)


async def test_opinions_are_kept_and_read_by_admins(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel(UP)) as house:
        id = finished(await house.ask()).turn_id or 0
        ann, bob = await actor(house), await actor(house, "UBOB")
        await house.houston.judging.judge(ann, id, True)
        await house.houston.judging.judge(ann, id, False, "It is down.")
        with pytest.raises(NotFound):
            await house.houston.judging.judge(bob, id, True)
        found = await house.houston.judging.opinions(ann)
        assert (found.good, found.bad, found.latest[0].opinion_reason) == (0, 1, "It is down.")
        with pytest.raises(NotAllowed):
            await house.houston.judging.opinions(bob)


async def test_a_thread_is_answered_in_order_and_says_so(tmp_path: Path) -> None:
    async with office(tmp_path, Hanging()) as house:
        first = await begin(house)
        async with aclosing(house.conversations.answer(replace(QUESTION, ts="1.1"))) as second:
            assert await anext(second) == StatusChanged(text="Yours is the next question…")
        await first.aclose()


async def test_a_channel_for_alerts_only_is_not_answered_in(tmp_path: Path) -> None:
    message = Heard(
        workspace_id="T1",
        channel="C1",
        channel_kind="channel",
        thread_ts=None,
        ts=str(1_790_000_000.0),
        user_id="UANN",
        is_bot=False,
        mentions_houston=True,
        mentions_others=False,
    )
    async with office(tmp_path, FakeModel(UP)) as house:
        assert await house.conversations.manner(message) == "answer"
        async with house.store.begin() as uow:
            channel = await uow.channels.find(workspace_id="T1", id="C1")
            assert channel is not None
            channel.answers = False
            await uow.channels.save(channel=channel)
            await uow.commit()
        assert await house.conversations.manner(message) == "alerts_only"
        assert await house.conversations.manner(replace(message, mentions_houston=False)) == "ignore"


async def test_a_failure_is_kept_with_its_turn(tmp_path: Path) -> None:
    async with office(tmp_path, FakeModel([RuntimeError("secret")])) as house:
        events = await house.ask()
        assert isinstance(events[-1], Failed)
        assert events[-1].turn_id == (await turn_of(house)).id
        assert (await turn_of(house)).state == "failed"
        assert not isinstance(events[-1], Finished)
