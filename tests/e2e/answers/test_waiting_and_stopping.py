"""What a person sees while an answer comes, where others are before them, and when they want no more."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.demo import open_slack
from bot.playground.state import Message, Playground
from houston.agent.conversations.queueing import MOST
from houston.agent.tool import ToolContext, tool
from tests.agent.llm_server import Call, calls, says, stalls_after
from tests.e2e.answers.reading import cards, footer, said
from tests.e2e.answers.talk import Talk, talk
from tests.e2e.conftest import QUICK
from tests.patience import PATIENCE
from tools import ALL_TOOLS

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

TRIES = 10
BEGINNING = "The beginning of an answer that goes on for long, and long enough to be shown.\n\n"


@tool(label="Meeting {name}")
async def meet(ctx: ToolContext, name: str) -> dict[str, Any]:
    """Waits for the other call.

    Args:
        name: Whom.
    """
    await MEETING.wait()
    return {"met": name}


MEETING = asyncio.Barrier(2)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mira(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """Her language model may take its time."""
    slack = await open_slack(playground=Playground(timings=QUICK, limits_on=False))
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tools.ALL_TOOLS", (*ALL_TOOLS, meet))
            async with talk(slack, tmp_path_factory.mktemp("patient")) as found:
                yield found
    finally:
        await slack.server.stop()


async def begun(mira: Talk) -> Message:
    """The answer that is being written in her thread."""

    def found() -> Message | None:
        return next((each for each in mira.replies() if BEGINNING.strip() in said(each)), None)

    return await mira.person.wait_for(found, timeout=PATIENCE)


async def test_a_status_is_there_within_a_second(mira: Talk) -> None:
    mira.server.play(says("Hello."))
    waits: list[float] = []
    while not soon(waits):
        since = time.monotonic()
        await mira.say("Are you there?")
        await mira.person.wait_for(lambda: mira.person.status(mira.channel, mira.thread_ts), timeout=PATIENCE)
        waits.append(time.monotonic() - since)
        await mira.seen("Hello.")


def soon(waits: list[float]) -> bool:
    """Whether it went within a second once; a busy machine gets more tries than one."""
    assert len(waits) < TRIES or min(waits) < 1, waits
    return any(each < 1 for each in waits)


async def test_what_is_said_is_shown_before_the_answer_ends(mira: Talk) -> None:
    mira.server.play(stalls_after(BEGINNING, "And this is no whole sen"))
    await mira.say("How is revenue?")
    answer = await begun(mira)
    assert answer.is_streaming
    assert "And this" not in said(answer)
    await mira.say("stop", under=mira.thread_ts)
    await mira.seen("_(stopped)_")


@pytest.mark.parametrize("word", ["Stop", "stop it!", "cancel", "(the button)"])
async def test_it_stops_within_a_second(mira: Talk, word: str) -> None:
    mira.server.play(stalls_after(BEGINNING))
    waits: list[float] = []
    while not soon(waits):
        await mira.say("How is revenue?")
        answer = await begun(mira)
        since = time.monotonic()
        if word == "(the button)":
            await mira.person.stop_stream(mira.channel, answer.ts)
        else:
            await mira.say(word, under=mira.thread_ts)
        await mira.seen("_(stopped)_")
        waits.append(time.monotonic() - since)
        assert len(mira.replies()) == 1
    assert len(mira.server.requests) == len(waits), "a stop is no question"


async def test_who_waits_for_others_is_told_their_place(mira: Talk) -> None:
    mira.server.play(*[stalls_after(BEGINNING)] * MOST, says("Your turn."))
    threads = []
    for number in range(MOST):
        threads.append((await mira.say(f"Question {number}?")).ts)
        await begun(mira)
    first = await waits(mira, "Yours is the next question…")
    second = await waits(mira, "1 question is ahead of yours…")
    await mira.say("stop", under=threads[0])
    for mira.thread_ts in (first, second):
        assert said(await mira.seen("Your turn.")).strip() == "Your turn."
    await mira.say("stop")  # in a direct conversation: everything
    for mira.thread_ts in threads[1:]:
        await mira.seen("_(stopped)_")


async def waits(mira: Talk, words: str) -> str:
    """The thread of one more question, once its status says this."""
    asked = await mira.say("And mine?")
    status = mira.person.status
    await mira.person.wait_for(lambda: status(mira.channel, asked.ts) == words or None, timeout=PATIENCE)
    return asked.ts


async def test_parallel_calls_run_in_parallel(mira: Talk) -> None:
    """Each waits for the other: one after the other they would never end."""
    both = [Call(name="meet", arguments=f'{{"name": "{name}"}}', id=name) for name in ("Ann", "Bob")]
    mira.server.play(calls(*both), says("They met."))
    answer = await mira.ask("Do they meet?")
    assert "They met." in said(answer)
    assert cards(answer) == ["Meeting Ann", "Meeting Bob"]
    assert [each["status"] for each in answer.blocks if each["type"] == "task_card"] == ["complete"] * 2


async def test_a_client_is_switched_to_by_its_id(mira: Talk) -> None:
    globex = await mira.houston.clients.open("globex", "Globex Travel")
    switch = Call(name="switch_client", arguments=f'{{"client": "{globex.id}"}}')
    mira.server.play(calls(switch), says("We are there."))
    answer = await mira.ask("Switch to that one")
    assert "We are there." in said(answer)
    assert "Globex Travel" in footer(answer)
