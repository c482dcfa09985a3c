"""How many calls to Slack an answer takes, and how long many answers at once wait at Slack's limits.

    uv run python -m tests.bench.slack_calls [--at-once N]

Over the local Slack with Slack's rate limits, by the real SDK. The sample agency answers by patterns; a
scripted OpenAI server types a sentence every 200 ms.
"""

import argparse
import asyncio
import json
import logging
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from app import running
from bot.demo import furnish, open_slack
from bot.playground.limits import RateLimits
from bot.playground.person import Person
from bot.playground.state import Message, Playground
from houston.agent.llm.model import OpenAIModel
from houston.agent.messages import ChatModel
from houston.agent.patterns.model import PatternsModel
from houston.config import SHOP, demo_settings
from tests.agent.llm_server import Call, LLMServer, Reply, calls, says

TYPES = 0.2
"""Seconds between two sentences of the language model."""

PATIENCE = 150.0
SENTENCES = tuple(f"This is sentence {chr(97 + number)}. " for number in range(26))
RULES = Call(name="rules")
NAMES = ("rules", "destinations", "alerts", "reports", "episodes", "notes")
LOOKUPS = tuple(Call(name=name, id=name) for name in NAMES)
METHODS = ("chat.startStream", "chat.appendStream", "chat.stopStream", "chat.postMessage", "chat.update")
STATUS = "assistant.threads.setStatus"


class Typist(LLMServer):
    """Says one chunk after another, as a model does."""

    async def _stream(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for chunk in reply.chunks:
            if '"content": "' in json.dumps(chunk):
                await asyncio.sleep(TYPES)
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
        await response.write(b"data: [DONE]\n\n")
        return response


@dataclass(kw_only=True)
class Desk:
    """Those who ask, each in a direct conversation, and the local Slack that counts."""

    playground: Playground
    people: list[Person]

    async def ask(self, who: int, text: str) -> tuple[float, float]:
        """Seconds to the first text and to the finished answer."""
        person, begun = self.people[who], time.perf_counter()
        question = await person.say((await person.dm()).id, text)
        first = await _seen(person, question, lambda message: bool(_said(message)))
        end = await _seen(person, question, _is_finished)
        return first - begun, end - begun

    async def settle(self) -> None:
        """Until no call came for half a second."""
        heard = self.playground.traffic.calls
        while heard and heard[-1].at > self.playground.now() - 0.5:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    def counted(self) -> Counter[str]:
        heard = self.playground.traffic.calls
        found = Counter(each.method for each in heard)
        found["429"] = sum(each.status == 429 for each in heard)
        return found


async def _seen(person: Person, question: Message, wanted: Callable[[Message], bool]) -> float:
    def seen() -> bool | None:
        found = person.messages(question.channel, question.ts)
        return any(each.bot_id and wanted(each) for each in found) or None

    await person.wait_for(seen, timeout=PATIENCE)
    return time.perf_counter()


def _said(message: Message) -> str:
    return "".join(block["text"] for block in message.blocks if block["type"] == "markdown")


def _is_finished(message: Message) -> bool:
    """The thumbs under it come last."""
    return not message.is_streaming and any(block["type"] == "context_actions" for block in message.blocks)


@asynccontextmanager
async def desk(model: ChatModel, crowd_of: int, *, furnished: bool = False) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as closing:
        playground = Playground()
        slack = await open_slack(playground=playground)
        closing.push_async_callback(slack.server.stop)
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        settings = demo_settings(
            {},
            api_url=slack.server.api_url,
            app_token=slack.app.app_token,
            bot_token=slack.bot_token,
            data_dir=folder,
        )
        houston = await closing.enter_async_context(running(settings, model=model))
        planted = datetime.now(UTC)
        if furnished:
            await furnish(houston, slack, now=lambda: planted, files=folder / SHOP)
        home = slack.workspace.id
        users = [playground.add_user(home, f"asker-{number}") for number in range(crowd_of)]
        people = [Person(playground, home, user.id) for user in users]
        yield Desk(playground=playground, people=[slack.person("mira"), *people])


async def alone(at: Desk, name: str, question: str) -> None:
    """One answer, by method."""
    at.playground.rates = RateLimits(at.playground.now)
    at.playground.traffic.calls.clear()
    first, end = await at.ask(0, question)
    await at.settle()
    found = at.counted()
    said = "  ".join(f"{found[method]:>6}" for method in (*METHODS, STATUS))
    total = sum(found[method] for method in (*METHODS, STATUS))
    print(f"{name:<44} {said}  {total:>6}   {first:6.2f} {end:6.2f}", flush=True)


async def crowd(at: Desk, name: str, questions: Sequence[str]) -> None:
    """So many people in the same moment."""
    at.playground.rates = RateLimits(at.playground.now)
    at.playground.traffic.calls.clear()
    took = await asyncio.gather(*(at.ask(who, question) for who, question in enumerate(questions, 1)))
    await at.settle()
    found = at.counted()
    firsts, ends = ([each[which] for each in took] for which in (0, 1))
    total = sum(found[method] for method in (*METHODS, STATUS)) / len(questions)
    print(
        f"{name:<44} {total:6.1f} calls each, {found['429']:>4} refused;"
        f" first text {statistics.median(firsts):5.1f} s (worst {max(firsts):5.1f}),"
        f" finished {statistics.median(ends):5.1f} s (worst {max(ends):5.1f})",
        flush=True,
    )


async def main(at_once: int) -> None:
    heads = ("start", "append", "stop", "post", "update", "status", "all")
    print(f"{'one answer':<44} {'  '.join(f'{each:>6}' for each in heads)}    first    end")
    async with desk(PatternsModel(), at_once, furnished=True) as at:
        await alone(at, "patterns: one look-up", "--client acme how much did we spend last week?")
        await alone(at, "patterns: overview", "what should I know today?")
        asked = [f"--client acme spend in the last {each + 2} days?" for each in range(at_once)]
        await crowd(at, f"patterns: {at_once} at once", asked)
    async with Typist([]) as server:
        model = OpenAIModel(api_key="sk-test", model="scripted", base_url=server.url)
        async with desk(model, at_once) as at:
            server.play(calls(RULES), says(*SENTENCES[:3]))
            await alone(at, "model: one look-up, 3 sentences", "And the rules?")
            server.play(calls(*LOOKUPS), says(*SENTENCES))
            await alone(at, "model: 6 look-ups, 26 sentences in 5 s", "Tell me all of it")
            server.play(*map(calls, LOOKUPS), says(*SENTENCES))
            await alone(at, "model: 6 steps, 26 sentences in 5 s", "Step by step please")
            server.play(says(*SENTENCES))
            await crowd(at, f"model: {at_once} at once", ["Tell me all of it"] * at_once)
        await model.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at-once", type=int, default=30)
    logging.disable(logging.ERROR)
    asyncio.run(main(parser.parse_args().at_once))
