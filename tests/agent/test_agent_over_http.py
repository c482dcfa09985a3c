"""What a person sees when the model's server behaves, and when it does not."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest

from houston.agent.desk import Desk
from houston.agent.llm.model import OpenAIModel, Patience
from houston.agent.loop.agent import Agent
from houston.agent.loop.limits import Limits
from houston.agent.turn import AgentEvent, Turn
from store.tables import Client
from tests.agent.fakes import context, failed, finished, statuses, text_of
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
from tools import ALL_TOOLS

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.slow]

REVENUE = '{"metric": "revenue", "start": "2026-11-09", "end": "2026-11-15"}'


@asynccontextmanager
async def serving(script: Sequence[Reply]) -> AsyncIterator[tuple[LLMServer, Agent]]:
    async with LLMServer(script) as server:
        model = OpenAIModel(
            api_key="sk-test",
            model="scripted",
            base_url=server.url,
            patience=Patience(first_chunk=1, between_chunks=1),
            sleep=lambda seconds: asyncio.sleep(0),
        )
        yield server, Agent(model=model, tools=ALL_TOOLS, limits=Limits(seconds=10))
        await model.close()


async def ask(agency: tuple[Desk, Mapping[str, Client]], script: Sequence[Reply]) -> list[AgentEvent]:
    desk, clients = agency
    async with serving(script) as (_, agent):
        turn = Turn(question="Revenue last week?", context=context(clients["acme"], desk=desk))
        return [event async for event in agent.answer(turn)]


async def test_parallel_streamed_calls_are_answered_from_true_figures(
    agency: tuple[Desk, Mapping[str, Client]],
) -> None:
    desk, clients = agency
    both = (Call(name="channel_performance", arguments=REVENUE, id="a"), Call(name="notes", id="b"))
    async with serving([calls(*both, parts=5), says("Revenue was ", "$1,250.")]) as (server, agent):
        turn = Turn(question="Revenue last week?", context=context(clients["acme"], desk=desk))
        events = [event async for event in agent.answer(turn)]
    assert text_of(events) == "Revenue was $1,250."
    assert "Reading revenue for Acme, 9–15 Nov" in statuses(events)
    results = [message for message in server.requests[1]["messages"] if message["role"] == "tool"]
    assert '"total":1250.0' in results[0]["content"]
    assert "Salary" not in results[1]["content"]
    assert finished(events).record.usage.prompt_tokens == 240


async def test_bad_arguments_and_unknown_tools_do_not_end_the_turn(
    agency: tuple[Desk, Mapping[str, Client]],
) -> None:
    wrong = calls(Call(name="channel_performance", arguments='{"metric"', id="a"), Call(name="fly", id="b"))
    events = await ask(agency, [wrong, says("Sorry, I could not read that.")])
    assert text_of(events) == "Sorry, I could not read that."


@pytest.mark.parametrize("broken", [breaks_after, fails_after, stalls_after])
async def test_an_answer_that_breaks_off_is_continued(
    agency: tuple[Desk, Mapping[str, Client]], broken: Callable[..., Reply]
) -> None:
    events = await ask(agency, [broken("It rose. And th"), says("It fell again.")])
    finished(events)
    assert text_of(events) == "It rose. It fell again."


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ([refuses(401)], "not set up as it should be"),
        ([refuses(404)], "not set up as it should be"),
        ([refuses(429, "insufficient_quota")], "not set up as it should be"),
        ([refuses(429)], "busy right now"),
        ([refuses(500)], "has trouble right now"),
        ([stalls_after()], "did not answer in time"),
        ([breaks_after()], "Please ask again"),
        ([breaks_after("It rose. And th")], "in the middle of its answer"),
        ([says(reason="content_filter")], "held this answer back"),
        ([says(reason="length")], "ask for less"),
    ],
)
async def test_what_cannot_be_mended_ends_in_one_plain_sentence(
    agency: tuple[Desk, Mapping[str, Client]], script: Sequence[Reply], sentence: str
) -> None:
    events = await asyncio.wait_for(ask(agency, script), PATIENCE)
    said = failed(events).sentence
    assert sentence in said
    assert "Traceback" not in said
    assert "{" not in said
