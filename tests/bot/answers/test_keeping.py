"""A question is kept by the time that Slack is told of it, and answered though Houston crashes then."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.answers import asking, replying, resuming
from bot.answers.streams import Answers
from bot.playground.state import Channel, Message
from houston.agent.conversations.conversation import Question
from houston.assembly import Houston, assemble
from store.tables import Turn
from tests.bot.conftest import House, now, shown
from tests.bot.parrots import Parrot
from tests.patience import PATIENCE
from tools import ALL_TOOLS

pytestmark = pytest.mark.slow


@pytest.fixture
def model() -> Parrot:
    return Parrot()


async def kept(house: House) -> list[str]:
    """Every question so far, oldest first."""
    return [turn.question for turn in await turns(house)]


async def turns(house: House) -> list[Turn]:
    async with house.houston.store.read() as uow:
        found = [await uow.turns.get(workspace_id=house.slack.workspace.id, id=id) for id in range(1, 5)]
    return [each[0] for each in found if each]


def posts(house: House) -> list[Message]:
    return house.slack.posts(house.general)


async def dead(
    house: House, text: str, *, channel: Channel, thread_ts: str, ts: str, edited: str = ""
) -> Question:
    """What Alice asked of a process that crashed as soon as it was kept."""
    question = await asking.asked(
        house.houston,
        workspace_id=house.slack.workspace.id,
        user_id=house.alice.user_id,
        channel=channel.id,
        thread_ts=thread_ts,
        ts=ts,
        text=text,
        edited=edited,
    )
    crashed = assemble(house.houston.store, now=now, rng=random.Random(3), model=Parrot(), tools=ALL_TOOLS)
    assert await crashed.conversations.hear(question)
    async with house.houston.store.begin() as uow:
        await uow.turns.hold(id=(await turns(house))[-1].id or 0, until=now() - timedelta(seconds=1))
        await uow.commit()
    return question


@asynccontextmanager
async def started_again(house: House, houston: Houston | None = None) -> AsyncIterator[None]:
    watch = asyncio.create_task(resuming.watch(houston or house.houston, house.clients, Answers()))
    try:
        yield
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)


# --- kept first, then acknowledged


async def by_command(house: House, message: Message) -> str:
    assert (await house.alice.run(house.general.id, "/houston ask How is spend?")).ok
    return "How is spend?"


async def by_shortcut(house: House, message: Message) -> str:
    await house.alice.shortcut("ask_about_message", message=message)
    form = await house.modal(house.alice)
    assert (await house.alice.submit(form, {"question": "Is this bad?"})).ok
    return "Is this bad?"


async def by_button(house: House, message: Message) -> str:
    note = await house.slack.interactive().chat_postMessage(
        channel=house.general.id,
        text="A note",
        blocks=[
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "ask_houston",
                        "text": {"type": "plain_text", "text": "Ask"},
                        "value": "1",
                    }
                ],
            }
        ],
    )
    pressed = house.slack.playground.message(house.general.id, note["ts"])
    assert (await house.alice.click("ask_houston", message=pressed)).ok
    return "What happened here?"


@pytest.mark.parametrize("asks", [by_command, by_shortcut, by_button])
async def test_what_is_asked_is_kept_by_the_time_that_slack_is_told(
    house: House, model: Parrot, asks: Callable[[House, Message], Awaitable[str]]
) -> None:
    message = await house.bob.say(house.general.id, "Spend doubled.")
    asked = await asks(house, message)
    assert await kept(house) == [asked]
    answer = f"You asked: {asked.rstrip('?')}"
    await house.alice.wait_for(lambda: any(answer in shown(each) for each in posts(house)))
    assert await kept(house) == [asked], "it is that question which is answered"


async def test_what_is_no_question_is_not_kept(house: House) -> None:
    await house.ran(house.alice, "/houston ask", "Write your question after it")
    await house.ran(house.alice, "/houston status", "Houston")
    assert await kept(house) == []


async def test_what_is_refused_after_it_was_kept_is_not_answered_later(house: House) -> None:
    house.slack.workspace.refuses["chat.postMessage"] = "fatal_error"
    assert (await house.alice.run(house.general.id, "/houston ask How is spend?")).ok
    await house.seen(house.alice, house.general, "Something went wrong")
    assert [turn.state for turn in await turns(house)] == ["stopped"]
    assert await house.houston.conversations.interrupted() == []


# --- after a crash


async def test_a_command_that_a_crash_left_is_answered_to_its_asker_alone(house: House) -> None:
    place = "command 1.2.3"
    await dead(house, "How is spend?", channel=house.general, thread_ts=place, ts=place)
    async with started_again(house):
        answer = await house.seen(house.alice, house.general, "You asked: How is spend")
    assert answer.ephemeral_to == house.alice.user_id


async def test_where_houston_is_not_the_asker_reads_it_in_a_direct_message(house: House) -> None:
    elsewhere = house.slack.channel("elsewhere", with_bot=False)
    place = "command 1.2.3"
    await dead(house, "How is spend?", channel=elsewhere, thread_ts=place, ts=place)
    async with started_again(house):
        await house.seen(house.alice, await house.alice.dm(), "You asked: How is spend")


async def test_an_edited_question_that_a_crash_left_takes_the_place_of_its_old_answer(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await _answered(house)
    edited = f"{float(asked.ts) + 1:.6f}"
    await dead(house, "how is spend?", channel=house.general, thread_ts=asked.ts, ts=asked.ts, edited=edited)
    async with started_again(house):
        await house.alice.wait_for(lambda: _only(house, asked.ts, "how is spend"))


async def edited_out(house: House, asked: Message) -> None:
    await house.alice.edit(house.general.id, asked.ts, "How is revenue, Bob?")


async def deleted(house: House, asked: Message) -> None:
    await house.alice.delete(house.general.id, asked.ts)


@pytest.mark.parametrize("takes_back", [deleted, edited_out])
async def test_what_is_taken_back_is_kept_by_the_time_that_slack_is_told(
    house: House, takes_back: Callable[[House, Message], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await house.alice.say(house.general.id, "@Houston how is revenue?")
    await house.seen(house.alice, house.general, "You asked: how is revenue", thread_ts=asked.ts)
    await _answered(house)
    crashes = asyncio.Event()

    async def crash(*_: object) -> None:
        crashes.set()

    for listener in ("forget", "answer_anew"):
        monkeypatch.setattr(replying, listener, crash)
    await takes_back(house, asked)
    async with asyncio.timeout(PATIENCE):
        await crashes.wait()
    assert [turn.state for turn in await turns(house)] == ["superseded"]
    assert any(each.thread_ts == asked.ts for each in posts(house))
    async with house.houston.store.begin() as uow:
        await uow.turns.keep(id=1, values={"held_until": now() - timedelta(seconds=1)})
        await uow.commit()
    restarted = assemble(house.houston.store, now=now, rng=random.Random(3), model=Parrot(), tools=ALL_TOOLS)
    async with started_again(house, restarted):
        await house.alice.wait_for(lambda: not any(each.thread_ts == asked.ts for each in posts(house)))
        await _done(house)


async def _done(house: House) -> None:
    """Until nothing is left to be taken away."""
    async with asyncio.timeout(PATIENCE):
        while [turn for turn in await turns(house) if turn.held_until]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _answered(house: House) -> None:
    """Until it is known which message shows the first answer."""

    async with asyncio.timeout(PATIENCE):
        shown_by = (await turns(house))[0].posted
        while not shown_by:
            shown_by = (await turns(house))[0].posted


def _only(house: House, thread_ts: str, text: str) -> bool:
    found = [each for each in posts(house) if each.thread_ts == thread_ts]
    return len(found) == 1 and text in shown(found[0]) and not found[0].is_streaming
