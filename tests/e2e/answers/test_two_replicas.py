"""Two Houstons over one PostgreSQL: what one of them hears ends, or takes over, what the other answers."""

import asyncio
import base64
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import running
from bot.answers import resuming
from bot.demo import DemoSlack
from bot.playground.socket import Connection
from bot.playground.state import App, Json, Message
from houston.agent.conversations.holding import HOLD
from houston.agent.llm.model import OpenAIModel
from houston.assembly import Houston
from houston.config import settings
from tests.agent.llm_server import LLMServer, says, stalls_after
from tests.e2e.answers.reading import said
from tests.e2e.answers.talk import PATIENT, Conversation
from tests.e2e.answers.test_hearing_a_crash import ANSWER, BEGINNING, STARTED, running_program
from tests.patience import PATIENCE
from tests.store.databases import fresh_url

pytestmark = pytest.mark.slow

SOON = PATIENCE / 2
"""Seconds. Whoever answers looks every second whether the answer is still wanted; this machine is shared."""


@dataclass(kw_only=True)
class Clock:
    """The real time, and as much more as a test says."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def shared(folder: Path) -> dict[str, str]:
    """The settings that make two Houstons one."""
    return {
        "HOUSTON_DATABASE_URL": fresh_url("postgresql", folder),
        "HOUSTON_SECRET_KEY": base64.b64encode(bytes(32)).decode(),
    }


@asynccontextmanager
async def replica(slack: DemoSlack, llm: LLMServer, both: dict[str, str]) -> AsyncIterator[Houston]:
    model = OpenAIModel(api_key="sk-test", model="scripted", base_url=llm.url, patience=PATIENT)
    found = settings(
        {
            "SLACK_API_URL": slack.server.api_url,
            "SLACK_APP_TOKEN": slack.app.app_token,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "HOUSTON_PORT": "0",
            **both,
        }
    )
    async with AsyncExitStack() as closing:
        closing.push_async_callback(model.close)
        yield await closing.enter_async_context(running(found, model=model))


@pytest.mark.parametrize("by", ["a reply", "Slack's button", "a deletion"])
async def test_an_answer_is_stopped_by_whoever_hears_it(slack: DemoSlack, tmp_path: Path, by: str) -> None:
    both = shared(tmp_path)
    async with LLMServer([stalls_after(BEGINNING)]) as llm, replica(slack, llm, both) as first:
        mira = Conversation(slack.person("mira"), (await slack.person("mira").dm()).id, first)
        asked = await mira.say("How is revenue?")
        begun = await mira.person.wait_for(lambda: shown(mira), timeout=PATIENCE)
        for connection in slack.server.playground.sockets.connections(slack.app.id):
            connection.is_open = False  # from now on the other hears
        async with replica(slack, llm, both):
            since = time.monotonic()
            if by == "a deletion":
                await mira.person.delete(mira.channel, asked.ts)
                await mira.person.wait_for(lambda: not mira.replies(), timeout=PATIENCE)
            else:
                await (
                    mira.say("Stop", under=asked.ts)
                    if by == "a reply"
                    else mira.person.stop_stream(mira.channel, begun.ts)
                )
                ended = await mira.seen("_(stopped)_")
                assert ended.ts == begun.ts
                assert said(ended).startswith(BEGINNING.strip())
            assert time.monotonic() - since < SOON
            assert len(llm.requests) == 1
            assert len(mira.replies()) == (0 if by == "a deletion" else 1)


def shown(talk: Conversation) -> Message | None:
    return next((each for each in talk.replies() if BEGINNING.strip() in said(each)), None)


async def test_what_a_crash_of_one_broke_off_the_other_answers_once(
    slack: DemoSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, clock, mira = shared(tmp_path), Clock(), slack.person("mira")
    events = recorded(slack, monkeypatch)
    monkeypatch.setattr("app.now", clock)
    monkeypatch.setattr(resuming, "EVERY", 0.1)
    async with LLMServer([stalls_after(BEGINNING), says(ANSWER), says("And now, too.")]) as llm:
        async with running_program(slack, llm, tmp_path, **both) as pid:
            [first] = await listening(slack, 1)
            async with replica(slack, llm, both) as other:
                second = next(each for each in await listening(slack, 2) if each is not first)
                second.is_open = False  # the first hears what comes next
                talk = Conversation(mira, (await mira.dm()).id, other)
                asked = await talk.say("How is revenue?")
                begun = await mira.wait_for(lambda: shown(talk), timeout=PATIENCE)
                await noted(other, slack, begun)
                os.kill(pid, signal.SIGKILL)
                await mira.wait_for(lambda: not first.is_open, timeout=PATIENCE)
                second.is_open = True
                for event in events.copy():  # Slack sends it again
                    slack.server.playground.sockets.deliver(slack.app, event)
                assert len(llm.requests) == 1, "whoever may still be at it is not disturbed"
                clock.ahead = HOLD + timedelta(seconds=1)
                await talk.seen(ANSWER)
                for event in events.copy():
                    slack.server.playground.sockets.deliver(slack.app, event)
                assert said(await talk.ask("And now?")).strip() == "And now, too."
                talk.thread_ts = asked.ts
                assert [said(each).strip() for each in talk.replies()] == [ANSWER]
        assert len(llm.requests) == 3


async def noted(houston: Houston, slack: DemoSlack, message: Message) -> None:
    """Once it is known what shows the answer."""
    place = {"workspace_id": slack.workspace.id, "channel": message.channel}
    ts = message.thread_ts or ""
    async with asyncio.timeout(PATIENCE):
        posted: list[str] = []
        while message.ts not in posted:
            async with houston.store.read() as uow:
                [turn] = await uow.turns.of_message(**place, thread_ts=ts, ts=ts)
            posted = turn.posted


def recorded(slack: DemoSlack, monkeypatch: pytest.MonkeyPatch) -> list[Json]:
    """Every event that Slack sends from now on."""
    sockets, events = slack.server.playground.sockets, list[Json]()
    deliver = sockets.deliver

    def noted(app: App, payload: Json) -> None:
        events.append(payload)
        deliver(app, payload)

    monkeypatch.setattr(sockets, "deliver", noted)
    return events


async def listening(slack: DemoSlack, count: int) -> list[Connection]:
    """The connections, once there are so many."""
    found = slack.server.playground.sockets.connections
    mira = slack.person("mira")
    await mira.wait_for(lambda: len(found(slack.app.id)) == count or None, timeout=STARTED)
    return found(slack.app.id)
