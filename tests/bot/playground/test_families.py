"""Who may call what, and the smaller method families."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.bot.playground.conftest import MANIFEST, Slack


async def test_who_am_i(slack: Slack) -> None:
    answer = await slack.client.auth_test()
    assert (answer["team_id"], answer["user_id"]) == (slack.workspace.id, slack.bot_id)
    assert answer["bot_id"].startswith("B")


@pytest.mark.parametrize(("token", "error"), [("xoxb-no", "invalid_auth"), (None, "not_authed")])
async def test_bad_tokens_are_refused(slack: Slack, token: str | None, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        await slack.web_client(token).auth_test()


async def test_uninstalled_and_revoked_tokens_are_refused_by_name(slack: Slack) -> None:
    slack.playground.uninstall(slack.app, slack.workspace.id)
    with pytest.raises(SlackApiError, match="account_inactive"):
        await slack.client.auth_test()
    client = slack.web_client(slack.playground.install(slack.app, slack.workspace.id))
    assert (await client.auth_test())["user_id"] == slack.bot_id
    await client.auth_revoke()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


async def test_a_missing_scope_is_named_with_those_provided(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.client.conversations_join(channel=slack.general.id)
    response = refused.value.response
    assert (response["error"], response["needed"]) == ("missing_scope", "channels:join")
    assert "chat:write" in response["provided"].split(",")


async def test_an_app_may_join_with_the_scope_for_it(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    granted = [*MANIFEST["oauth_config"]["scopes"]["bot"], "channels:join"]
    client = slack.web_client(slack.playground.install(slack.app, slack.workspace.id, scopes=granted))
    await client.conversations_join(channel=other.id)
    assert slack.bot_id in other.members


async def test_unknown_methods_and_wrong_token_types(slack: Slack) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await slack.client.api_call("chat.shout")
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await slack.web_client(slack.app.app_token).auth_test()


async def test_api_test_echoes_and_fails_on_request(slack: Slack) -> None:
    assert (await slack.client.api_test(foo="bar"))["args"]["foo"] == "bar"
    with pytest.raises(SlackApiError, match="my_error"):
        await slack.client.api_test(error="my_error")


async def test_team_and_bot_are_described(slack: Slack) -> None:
    assert (await slack.client.team_info())["team"]["name"] == "Northwind"
    bot_id = slack.app.installations[slack.workspace.id].bot_id
    assert (await slack.client.bots_info(bot=bot_id))["bot"]["app_id"] == slack.app.id


async def test_users_are_described_without_email_unless_the_scope_is_there(slack: Slack) -> None:
    user = (await slack.client.users_info(user=slack.alice.user_id))["user"]
    assert (user["real_name"], user["tz"]) == ("Alice Able", "Europe/London")
    assert "email" not in user["profile"]
    assert (await slack.client.users_info(user=slack.bob.user_id))["user"]["is_admin"] is True
    with pytest.raises(SlackApiError, match="user_not_found"):
        await slack.client.users_info(user="U0NOBODY")
    names = [each["name"] for each in (await slack.client.users_list())["members"]]
    assert names == ["alice", "bob", "robin"]


async def test_only_known_channels_are_listed(slack: Slack) -> None:
    slack.channel("secret", with_bot=False, is_private=True)
    slack.channel("inner", is_private=True)
    slack.channel("open", with_bot=False)
    types = "public_channel,private_channel"
    listed = (await slack.client.conversations_list(types=types))["channels"]
    assert {each["name"]: each["is_member"] for each in listed} == {
        "general": True,
        "inner": True,
        "open": False,
    }
    mine = (await slack.client.users_conversations(types=types))["channels"]
    assert {each["name"] for each in mine} == {"general", "inner"}


async def test_lists_come_in_pages(slack: Slack) -> None:
    for number in range(3):
        slack.channel(f"c{number}")
    names = []
    async for page in await slack.client.conversations_list(limit=2):
        names.append([each["name"] for each in page["channels"]])
    assert names == [["general", "c0"], ["c1", "c2"]]


async def test_a_channel_is_described_and_its_members_listed(slack: Slack) -> None:
    info = (await slack.client.conversations_info(channel=slack.general.id))["channel"]
    assert (info["name"], info["is_private"], info["is_member"]) == ("general", False, True)
    members = (await slack.client.conversations_members(channel=slack.general.id))["members"]
    assert set(members) == {slack.alice.user_id, slack.bob.user_id, slack.bot_id}


async def test_direct_conversations_are_opened_once(slack: Slack) -> None:
    first = await slack.client.conversations_open(users=slack.alice.user_id)
    second = await slack.client.conversations_open(users=[slack.alice.user_id], return_im=True)
    assert first["channel"]["id"] == second["channel"]["id"] == (await slack.alice.dm()).id
    assert second["channel"]["user"] == slack.alice.user_id


async def test_reactions_are_added_once_and_removed_once(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "nice")
    where = {"channel": slack.general.id, "timestamp": said.ts, "name": "eyes"}
    await slack.client.reactions_add(**where)
    with pytest.raises(SlackApiError, match="already_reacted"):
        await slack.client.reactions_add(**where)
    got = await slack.client.reactions_get(channel=slack.general.id, timestamp=said.ts)
    assert got["message"]["reactions"] == [{"name": "eyes", "users": [slack.bot_id], "count": 1}]
    await slack.client.reactions_remove(**where)
    with pytest.raises(SlackApiError, match="no_reaction"):
        await slack.client.reactions_remove(**where)


async def test_methods_are_held_to_their_tier(slack: Slack) -> None:
    slack.clock.stop()
    for _ in range(20):
        await slack.client.conversations_list()
    with pytest.raises(SlackApiError) as refused:
        await slack.client.conversations_list()
    assert refused.value.response.headers["Retry-After"] == "3"


async def test_a_status_shows_until_it_runs_out_or_is_answered(slack: Slack) -> None:
    said = await slack.alice.say(slack.general.id, "why?")
    thread: dict[str, Any] = {"channel_id": slack.general.id, "thread_ts": said.ts}
    await slack.client.assistant_threads_setStatus(**thread, status="is thinking…")
    assert slack.alice.status(slack.general.id, said.ts) == "is thinking…"
    await slack.client.chat_postMessage(channel=slack.general.id, thread_ts=said.ts, text="because")
    assert slack.alice.status(slack.general.id, said.ts) is None
    await slack.client.assistant_threads_setStatus(**thread, status="is thinking…")
    slack.clock.advance(121)
    assert slack.alice.status(slack.general.id, said.ts) is None
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await slack.client.assistant_threads_setStatus(**thread, status="x", loading_messages=["m"] * 11)


async def test_suggested_prompts_start_as_the_manifests(slack: Slack) -> None:
    dm = await slack.alice.dm()
    first = slack.alice.suggested_prompts(dm.id)
    await slack.client.assistant_threads_setSuggestedPrompts(
        channel_id=dm.id, title="Try", prompts=[{"title": "Why", "message": "Why did revenue fall?"}]
    )
    second = slack.alice.suggested_prompts(dm.id)
    assert first is not None
    assert first.prompts[0]["message"] == "Say hello"
    assert second is not None
    assert (second.title, second.prompts[0]["title"]) == ("Try", "Why")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await slack.client.assistant_threads_setSuggestedPrompts(channel_id=dm.id, prompts=[])


async def test_sessions_have_a_title_and_a_status(slack: Slack) -> None:
    dm = await slack.alice.dm()
    said = await slack.alice.say(dm.id, "hi")
    await slack.client.agents_sessions_setStatus(
        channel_id=dm.id, thread_ts=said.ts, status="processing", title="Greeting"
    )
    assert slack.playground.titles[(dm.id, said.ts)] == "Greeting"
    assert slack.alice.status(dm.id, said.ts)
    await slack.client.agents_sessions_setStatus(channel_id=dm.id, thread_ts=said.ts, status="active")
    assert slack.alice.status(dm.id, said.ts) is None
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await slack.client.agents_sessions_rename(channel_id=dm.id, thread_ts=said.ts, title="x" * 201)
