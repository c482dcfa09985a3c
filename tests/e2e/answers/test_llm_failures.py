"""What people see in Slack when the language model's server behaves, and when it does not."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo import DemoSlack
from bot.playground.state import Message
from tests.agent.llm_server import (
    Call,
    Reply,
    breaks_after,
    calls,
    fails_after,
    refuses,
    says,
    stalls_after,
)
from tests.e2e.answers.talk import HASTY, PATIENT, talk

pytestmark = pytest.mark.slow

SPEND = json.dumps({"metric": "spend", "start": "2026-11-01", "end": "2026-11-07"})
CLIENTS = "Which clients do we have?"
BY_RULES = "nswered by rules: the language model is not available"


def whole(message: Message) -> str:
    """Everything that can be read of a message."""
    return f"{message.text} {message.blocks}"


async def test_parallel_tool_calls_split_over_chunks_are_put_together(
    slack: DemoSlack, tmp_path: Path
) -> None:
    wanted = (Call(name="list_clients", id="a"), Call(name="list_metrics", id="b"))
    script = (calls(*wanted, parts=4), says("You have ", "two clients.", " Acme is one."))
    async with talk(slack, tmp_path, *script) as mira:
        answer = await mira.ask("Who are our clients?")
        assert "You have two clients. Acme is one." in whole(answer)
        results = [each for each in mira.server.requests[1]["messages"] if each["role"] == "tool"]
        assert [each["tool_call_id"] for each in results] == ["a", "b"]
        assert "Acme Outfitters" in results[0]["content"]
        assert json.loads(results[0]["content"])["ref"] == "r1"


async def test_the_client_named_in_the_first_message_stays_for_the_thread(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (calls(Call(name="channel_performance", arguments=SPEND)), says("Here it is."))
    async with talk(slack, tmp_path, *script) as mira:
        assert "Here it is." in whole(await mira.ask("--client globex how was spend?"))
        assert "Globex Travel" in mira.server.requests[0]["messages"][0]["content"]
        assert "--client" not in mira.server.requests[0]["messages"][-1]["content"]


async def test_a_busy_model_is_asked_again_and_the_person_notices_nothing(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (refuses(429, Retry_After="0"), refuses(500), says("All good."))
    async with talk(slack, tmp_path, *script) as mira:
        answer = whole(await mira.ask("Hello?"))
        assert "All good." in answer
        assert BY_RULES not in answer
        assert len(mira.server.requests) == 3


@pytest.mark.parametrize("broken", [breaks_after, fails_after, stalls_after], ids=["cut", "error", "stall"])
async def test_an_answer_that_breaks_off_goes_on_where_it_stopped(
    slack: DemoSlack, tmp_path: Path, broken: Callable[..., Reply]
) -> None:
    script = (broken("Spend rose. ", "It was the"), says("Spend rose. ", "Clicks stayed."))
    async with talk(slack, tmp_path, *script, patience=replace(PATIENT, between_chunks=1)) as mira:
        answer = (await mira.ask("What happened?")).text
        assert answer.startswith("Spend rose. Clicks stayed."), "nothing is said twice"


async def test_rules_answer_while_something_only_an_admin_can_mend_is_wrong(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (
        refuses(401),
        refuses(403),
        refuses(404, "model_not_found"),
        refuses(429, "insufficient_quota"),
    )
    causes = (
        "refused Houston's key (401). Check OPENAI_API_KEY.",
        "may not use the model “scripted” (403).",
        "“scripted” is not known at its server (404).",
        "no credit left (429 insufficient_quota).",
    )
    async with talk(slack, tmp_path, *script) as mira:
        for cause in causes:
            answer = whole(await mira.ask(CLIENTS))
            assert BY_RULES in answer
            assert "OPENAI" not in answer, "settings are for admins alone"
            await mira.told(cause)
        assert "scripted 4" not in mira.everything(), "the provider's own words stay in the log"


async def test_a_model_that_stays_away_is_stood_in_for_by_rules(slack: DemoSlack, tmp_path: Path) -> None:
    script = (refuses(429, Retry_After="60"), refuses(500), stalls_after(), breaks_after(), fails_after())
    async with talk(slack, tmp_path, *script, patience=replace(HASTY, tries=1)) as mira:
        for _ in script:
            answer = whole(await mira.ask(CLIENTS))
            assert BY_RULES in answer
            assert "Globex Travel" in answer


async def test_what_rules_do_not_understand_ends_in_a_plain_sentence(
    slack: DemoSlack, tmp_path: Path
) -> None:
    async with talk(slack, tmp_path, refuses(401), who="jonas") as jonas:
        answer = whole(await jonas.ask("Write me a limerick on the sea"))
        assert "My language model is not set up as it should be" in answer
        assert "OPENAI" not in answer


async def test_bad_arguments_and_unknown_tools_are_told_to_the_model_which_mends_them(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (
        calls(Call(name="channel_performance", arguments='{"metric": "spend", "start": ')),
        calls(Call(name="no_such_tool")),
        says("I found nothing."),
    )
    async with talk(slack, tmp_path, *script) as mira:
        assert "I found nothing." in whole(await mira.ask("Spend?"))
        told = [each["content"] for each in mira.server.requests[2]["messages"] if each["role"] == "tool"]
        assert len(told) == 2
        assert "no_such_tool" in told[1]


async def test_a_reply_that_stops_early_says_so(slack: DemoSlack, tmp_path: Path) -> None:
    replies = {
        "I ran into my length limit here": says("The answer is long", reason="length"),
        "became too long before it began": says(reason="length"),
        "held this answer back": says("It is", reason="content_filter"),
    }
    async with talk(slack, tmp_path, *replies.values()) as mira:
        for words in replies:
            answer = whole(await mira.ask("Write me a limerick on the sea"))
            assert words in answer
            assert "Traceback" not in answer


async def test_a_refusal_is_shown_as_the_model_worded_it(slack: DemoSlack, tmp_path: Path) -> None:
    chunk = {"index": 0, "delta": {"refusal": "I cannot help with that."}, "finish_reason": None}
    first = says("x").chunks[0]
    reply = Reply(chunks=({**first, "choices": [chunk]}, *says().chunks[1:]))
    async with talk(slack, tmp_path, reply) as mira:
        assert "I cannot help with that." in whole(await mira.ask("Do something bad"))


async def test_a_figure_that_no_tool_returned_is_asked_back_and_then_marked(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (
        calls(Call(name="list_clients")),
        says("You have clients. ", "Together they earned $48,213. ", "That is all."),
        says("Together they earned $48,213. ", "That is all."),
    )
    async with talk(slack, tmp_path, *script) as mira:
        answer = (await mira.ask(CLIENTS)).text
        assert answer.count("You have clients.") == 1
        assert "⚠️ unverified" in answer
        assert "That is all." in answer
        assert "48,213" in mira.server.requests[2]["messages"][-1]["content"]


async def test_a_conversation_too_long_for_the_model_is_told_in_short_and_asked_again(
    slack: DemoSlack, tmp_path: Path
) -> None:
    script = (says("First."), refuses(400, "context_length_exceeded"), says("Second."))
    async with talk(slack, tmp_path, *script) as mira:
        await mira.ask(CLIENTS)
        assert "Second." in whole(await mira.ask("And now?"))
