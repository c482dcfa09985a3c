"""What a person sees where a question would take too much: steps, calls, tokens, time, memory, money."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from houston.access import Actor
from houston.agent.loop.exchange import LAST_STEP
from houston.agent.loop.limits import Limits
from houston.agent.loop.toolbox import NO_MORE
from tests.actors import agency_admin
from tests.agent.llm_server import Call, Reply, calls, says, stalls_after
from tests.e2e.answers.reading import cards, footer, said
from tests.e2e.answers.talk import Talk

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

RIDDLE = "Write me a limerick on the sea"
"""Nothing that rules would answer."""

RULES = calls(Call(name="rules"))


@pytest.fixture
def limits(scripted: Talk) -> Iterator[Limits]:
    """Those of every turn; a test may set others."""
    usual = scripted.houston.conversations.answers.agent.limits
    yield usual
    scripted.houston.conversations.answers.agent.limits = usual


def day(number: int) -> Call:
    asked = json.dumps({"start": f"2026-03-{number:02}"})
    return Call(name="calendar", arguments=asked, id=f"call_{number}")


def results(request: dict[str, Any]) -> list[str]:
    return [each["content"] for each in request["messages"] if each["role"] == "tool"]


def costing(reply: Reply, tokens: int) -> Reply:
    usage = {"prompt_tokens": tokens, "completion_tokens": 0, "total_tokens": tokens}
    return replace(reply, chunks=(*reply.chunks[:-1], {**reply.chunks[-1], "usage": usage}))


async def test_a_model_that_never_ends_its_steps_is_ended(scripted: Talk, limits: Limits) -> None:
    scripted.server.play(*(calls(day(number)) for number in range(1, 20)))
    answer = await scripted.ask(RIDDLE)
    assert f"I could not finish this in {limits.steps} steps" in said(answer)
    assert len(scripted.server.requests) == limits.steps
    assert not scripted.server.requests[-1].get("tools")


async def test_at_the_last_step_it_answers_with_what_it_has(scripted: Talk, limits: Limits) -> None:
    script = [calls(day(number)) for number in range(1, limits.steps)]
    scripted.server.play(*script, says("I have seen enough."))
    assert "I have seen enough." in said(await scripted.ask(RIDDLE))
    assert scripted.server.requests[-1]["messages"][-1]["content"] == LAST_STEP


async def test_so_many_calls_and_no_more(scripted: Talk, limits: Limits) -> None:
    scripted.server.play(calls(*(day(number) for number in range(1, 29))), says("Enough of days."))
    answer = await scripted.ask(RIDDLE)
    assert "Enough of days." in said(answer)
    told = results(scripted.server.requests[1])
    assert [NO_MORE in each for each in told] == [number >= limits.calls for number in range(28)]
    (card,) = cards(answer)
    assert card.startswith("Looking at ")


async def test_a_question_that_ate_its_tokens_gets_no_more_tools(scripted: Talk, limits: Limits) -> None:
    scripted.server.play(costing(RULES, limits.tokens), says("That is all I found."))
    assert "That is all I found." in said(await scripted.ask(RIDDLE))
    assert not scripted.server.requests[1].get("tools")


async def test_a_question_that_takes_too_long_ends_in_a_plain_sentence(
    scripted: Talk, limits: Limits
) -> None:
    scripted.houston.conversations.answers.agent.limits = replace(limits, seconds=0.2)
    scripted.server.play(stalls_after())
    assert "This took me too long" in said(await scripted.ask(RIDDLE))


async def test_one_that_rules_understand_is_answered_by_them_instead(scripted: Talk, limits: Limits) -> None:
    scripted.houston.conversations.answers.agent.limits = replace(limits, seconds=0.2)
    scripted.server.play(stalls_after())
    answer = await scripted.ask("Which clients do we have?")
    assert "Globex Travel" in said(answer)
    assert "nswered by rules" in footer(answer)


async def test_the_same_call_is_made_once(scripted: Talk) -> None:
    again = calls(Call(name="rules", id="call_2"), Call(name="rules", id="call_3"))
    scripted.server.play(RULES, again, says("There are none."))
    answer = await scripted.ask(RIDDLE)
    assert cards(answer) == ["Looking up the rules"]
    told = [json.loads(each) for each in results(scripted.server.requests[2])]
    assert [each.get("same_as") for each in told] == [None, "call_1", "call_1"]
    assert [each["ref"] for each in told] == ["r1", "r1", "r1"]


async def test_older_results_are_told_in_short(scripted: Talk) -> None:
    many = calls(Call(name="metric_series", arguments=json.dumps(series())))
    scripted.server.play(many, *[says("It is so.")] * 6)
    await scripted.ask(f"--client acme {RIDDLE}")
    whole = results(scripted.server.requests[1])[0]
    for _ in range(4):
        await scripted.more("And?")
    short = results(scripted.server.requests[-1])[0]
    assert '"points":[{' in whole
    assert "left out here; call the tool again" in short
    assert '"points":[{' not in short


def series() -> dict[str, str]:
    today = datetime.now(UTC).date()
    first, last = (str(today - timedelta(days=ago)) for ago in (14, 1))
    return {"metric": "spend", "start": first, "end": last, "every": "day"}


async def test_a_long_conversation_goes_on_from_a_summary(scripted: Talk) -> None:
    spoken = [says("It is so.") for _ in range(21)]
    scripted.server.play(*spoken, says("They asked for limericks."), says("And on it goes."))
    await scripted.ask(RIDDLE)
    for _ in range(20):
        await scripted.more("Another one")
    assert "And on it goes." in said(await scripted.more("Another one"))
    asked = scripted.server.requests[-1]["messages"]
    assert "They asked for limericks." in asked[0]["content"]
    assert sum(each["role"] == "user" for each in asked) < 10


@pytest.fixture
def admin(scripted: Talk) -> Actor:
    return agency_admin(scripted.person.workspace_id)


async def test_who_has_spent_their_tokens_is_answered_by_rules(scripted: Talk, admin: Actor) -> None:
    budgets = scripted.houston.budgets
    try:
        await budgets.set(admin, daily=None, member=1)
        scripted.server.play(says("Hello."))
        answer = await scripted.ask("Which clients do we have?")
        assert "Globex Travel" in said(answer)
        assert "your tokens of today are used up" in footer(answer)
        assert "By rules alone I have no answer" in said(await scripted.ask(RIDDLE))
        await budgets.set(admin, daily=1, member=None)
        whole = await scripted.ask("Which clients do we have?")
        assert "tokens of today are used up" in footer(whole)
        await budgets.set(admin, daily=0, member=None)
        assert "uses no language model" in footer(await scripted.ask("Which clients do we have?"))
        assert scripted.server.requests == []
    finally:
        await budgets.set(admin, daily=None, member=None)
