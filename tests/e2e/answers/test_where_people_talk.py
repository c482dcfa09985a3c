"""What begins a conversation with Houston and what does not, on the sample agency in the local Slack."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.connect import clients
from bot.demo import open_slack
from bot.playground.state import Playground
from tests.agent.llm_server import says
from tests.e2e.answers.conftest import Sample
from tests.e2e.answers.reading import cards, said
from tests.e2e.answers.talk import Conversation, talk
from tests.e2e.conftest import QUICK
from tests.patience import PATIENCE

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_the_messages_tab_proposes_what_can_be_answered(sample: Sample) -> None:
    """An open outlier and yesterday's failures, each answered when it is pressed."""
    mira = await sample.talk()
    await mira.person.open_home("messages")
    offered = await mira.person.wait_for(
        lambda: sample.slack.server.playground.prompts.get(mira.channel), timeout=PATIENCE
    )
    titles = [each["title"] for each in offered.prompts]
    assert titles[0] == "Spend on google-ads at Acme Outfitters: why?"
    assert any("failed yesterday" in each for each in titles)
    for prompt in offered.prompts:
        answer = await mira.ask(prompt["message"])
        assert cards(answer), said(answer)
        assert "I would rather not guess" not in said(answer)
        assert "⚠️" not in said(answer)


async def test_a_command_asks_too(sample: Sample) -> None:
    ada = await sample.talk("ada", channel="client-notes")
    assert (await ada.person.run(ada.channel, "/houston ask --client acme which notes are open?")).ok
    await ada.told("**Check the conversion tag**")


async def test_what_a_program_says_is_no_question(sample: Sample) -> None:
    playground, home = sample.slack.server.playground, sample.slack.workspace.id
    robot = playground.create_app({"display_information": {"name": "Robot"}, **ROBOT})
    token = playground.install(robot, home)
    channel = sample.slack.channel("marketing-alerts")
    playground.join(channel, robot.installations[home].bot_user_id)
    houston = sample.slack.app.installations[home].bot_user_id
    async with clients.session() as http:
        client = clients.plain(http, base_url=sample.slack.server.api_url)
        posted = await client.chat_postMessage(
            token=token, channel=channel, text=f"<@{houston}> which clients are there?"
        )
    ada = await sample.talk("ada")
    await ada.ask("which clients are there?")
    replies = ada.person.messages(channel, posted["ts"])
    assert len(replies) == 1, "whatever was to be heard before that question has been heard"


ROBOT = {
    "features": {"bot_user": {"display_name": "Robot"}},
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}},
}


async def test_after_half_an_hour_a_thread_needs_a_mention_again(tmp_path: Path) -> None:
    ahead = timedelta()
    playground = Playground(timings=QUICK, limits_on=False, now=lambda: time.time() + ahead.total_seconds())
    slack = await open_slack(playground=playground)
    try:
        async with talk(slack, tmp_path, says("Here I am.")) as found:
            room = slack.channel("marketing-alerts")
            mira = Conversation(found.person, room, found.houston)
            await mira.ask("@Houston are you there?")
            await mira.more("And now?")
            ahead = timedelta(minutes=31)
            await mira.say("And now?", under=mira.thread_ts)
            await found.ask("Are you there?")
            assert len(mira.replies()) == 2
            await mira.more("@Houston and now?")
            assert len(mira.replies()) == 3
    finally:
        await slack.server.stop()
