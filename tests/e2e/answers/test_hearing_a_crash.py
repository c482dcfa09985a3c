"""A Houston that is killed in the middle of an answer: the next one gives it, once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.demo import DemoSlack
from bot.playground.person import Person
from bot.playground.state import Message
from tests.agent.llm_server import LLMServer, says, stalls_after
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

APP = Path(__file__).parents[3] / "app.py"
BEGINNING = "The beginning of an answer that is never ended, and long enough to be shown.\n\n"
ANSWER = "All is well again."
STARTED = 4 * PATIENCE
"""Seconds: a program starts meanwhile, which takes long on a busy machine."""


@asynccontextmanager
async def running_program(slack: DemoSlack, llm: LLMServer, folder: Path, **more: str) -> AsyncIterator[int]:
    """`app.py` in a process of its own, on this folder's database, with `more` settings; yields its id."""
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_API_URL": slack.server.api_url,
        "SLACK_APP_TOKEN": slack.app.app_token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "OPENAI_API_KEY": "sk-test",
        "OPENAI_BASE_URL": llm.url,
        "HOUSTON_DATA_DIR": str(folder),
        "HOUSTON_PORT": "0",
        "HOUSTON_LOG_LEVEL": "ERROR",
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(APP), cwd=folder, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def shown(person: Person, channel: str, thread_ts: str) -> list[Message]:
    return [each for each in person.messages(channel, thread_ts) if each.bot_id]


async def test_a_question_whose_answer_a_crash_broke_off_is_answered_once(
    slack: DemoSlack, tmp_path: Path
) -> None:
    mira = slack.person("mira")
    channel = (await mira.dm()).id
    async with LLMServer([stalls_after(BEGINNING), says("You are welcome."), says(ANSWER)]) as llm:
        async with running_program(slack, llm, tmp_path) as pid:
            asked = await ask(slack, mira, channel)
            await mira.wait_for(lambda: shown(mira, channel, asked.ts), timeout=STARTED)
            thanked = await mira.say(channel, "Thanks for yesterday!")
            await mira.wait_for(lambda: whole(mira, channel, thanked.ts), timeout=STARTED)
            os.kill(pid, signal.SIGKILL)
        async with running_program(slack, llm, tmp_path):
            await mira.wait_for(lambda: whole(mira, channel, asked.ts), timeout=STARTED)
            more = await mira.say(channel, "And now?")
            await mira.wait_for(lambda: whole(mira, channel, more.ts), timeout=STARTED)
        assert texts(mira, channel, asked.ts) == [ANSWER]
        assert texts(mira, channel, thanked.ts) == ["You are welcome."]
        assert len(llm.requests) == 4


def whole(person: Person, channel: str, thread_ts: str) -> list[Message]:
    """The answers that are finished."""
    return [each for each in shown(person, channel, thread_ts) if not each.is_streaming]


def texts(person: Person, channel: str, thread_ts: str) -> list[str]:
    return [each.text for each in shown(person, channel, thread_ts)]


async def ask(slack: DemoSlack, person: Person, channel: str) -> Message:
    """Once somebody listens."""
    await person.wait_for(lambda: slack.server.playground.sockets.connections(slack.app.id), timeout=STARTED)
    return await person.say(channel, "How is revenue?")
