"""All that an answer shows, where only its asker sees it."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground.state import Message
from houston.agent.messages import ChatModel
from tests.agent.fakes import FakeModel, Scripted, called, said
from tests.bot.answers.conftest import kinds
from tests.bot.conftest import House, running, shown
from tests.bot.slack import Slack
from tests.bot.test_showing import CAUSE, RULES, WHICH, Broken, buttons, drawing, plant, turns

pytestmark = pytest.mark.slow

ACME = ("switch_client", '{"client": "acme"}')


@asynccontextmanager
async def narrow(slack: Slack, folder: Path, model: ChatModel) -> AsyncGenerator[House, None]:
    """Alice may see Acme only, so what Bob asks in #general is answered to him alone."""
    async with running(slack, folder, model) as house:
        await house.limit_alice(house.acme)
        await plant(house)
        yield house


async def whispered(house: House, text: str) -> Message:
    await house.bob.say(house.general.id, "@Houston how is it?")
    message = await house.seen(house.bob, house.general, text)
    assert message.ephemeral_to == house.bob.user_id
    return message


def scripted(*steps: Sequence[Scripted]) -> FakeModel:
    return FakeModel(*steps)


async def test_its_tool_calls_are_a_line(local: Slack, tmp_path: Path) -> None:
    async with narrow(local, tmp_path, scripted(called(RULES), said("Both are well."))) as house:
        message = await whispered(house, "Both are well.")
        assert kinds(message)[:2] == ["context", "markdown"]
        assert "✓ Looking up the rules" in str(message.blocks[0])


async def test_its_choice_is_asked_and_answered_in_private(local: Slack, tmp_path: Path) -> None:
    model = scripted(called(WHICH), said("Which one?"), said("You chose well."))
    async with narrow(local, tmp_path, model) as house:
        message = await whispered(house, "Which one?")
        assert len(buttons(message)) == 2
        await house.bob.click("choose_answer_1", message=message)
        answer = await house.seen(house.bob, house.general, "You chose well.")
        assert answer.ephemeral_to == house.bob.user_id
        await house.seen(house.bob, house.general, "✓ Acme")
        assert [each.question for each in await turns(house)] == ["how is it?", "Acme"]


async def test_its_opinion_is_asked_with_plain_buttons(local: Slack, tmp_path: Path) -> None:
    async with narrow(local, tmp_path, scripted(said("Both are well."))) as house:
        message = await whispered(house, "Both are well.")
        await house.bob.click("answer_opinion_bad", message=message)
        await house.modal(house.bob)
        assert [each.opinion for each in await turns(house)] == ["bad"]


async def test_its_chart_is_said_in_words(local: Slack, tmp_path: Path) -> None:
    model = scripted(called(ACME), called(drawing()), said("Here it is."))
    async with narrow(local, tmp_path, model) as house:
        message = await whispered(house, "Here it is.")
        assert "A picture cannot be shown to you alone" in shown(message)
        assert house.slack.playground.traffic.of("files.getUploadURLExternal") == []


async def test_its_proposal_is_for_the_asker_alone_too(local: Slack, tmp_path: Path) -> None:
    note = ("create_note", json.dumps({"title": "Call the shop"}))
    async with narrow(local, tmp_path, scripted(called(ACME), called(note), said("Shall I?"))) as house:
        await whispered(house, "Shall I?")
        card = await house.seen(house.bob, house.general, "approve_change")
        assert card.ephemeral_to == house.bob.user_id


async def test_its_failure_is_explained_to_an_admin(local: Slack, tmp_path: Path) -> None:
    async with narrow(local, tmp_path, Broken()) as house:
        cause = await whispered(house, CAUSE)
        assert "admin" in shown(cause)


async def test_a_private_answer_leaves_no_status_in_the_thread(local: Slack, tmp_path: Path) -> None:
    async with narrow(local, tmp_path, scripted(said("Both are well."))) as house:
        asked = await house.bob.say(house.general.id, "@Houston how is it?")
        await house.seen(house.bob, house.general, "Both are well.")
        await house.bob.wait_for(lambda: house.bob.status(house.general.id, asked.ts) is None)


async def test_a_command_gets_the_same(local: Slack, tmp_path: Path) -> None:
    note = ("create_note", json.dumps({"title": "Call the shop"}))
    async with narrow(local, tmp_path, scripted(called(ACME), called(note), said("Shall I?"))) as house:
        await house.ran(house.bob, "/houston ask Make a note", "Shall I?")
        card = await house.seen(house.bob, house.general, "approve_change")
        assert card.ephemeral_to == house.bob.user_id
