"""A conversation in Slack with a language model behind it: a server that speaks OpenAI's wire format."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app import running
from bot.demo import DemoSlack
from bot.playground.person import Person
from bot.playground.state import Message
from houston.agent.model import OpenAIModel, Patience
from houston.config import demo_settings
from tests.agent.llm_server import (
    Call,
    LLMServer,
    Reply,
    breaks_after,
    calls,
    fails_after,
    refuses,
    says,
    stalls_after,
)
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

HASTY = Patience(connect=1, first_chunk=0.4, between_chunks=0.4, reply=3)
SPEND = json.dumps({"metric": "spend", "start": "2026-11-01", "end": "2026-11-07"})


class Talk:
    """Mira's side of a direct conversation with Houston."""

    def __init__(self, person: Person, channel: str, server: LLMServer) -> None:
        self.person, self.channel, self.server = person, channel, server

    async def ask(self, text: str) -> str:
        """The finished answer."""
        question = await self.person.say(self.channel, text)

        def answered() -> Message | None:
            replies = self.person.messages(self.channel, question.ts)
            done = [each for each in replies if each.bot_id and not each.is_streaming]
            return done[-1] if done else None

        return (await self.person.wait_for(answered, timeout=PATIENCE)).text


@asynccontextmanager
async def talk(slack: DemoSlack, folder: Path, *script: Reply) -> AsyncIterator[Talk]:
    async with LLMServer(script) as server:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=server.url, patience=HASTY)
        settings = demo_settings(
            {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=folder,
        )
        async with running(settings, model=model) as houston:
            await houston.clients.open("acme", "Acme Outfitters")
            await houston.clients.open("globex", "Globex Travel")
            mira = slack.person("mira")
            yield Talk(mira, (await mira.dm()).id, server)
        await model.close()


async def test_an_answer_is_made_of_parallel_tool_calls_split_over_chunks(
    slack: DemoSlack, tmp_path: Path
) -> None:
    wanted = (Call(name="list_clients", id="a"), Call(name="list_metrics", id="b"))
    script = (calls(*wanted, parts=4), says("You have ", "two clients.", " Acme is one."))
    async with talk(slack, tmp_path, *script) as mira:
        assert await mira.ask("Who are our clients?") == "You have two clients. Acme is one."
        results = [each for each in mira.server.requests[1]["messages"] if each["role"] == "tool"]
        assert [each["tool_call_id"] for each in results] == ["a", "b"]
        assert "Acme Outfitters" in results[0]["content"]


async def test_the_client_named_in_the_first_message_stays_for_the_thread(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (calls(Call(name="channel_performance", arguments=SPEND)), says("Here it is."))
    async with talk(slack, tmp_path, *script) as mira:
        assert await mira.ask("--client globex how was spend?") == "Here it is."
        system = mira.server.requests[0]["messages"][0]["content"]
        assert "Globex Travel" in system
        question = mira.server.requests[0]["messages"][-1]["content"]
        assert "--client" not in question


async def test_a_busy_model_is_asked_again_and_the_person_notices_nothing(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (refuses(429, Retry_After="0"), refuses(500), says("All good."))
    async with talk(slack, tmp_path, *script) as mira:
        assert await mira.ask("Hello?") == "All good."
        assert len(mira.server.requests) == 3


@pytest.mark.parametrize("broken", [breaks_after, fails_after], ids=["cut connection", "error mid-stream"])
async def test_an_answer_that_breaks_off_goes_on_where_it_stopped(
    slack: DemoSlack, tmp_path: Path, broken: Callable[..., Reply]
) -> None:
    script = (broken("Spend rose. ", "It was the"), says("Clicks stayed."))
    async with talk(slack, tmp_path, *script) as mira:
        answer = await mira.ask("What happened?")
        assert answer.startswith("Spend rose.")
        assert answer.endswith("Clicks stayed.")


async def test_a_model_that_falls_silent_is_given_up_with_an_apology(
    slack: DemoSlack, tmp_path: Path
) -> None:
    async with talk(slack, tmp_path, stalls_after()) as mira:
        answer = await mira.ask("Are you there?")
        assert "language model" in answer
        assert "Traceback" not in answer


@pytest.mark.parametrize(
    ("reply", "word"),
    [(refuses(401), "OPENAI_API_KEY"), (refuses(404, "model_not_found"), "HOUSTON_MODEL")],
    ids=["bad key", "unknown model"],
)
async def test_what_only_an_admin_can_mend_is_said_plainly(
    slack: DemoSlack, tmp_path: Path, reply: Reply, word: str
) -> None:
    async with talk(slack, tmp_path, reply) as mira:
        answer = await mira.ask("Hello?")
        assert word in answer
        assert "scripted 40" not in answer, "the provider's own words stay in the log"


async def test_bad_arguments_are_told_to_the_model_which_mends_them(slack: DemoSlack, tmp_path: Path) -> None:
    script = (
        calls(Call(name="channel_performance", arguments='{"metric": "spend", "start": ')),
        calls(Call(name="no_such_tool")),
        says("I found nothing."),
    )
    async with talk(slack, tmp_path, *script) as mira:
        assert await mira.ask("Spend?") == "I found nothing."
        told = [each["content"] for each in mira.server.requests[2]["messages"] if each["role"] == "tool"]
        assert len(told) == 2
        assert "no_such_tool" in told[1]
