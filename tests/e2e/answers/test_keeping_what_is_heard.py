"""What Slack is told was heard is kept by then: a Houston that is killed before it began to answer, and
before it even knew who asked, loses no question, and one that is killed before it took an answer away takes
it away."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo import DemoSlack
from tests.agent.llm_server import LLMServer, says
from tests.e2e.answers.test_hearing_a_crash import STARTED, ask, running_program, texts, whole

pytestmark = pytest.mark.slow

ANSWER = "All is well."


async def test_a_question_that_a_crash_came_before_is_answered_once(slack: DemoSlack, tmp_path: Path) -> None:
    mira, playground = slack.person("mira"), slack.server.playground
    channel = (await mira.dm()).id
    hanging = playground.faults.hang("users.info", seconds=600)
    async with LLMServer([says(ANSWER)]) as llm:
        async with running_program(slack, llm, tmp_path) as pid:
            asked = await ask(slack, mira, channel)
            await _until(lambda: hanging.times == 0 and _all_acknowledged(slack))
            os.kill(pid, signal.SIGKILL)
        async with running_program(slack, llm, tmp_path):
            await mira.wait_for(lambda: whole(mira, channel, asked.ts), timeout=STARTED)
        assert texts(mira, channel, asked.ts) == [ANSWER]
        assert len(llm.requests) == 1


async def test_a_deletion_that_a_crash_came_before_takes_the_answer_away(
    slack: DemoSlack, tmp_path: Path
) -> None:
    mira, playground = slack.person("mira"), slack.server.playground
    channel = (await mira.dm()).id
    async with LLMServer([says(ANSWER)]) as llm:
        async with running_program(slack, llm, tmp_path) as pid:
            asked = await ask(slack, mira, channel)
            await mira.wait_for(lambda: whole(mira, channel, asked.ts), timeout=STARTED)
            hanging = playground.faults.hang("chat.delete", seconds=600)
            await mira.delete(channel, asked.ts)
            await _until(lambda: hanging.times == 0 and _all_acknowledged(slack))
            os.kill(pid, signal.SIGKILL)
        assert texts(mira, channel, asked.ts) == [ANSWER]
        async with running_program(slack, llm, tmp_path):
            await mira.wait_for(lambda: not texts(mira, channel, asked.ts), timeout=STARTED)
        assert len(llm.requests) == 1


def _all_acknowledged(slack: DemoSlack) -> bool:
    connections = slack.server.playground.sockets.connections(slack.app.id)
    return not any(connection.pending for connection in connections)


async def _until(condition: Callable[[], bool]) -> None:
    """Until it is so, where nobody tells."""
    async with asyncio.timeout(STARTED):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
