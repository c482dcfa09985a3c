"""Houston's own time in an answer: everything but the language model's.

    uv run python -m tests.bench.answers [--turns N]

Over the local Slack, by the real SDK, one question after another, in one run:

- patterns: from the question's arrival at Slack to the first text there, and to the finished answer
- llm: the same with an OpenAI server whose replies come at once: one tool call, then three sentences
- and there, from its first complete sentence to Slack's first text

Times are medians in milliseconds; a ratio compares with a bare post over the same local Slack.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from app import running
from bot.demo import open_slack
from bot.playground.person import Person
from bot.playground.state import Message, Playground
from houston.agent.llm.model import OpenAIModel
from houston.agent.messages import ChatModel
from houston.agent.patterns.model import PatternsModel
from houston.config import demo_settings
from tests.agent.llm_server import Call, LLMServer, Reply, calls, says

QUESTION = "Which clients do we have?"
SENTENCES = ("Acme is a client. ", "Globex is one too. ", "These are all of them.")
FIRST_TEXT, FINISHED, POST = "first text", "finished", "a bare post"


class Timed(LLMServer):
    """Remembers when it had said its first whole sentence."""

    said_at = 0.0

    def next_reply(self, request: dict[str, object]) -> Reply:
        reply = super().next_reply(request)
        self.said_at = time.perf_counter()
        return reply


async def measure(turns: int, model: ChatModel, server: Timed | None) -> dict[str, list[float]]:
    """Milliseconds by what was measured."""
    found: dict[str, list[float]] = {FIRST_TEXT: [], FINISHED: [], POST: []}
    async with AsyncExitStack() as closing:
        slack = await open_slack(playground=Playground(limits_on=False))
        closing.push_async_callback(slack.server.stop)
        settings = demo_settings(
            {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=Path(closing.enter_context(tempfile.TemporaryDirectory())),
        )
        houston = await closing.enter_async_context(running(settings, model=model))
        await houston.clients.open("acme", "Acme")
        await houston.clients.open("globex", "Globex")
        mira = slack.person("mira")
        channel = (await mira.dm()).id
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.server.api_url)
        for turn in range(turns + 1):
            begun = time.perf_counter()
            question = await mira.say(channel, QUESTION)
            first = await _seen_at(mira, channel, question.ts, lambda message: bool(message.text))
            end = await _seen_at(mira, channel, question.ts, lambda message: not message.is_streaming)
            if turn:
                since = server.said_at if server else begun
                found[FIRST_TEXT].append(1000 * (first - since))
                found[FINISHED].append(1000 * (end - begun))
                begun = time.perf_counter()
                await client.chat_postMessage(channel=channel, text="A bare post")
                found[POST].append(1000 * (time.perf_counter() - begun))
    return found


async def _seen_at(person: Person, channel: str, ts: str, wanted: Callable[[Message], bool]) -> float:
    def seen() -> bool | None:
        return any(each.bot_id and wanted(each) for each in person.messages(channel, ts)) or None

    await person.wait_for(seen)
    return time.perf_counter()


async def main(turns: int) -> None:
    print(f"{turns} questions each; medians and 90th percentiles in ms")
    patterns = await measure(turns, PatternsModel(), None)
    say("patterns: question → first text", patterns[FIRST_TEXT], patterns[POST])
    say("patterns: question → finished answer", patterns[FINISHED], patterns[POST])
    script = [calls(Call(name="list_clients")), says(*SENTENCES)] * (turns + 2)
    server = Timed(script)
    async with server:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=server.url)
        llm = await measure(turns, model, server)
        await model.close()
    say("llm: its first complete sentence → Slack's first text", llm[FIRST_TEXT], llm[POST])
    say("llm: question → finished answer (two replies at once)", llm[FINISHED], llm[POST])


def say(what: str, times: list[float], posts: list[float]) -> None:
    middle, late = statistics.median(times), statistics.quantiles(times, n=10)[-1]
    ratio = middle / statistics.median(posts)
    print(f"{what:<58} {middle:8.1f} {late:8.1f}   {ratio:6.1f} × a bare post")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=20)
    asyncio.run(main(parser.parse_args().turns))
