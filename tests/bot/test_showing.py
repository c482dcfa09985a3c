"""An answer in a local Slack from its first sign of life to what people think of it."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground.person import Person
from bot.playground.state import Message
from houston import access
from houston.agent.errors import ModelError
from houston.agent.messages import ChatModel, Piece, TextPiece, ToolSpec
from houston.agent.messages import Message as Told
from houston.records.rows import Reading, SeriesName
from store.tables import Turn
from tests.agent.fakes import FakeModel, called, said
from tests.bot.answers.conftest import cards, kinds
from tests.bot.conftest import House, now, running, shown
from tests.bot.parrots import Halting
from tests.bot.slack import Slack
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

WHICH = ("ask_person", json.dumps({"question": "Which one?", "options": ["Globex Travel", "Acme"]}))
RULES = ("rules", "{}")
CAUSE = "The key of the language model is wrong."


async def ask(house: House, person: Person, text: str) -> Message:
    """The answer's first finished message in #general."""
    asked = await person.say(house.general.id, f"@Houston {text}")
    return await answer_to(house, person, asked.ts)


async def answer_to(house: House, person: Person, thread_ts: str, *, number: int = 0) -> Message:
    def found() -> Message | None:
        mine = answers(house, person, thread_ts)
        done = [each for each in mine if not each.is_streaming and "markdown" in kinds(each)]
        return done[number] if len(done) > number else None

    return await person.wait_for(found)


def answers(house: House, person: Person, thread_ts: str) -> list[Message]:
    found = person.messages(house.general.id, thread_ts)
    return [each for each in found if each.user == house.slack.bot.id]


async def turns(house: House) -> list[Turn]:
    """All of them, oldest first."""
    async with house.houston.store.read() as uow:
        found = [await uow.turns.get(workspace_id=house.slack.workspace.id, id=id) for id in range(1, 9)]
    return [each[0] for each in found if each]


@pytest.fixture
def model() -> ChatModel:
    return FakeModel(called(RULES), said("Both are well. ", "Ask on."))


async def test_a_tool_call_is_a_card_and_the_footer_names_its_data(house: House) -> None:
    answer = await ask(house, house.alice, "which rules are there?")
    assert cards(answer) == [("Looking up the rules", "complete")]
    assert kinds(answer)[:2] == ["task_card", "markdown"]
    assert kinds(answer)[-1] == "context_actions"


async def test_the_turn_knows_the_message_that_shows_it(house: House) -> None:
    answer = await ask(house, house.alice, "which rules are there?")
    kept = await until_posted(house)
    assert kept.posted == [answer.ts]


async def until_posted(house: House, count: int = 1) -> Turn:
    """The first turn, once it is known where its answer is: so many messages show it."""
    async with asyncio.timeout(PATIENCE):
        kept = (await turns(house))[0]
        while len(kept.posted) < count:
            kept = (await turns(house))[0]
    return kept


async def test_a_status_is_there_at_once_and_gone_at_the_end(house: House) -> None:
    answer = await ask(house, house.alice, "which rules are there?")
    calls = house.slack.playground.traffic.of("assistant.threads.setStatus", None)
    first = house.slack.playground.traffic.of("chat.startStream")[0]
    assert calls[0].at <= first.at
    assert answer.thread_ts
    await house.alice.wait_for(lambda: house.alice.status(house.general.id, answer.thread_ts or "") is None)


async def test_where_slack_takes_no_status_a_card_says_it(house: House) -> None:
    house.slack.workspace.refuses["assistant.threads.setStatus"] = "not_allowed"
    answer = await ask(house, house.alice, "which rules are there?")
    assert ("Looked into it", "complete") in cards(answer)


async def test_where_slack_takes_no_stream_a_message_says_the_same(house: House) -> None:
    house.slack.workspace.refuses["chat.startStream"] = "not_allowed"
    answer = await ask(house, house.alice, "which rules are there?")
    await house.alice.wait_for(lambda: kinds(answer)[-1] == "context_actions")
    assert "✓ Looking up the rules" in str(answer.blocks[0])
    assert "Both are well. Ask on." in shown(answer)


# --- opinions


@pytest.mark.parametrize("plain", [False, True])
async def test_thumbs_up_is_noted_at_once(house: House, plain: bool) -> None:
    if plain:
        house.slack.workspace.lacks_blocks.add("context_actions")
    answer = await ask(house, house.alice, "which rules are there?")
    pressed, value = ("answer_opinion_good", None) if plain else ("answer_opinion", "Good answer")
    assert (await house.bob.click(pressed, message=answer, choose=value)).ok
    thanks = await house.seen(house.bob, house.general, "Noted", thread_ts=answer.thread_ts)
    assert thanks.ephemeral_to == house.bob.user_id
    (turn,) = await turns(house)
    assert (turn.opinion, turn.opinion_by) == ("good", house.bob.user_id)


@pytest.mark.parametrize("plain", [False, True])
async def test_thumbs_down_asks_why_and_replaces_what_was_thought_before(house: House, plain: bool) -> None:
    if plain:
        house.slack.workspace.lacks_blocks.add("context_actions")
    answer = await ask(house, house.alice, "which rules are there?")
    good, bad = ("answer_opinion_good", "answer_opinion_bad") if plain else ("answer_opinion",) * 2
    await house.alice.click(good, message=answer, choose=None if plain else "Good answer")
    await house.seen(house.alice, house.general, "Noted", thread_ts=answer.thread_ts)
    await house.alice.click(bad, message=answer, choose=None if plain else "Bad answer")
    form = await house.modal(house.alice)
    (turn,) = await turns(house)
    assert (turn.opinion, turn.opinion_reason) == ("bad", "")
    assert (await house.alice.submit(form, {"answer_opinion_reason": "It is *not* so"})).ok
    (turn,) = await turns(house)
    assert (turn.opinion, turn.opinion_reason) == ("bad", "It is *not* so")


async def test_an_opinion_about_nothing_is_refused(house: House) -> None:
    answer = await ask(house, house.alice, "which rules are there?")
    for value in ("4711", "zqx", "9" * 40):
        answer.blocks[-1]["elements"][0]["positive_button"]["value"] = value
        await house.alice.click("answer_opinion", message=answer, choose="Good answer")
        await house.seen(house.alice, house.general, "do not find that answer", thread_ts=answer.thread_ts)


# --- choices


@pytest.fixture
async def choosing(local: Slack, tmp_path: Path) -> AsyncGenerator[House, None]:
    model = FakeModel(called(WHICH), said("Which one?"), said("You chose well."))
    async with running(local, tmp_path, model) as house:
        yield house


async def test_a_choice_is_asked_by_whoever_presses_it_and_only_once(choosing: House) -> None:
    question = await ask(choosing, choosing.alice, "how is it?")
    assert [each["text"]["text"] for each in buttons(question)] == ["Globex Travel", "Acme"]
    stale = Message(**vars(question) | {"blocks": list(question.blocks)})
    assert (await choosing.bob.click("choose_answer_0", message=question)).ok
    await choosing.seen(choosing.bob, choosing.general, "You chose well.", thread_ts=question.thread_ts)
    await choosing.bob.wait_for(lambda: not buttons(question))
    assert f"✓ Globex Travel — <@{choosing.bob.user_id}>" in shown(question)
    await choosing.alice.click("choose_answer_1", message=stale)
    await ask(choosing, choosing.alice, "and now?")
    asked = await turns(choosing)
    assert [(each.question, each.user_id) for each in asked[:2]] == [
        ("how is it?", choosing.alice.user_id),
        ("Globex Travel", choosing.bob.user_id),
    ]
    assert "Acme" not in [each.question for each in asked]


async def test_a_choice_of_another_channel_is_not_known(choosing: House) -> None:
    question = await ask(choosing, choosing.alice, "how is it?")
    other = choosing.slack.channel("other")
    copied = await choosing.slack.interactive().chat_postMessage(
        channel=other.id, text="?", blocks=[block for block in question.blocks if block["type"] == "actions"]
    )
    message = choosing.slack.playground.message(other.id, copied["ts"])
    await choosing.alice.click("choose_answer_0", message=message)
    await choosing.seen(choosing.alice, other, "do not find that question")


def buttons(message: Message) -> list[dict[str, Any]]:
    found = [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    return [each for each in found if each["action_id"].startswith("choose_answer_")]


# --- charts, proposals, failures


async def plant(house: House) -> None:
    """Ten days of revenue of Acme."""
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    series = SeriesName(client="acme", metric="revenue", channel="shop")
    readings = [
        Reading(
            series=series, unit="USD", aggregate="sum", time=today - timedelta(days=ago), value=100.0 + ago
        )
        for ago in range(10)
    ]
    await house.houston.imports.points(access.everything(), readings)


def drawing() -> tuple[str, str]:
    """A call that draws what is planted."""
    start, end = (str((now() - timedelta(days=ago)).date()) for ago in (9, 1))
    return "draw_chart", json.dumps({"metric": "revenue", "start": start, "end": end})


async def test_a_chart_comes_into_the_thread(local: Slack, tmp_path: Path) -> None:
    model = FakeModel(called(("switch_client", '{"client": "acme"}')), called(drawing()), said("Here it is."))
    async with running(local, tmp_path, model) as house:
        await plant(house)
        answer = await ask(house, house.alice, "draw revenue")
        pictures = [each for each in answers(house, house.alice, answer.thread_ts or "") if each != answer]
        assert [kinds(each) for each in pictures] == [["image"]]
        assert (await until_posted(house, 2)).posted == [answer.ts, pictures[0].ts]


async def test_without_its_chart_the_answer_stands_and_says_so(local: Slack, tmp_path: Path) -> None:
    local.workspace.refuses["files.getUploadURLExternal"] = "file_uploads_disabled"
    model = FakeModel(called(("switch_client", '{"client": "acme"}')), called(drawing()), said("Here it is."))
    async with running(local, tmp_path, model) as house:
        await plant(house)
        answer = await ask(house, house.alice, "draw revenue")
        assert "Here it is." in shown(answer)
        assert "The chart could not be shown here" in shown(answer)


async def test_a_proposal_is_a_card_below_the_answer(local: Slack, tmp_path: Path) -> None:
    note = ("create_note", '{"title": "Call the shop"}')
    model = FakeModel(called(("switch_client", '{"client": "acme"}')), called(note), said("Shall I?"))
    async with running(local, tmp_path, model) as house:
        answer = await ask(house, house.alice, "make a note")
        card = await house.seen(house.alice, house.general, "approve_change", thread_ts=answer.thread_ts)
        assert card.ts > answer.ts
        assert "Call the shop" in shown(card)


class Broken:
    """A provider that does not know the key."""

    name = "broken"

    async def stream(
        self, messages: Sequence[Told], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Piece, None]:
        yield TextPiece(text="So far so good.\n\n")
        raise ModelError("I cannot think at the moment.", for_admins=CAUSE)


@pytest.mark.parametrize("is_admin", [True, False])
async def test_only_an_admin_who_asks_is_told_the_cause(local: Slack, tmp_path: Path, is_admin: bool) -> None:
    async with running(local, tmp_path, Broken()) as house:
        person = house.bob if is_admin else house.alice
        asked = await person.say(house.general.id, "@Houston how is it?")
        await answer_to(house, person, asked.ts)
        if is_admin:
            cause = await house.seen(person, house.general, CAUSE, thread_ts=asked.ts)
            assert cause.ephemeral_to == person.user_id
        public = [each for each in answers(house, person, asked.ts) if not each.ephemeral_to]
        assert CAUSE not in str([shown(each) for each in public])


async def test_an_answer_superseded_elsewhere_is_taken_away(local: Slack, tmp_path: Path) -> None:
    async with running(local, tmp_path, Halting()) as house:
        where = (house.slack.workspace.id, house.general.id)
        asked = await house.alice.say(house.general.id, "@Houston how is it?")
        await house.alice.wait_for(lambda: answers(house, house.alice, asked.ts) or None)
        await house.houston.conversations.supersede(*where, asked.ts, asked.ts)
        await house.alice.wait_for(lambda: not answers(house, house.alice, asked.ts))


async def test_an_answer_stopped_elsewhere_says_so(local: Slack, tmp_path: Path) -> None:
    async with running(local, tmp_path, Halting()) as house:
        where = (house.slack.workspace.id, house.general.id)
        asked = await house.alice.say(house.general.id, "@Houston how is it?")
        await house.alice.wait_for(lambda: answers(house, house.alice, asked.ts) or None)
        await house.houston.conversations.stop(*where, asked.ts)
        stopped = await house.seen(house.alice, house.general, "_(stopped)_", thread_ts=asked.ts)
        await house.alice.wait_for(lambda: not stopped.is_streaming)


async def test_a_second_question_of_the_thread_is_told_its_place_in_the_queue(
    local: Slack, tmp_path: Path
) -> None:
    model = Halting()
    async with running(local, tmp_path, model) as house:
        asked = await house.alice.say(house.general.id, "@Houston how is it?")
        await house.alice.wait_for(lambda: answers(house, house.alice, asked.ts) or None)
        await house.alice.say(house.general.id, "@Houston and now?", thread_ts=asked.ts)
        await house.alice.wait_for(
            lambda: "question" in (house.alice.status(house.general.id, asked.ts) or "")
        )
        model.go_on.set()
        await answer_to(house, house.alice, asked.ts, number=1)
