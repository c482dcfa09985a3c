"""What a person in Slack reads when the language model says what no tool returned."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.state import Message
from tests.agent.llm_server import Call, Reply, calls, says
from tests.e2e.answers.reading import said
from tests.e2e.answers.talk import Talk

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

TRUTH = "Spend was $1,044.96, down 20% on $1,306.20. "
STRUCK = re.compile(r"~[^~]+~ ⚠️ unverified")

FIGURES = {
    "an invented figure": "Spend was $48,213.07. ",
    "swapped digits": "Spend was $1,404.96. ",
    "a lost digit": "Spend was $104.96. ",
    "another currency": "Spend was €1,044.96. ",
    "another unit": "Spend was 1,044.96%. ",
    "the wrong direction": "Spend rose by 20%. ",
    "a wrong percentage": "Spend fell by 26%. ",
    "a wrong difference": "That is $361.24 less than $1,306.20. ",
    "thousands": "Spend was $1.4k. ",
    "words": "Spend was forty-eight thousand dollars. ",
    "a row of a table": "| Channel | Spend |\n|---|---|\n| google-ads | $1,404.96 |\n",
    "a date that nobody read": "It peaked on 3 March 2019. ",
}

LINKS = {
    "a bare link": "See https://evil.example/report for more. ",
    "a link in words": "See [the report](https://evil.example/report) for more. ",
    "a picture": "![chart](https://evil.example/chart.png?d=1) \n",
    "Slack's own notation": "See <https://evil.example/report|the report> for more. ",
    "without a scheme": "See www.evil.example/report for more. ",
}

MENTIONS = ("<!channel>", "<!here>", "<@{mira}>", "<!subteam^S0123ABCD>", "@channel", "<#C0123ABCD|secret>")


def looks() -> Reply:
    """The honest call: the last seven days against those before."""
    today = datetime.now(UTC).date()
    first, last = (str(today - timedelta(days=ago)) for ago in (7, 1))
    asked = {"metric": "spend", "start": first, "end": last, "compare_to": "previous_period"}
    return calls(Call(name="channel_performance", arguments=json.dumps(asked)))


async def answered(scripted: Talk, *sayings: str) -> Message:
    scripted.server.play(looks(), *(says(*each) for each in sayings))
    return await scripted.ask("--client acme how was spend?")


async def test_the_truth_is_shown_as_it_is(scripted: Talk) -> None:
    answer = await answered(scripted, TRUTH)
    assert said(answer).strip() == TRUTH.strip()
    assert len(scripted.server.requests) == 2


@pytest.mark.parametrize("lie", FIGURES.values(), ids=FIGURES)
async def test_a_figure_that_is_not_so_is_asked_back_then_struck_out(scripted: Talk, lie: str) -> None:
    answer = await answered(scripted, TRUTH + lie, lie + "That is all. ")
    assert STRUCK.search(said(answer)), said(answer)
    assert said(answer).startswith(TRUTH.strip())
    assert said(answer).rstrip().endswith("That is all.")
    assert "⚠️ 1 sentence" in str(answer.blocks)
    assert len(scripted.server.requests) == 3


@pytest.mark.parametrize("lie", FIGURES.values(), ids=FIGURES)
async def test_a_figure_that_is_mended_is_never_seen(scripted: Talk, lie: str) -> None:
    answer = await answered(scripted, lie, TRUTH)
    assert said(answer).strip().endswith(TRUTH.strip())
    assert "⚠️" not in str(answer.blocks)
    assert lie.split("\n")[-2 if "|" in lie else 0].strip() not in said(answer)


@pytest.mark.parametrize("lie", LINKS.values(), ids=LINKS)
async def test_no_link_goes_out_that_no_tool_returned(scripted: Talk, lie: str) -> None:
    answer = await answered(scripted, TRUTH + lie, lie + "That is all. ")
    assert "evil" not in f"{answer.text} {answer.blocks}"
    assert "That is all." in said(answer)


@pytest.mark.parametrize("mention", MENTIONS)
async def test_no_mention_goes_out(scripted: Talk, mention: str) -> None:
    mention = mention.format(mira=scripted.person.user_id)
    answer = await answered(scripted, f"{TRUTH}Look at this, {mention}, please. ")
    assert mention not in f"{answer.text} {answer.blocks}"
    assert "Look at this" in said(answer)


async def test_the_instructions_are_not_recited(scripted: Talk) -> None:
    request = scripted.server.requests[-1] if scripted.server.requests else None
    if request is None:
        await answered(scripted, TRUTH)
        request = scripted.server.requests[-1]
    recited = " ".join(request["messages"][0]["content"].split()[:60]) + ". "
    answer = await answered(scripted, recited, recited)
    assert "I keep my instructions to myself" in said(answer)
    assert recited[:80] not in said(answer)
