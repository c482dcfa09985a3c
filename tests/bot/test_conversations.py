"""Asking Houston: in a DM, by a mention, in a thread, by the button under an alert."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground.state import Channel, Message
from houston.agent.messages import ChatModel, DonePiece, Piece, TextPiece
from houston.agent.patterns.model import PatternsModel
from houston.notify.rules.rules import RuleDraft
from tests.agent.fakes import FakeModel, said
from tests.bot.conftest import House, running, shown
from tests.bot.samples import event
from tests.bot.slack import QUICK, local_slack
from tests.recorded import recorded

pytestmark = pytest.mark.slow

ANSWER = "Revenue **fell again**. That is low."


async def quiet(house: House) -> None:
    """Whatever Houston was to hear, it has heard when this later question is answered."""
    dm = await house.bob.dm()
    last = await house.bob.say(dm.id, "Are you there?")
    await house.seen(house.bob, dm, ANSWER, thread_ts=last.ts)


def answers_in(house: House, channel: Channel, thread_ts: str) -> list[Message]:
    return [each for each in house.slack.posts(channel) if each.thread_ts == thread_ts]


async def test_a_direct_message_is_answered_in_its_thread(house: House) -> None:
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "How is revenue?")
    answer = await house.seen(house.alice, dm, ANSWER, thread_ts=asked.ts)
    assert answer.thread_ts == asked.ts
    assert answer.stream is not None
    more = await house.alice.say(dm.id, "And now?", thread_ts=asked.ts)
    await house.alice.wait_for(lambda: len(answers_in(house, dm, asked.ts)) == 2)
    assert more.ts


async def test_a_mention_is_answered_once_although_slack_sends_it_twice(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, ANSWER, thread_ts=asked.ts)
    await quiet(house)
    assert len(answers_in(house, house.general, asked.ts)) == 1


async def test_channel_talk_is_not_answered(house: House) -> None:
    await house.alice.say(house.general.id, "How is revenue?")
    thread = await house.alice.say(house.general.id, "Anyone?")
    await house.bob.say(house.general.id, "No idea", thread_ts=thread.ts)
    await quiet(house)
    assert house.slack.posts(house.general) == []


async def test_a_thread_goes_on_with_the_one_who_asked(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, ANSWER, thread_ts=asked.ts)
    await house.bob.say(house.general.id, "Interesting", thread_ts=asked.ts)
    bob = house.slack.playground.users[house.bob.user_id]
    await house.alice.say(house.general.id, f"@{bob.name} look at this", thread_ts=asked.ts)
    await quiet(house)
    assert len(answers_in(house, house.general, asked.ts)) == 1
    await house.alice.say(house.general.id, "And last month?", thread_ts=asked.ts)
    await house.alice.wait_for(lambda: len(answers_in(house, house.general, asked.ts)) == 2)


async def test_a_bare_mention_gets_the_help(house: House) -> None:
    await house.alice.say(house.general.id, "@Houston")
    message = await house.seen(house.alice, house.general, "/houston ask")
    assert message.ephemeral_to == house.alice.user_id


async def alert(house: House) -> Message:
    """An outlier on its way through rules, outbox and messenger into the channel."""
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier")
    await house.houston.rules.add(house.admin, draft)
    happened = event("outlier", metric_id=1, definition_id=1)
    happened.client_id = house.acme.id
    await house.houston.outbox.record(happened)
    told = await house.seen(house.alice, house.general, "📈 Outlier: Cost per click")
    return await recorded(house.houston, told)


async def test_the_button_under_an_alert_opens_a_conversation_in_its_thread(house: House) -> None:
    message = await alert(house)
    await house.alice.say(house.general.id, "Oh dear", thread_ts=message.ts)
    assert (await house.alice.click("ask_houston", message=message)).ok
    answer = await house.seen(house.alice, house.general, ANSWER, thread_ts=message.ts)
    assert answer.thread_ts == message.ts
    await house.alice.say(house.general.id, "And now?", thread_ts=message.ts)
    await house.alice.wait_for(lambda: len(answers_in(house, house.general, message.ts)) == 2)


async def test_what_an_answer_holds_pings_nobody(local_house: House) -> None:
    dm = await local_house.alice.dm()
    asked = await local_house.alice.say(dm.id, "Ping!")
    answer = await local_house.seen(local_house.alice, dm, "all done", thread_ts=asked.ts)
    assert "<!channel>" not in shown(answer)
    assert "<@U1" not in shown(answer)


@pytest.fixture
def hostile() -> ChatModel:
    return FakeModel(said("Note: <!channel> and <@U123>. ", "<", "!here> all done."))


@pytest.fixture
async def local_house(tmp_path: Path, hostile: ChatModel) -> AsyncGenerator[House, None]:
    async with local_slack() as slack, running(slack, tmp_path, hostile) as house:
        yield house


async def test_patterns_answer_for_real(tmp_path: Path) -> None:
    async with local_slack() as slack, running(slack, tmp_path, PatternsModel()) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "Which clients are there?")
        await house.seen(house.alice, dm, "Globex", thread_ts=asked.ts)


async def test_a_model_that_fails_apologises_without_details(tmp_path: Path) -> None:
    model = FakeModel([TextPiece(text="So far. "), RuntimeError("secret detail")])
    async with local_slack() as slack, running(slack, tmp_path, model) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "How is revenue?")
        answer = await house.seen(house.alice, dm, "Something went wrong", thread_ts=asked.ts)
        assert "So far." in shown(answer)
        assert "secret" not in shown(answer)


async def test_an_unknown_client_is_said_in_the_thread(house: House) -> None:
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "--client nobody How is revenue?")
    await house.seen(house.alice, dm, "no client called", thread_ts=asked.ts)


class Slow:
    """Says something, then nothing until it is allowed to go on."""

    name = "slow"

    def __init__(self) -> None:
        self.go_on = asyncio.Event()

    async def stream(self, messages: object, tools: object) -> AsyncGenerator[Piece, None]:
        yield TextPiece(
            text="This is the first sentence, long enough to be sent to Slack at once, alone.\n\n"
        )
        await self.go_on.wait()
        yield TextPiece(text="This is the last one.")
        yield DonePiece(reason="stop")


async def open_answer(house: House, channel: Channel, thread_ts: str) -> Message:
    def found() -> Message | None:
        return next((each for each in answers_in(house, channel, thread_ts) if shown(each)), None)

    return await house.alice.wait_for(found)


async def test_a_stream_that_slack_has_closed_goes_on_as_a_message(tmp_path: Path) -> None:
    model = Slow()
    timings = replace(QUICK, stream_life=0.05)
    async with local_slack(timings) as slack, running(slack, tmp_path, model) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "How is revenue?")
        answer = await open_answer(house, dm, asked.ts)
        await house.alice.wait_for(lambda: not answer.is_streaming)
        model.go_on.set()
        whole = await house.seen(house.alice, dm, "This is the last one.", thread_ts=asked.ts)
        assert whole.ts == answer.ts
        assert shown(whole).count("This is the first sentence") == 2, "once in text, once in blocks"


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize("trouble", ["status", "drop_answer"])
async def test_a_stumbling_stream_ends_with_the_whole_answer(house: House, method: str, trouble: str) -> None:
    faults = house.slack.playground.faults
    (faults.fail if trouble == "status" else faults.drop_answer)(method)
    dm = await house.alice.dm()
    asked = await house.alice.say(dm.id, "How is revenue?")
    answer = await house.seen(house.alice, dm, "That is low.", thread_ts=asked.ts)
    assert shown(answer).count("That is low.") <= 2


async def test_stop_ends_the_answer(tmp_path: Path) -> None:
    async with local_slack() as slack, running(slack, tmp_path, Slow()) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "How is revenue?")
        answer = await open_answer(house, dm, asked.ts)
        await house.alice.stop_stream(dm.id, answer.ts)
        await house.seen(house.alice, dm, "stopped", thread_ts=asked.ts)


async def test_a_second_press_while_the_answer_comes_is_told_so(tmp_path: Path) -> None:
    model = Slow()
    async with local_slack() as slack, running(slack, tmp_path, model) as house:
        message = await alert(house)
        await house.alice.click("ask_houston", message=message)
        await open_answer(house, house.general, message.ts)
        await house.alice.click("ask_houston", message=message)
        await house.seen(house.alice, house.general, "on it already")
        model.go_on.set()
        await house.seen(house.alice, house.general, "This is the last one.", thread_ts=message.ts)


async def test_closing_ends_an_answer_that_takes_too_long(tmp_path: Path) -> None:
    async with local_slack() as slack, running(slack, tmp_path, Slow()) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "How is revenue?")
        await open_answer(house, dm, asked.ts)
        await house.connection.close(seconds=0.1)
        await house.seen(house.alice, dm, "stopped", thread_ts=asked.ts)


async def test_the_status_says_what_houston_is_doing(tmp_path: Path) -> None:
    model = Slow()
    async with local_slack() as slack, running(slack, tmp_path, model) as house:
        dm = await house.alice.dm()
        asked = await house.alice.say(dm.id, "How is revenue?")
        key = (dm.id, asked.ts)
        await house.alice.wait_for(lambda: house.slack.playground.statuses.get(key))
        model.go_on.set()
