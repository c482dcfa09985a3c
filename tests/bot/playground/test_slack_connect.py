"""A channel that two workspaces share: who is a stranger to whom, and what each payload says about it."""

from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.playground.nouns import Channel, Workspace
from bot.playground.person import NotAllowed, Person
from tests.bot.playground.conftest import MANIFEST, Recorder, Slack, recording
from tests.bot.playground.test_workspaces import BUTTON

Json = dict[str, Any]
MODAL = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [{"type": "divider"}],
}


class Shared:
    """Northwind's channel, which Acme's Zoe is in; the app is installed at Northwind alone."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.acme: Workspace = slack.playground.add_workspace("Acme")
        self.zoe: Person = slack.add_person(self.acme, "zoe", real_name="Zoe Zimmer", is_admin=True)
        self.room: Channel = slack.channel("with-acme")

    def open(self) -> None:
        self.slack.playground.share_channel(self.room.id, self.acme.id, members=[self.zoe.user])


@pytest.fixture
async def shared(slack: Slack) -> Shared:
    found = Shared(slack)
    found.open()
    return found


async def test_sharing_and_unsharing_are_told(slack: Slack) -> None:
    bolt, shared = slack.bolt(), Shared(slack)
    heard = recording(bolt, "channel_shared", "channel_unshared")
    async with slack.connected(bolt):
        shared.open()
        opened = await heard["channel_shared"].next()
        slack.playground.unshare_channel(shared.room.id, shared.acme.id)
        closed = (await heard["channel_unshared"].next())["event"]
    assert opened["event"]["connected_team_id"] == shared.acme.id
    assert opened["event"]["channel"] == shared.room.id
    assert opened["is_ext_shared_channel"] is True
    assert closed["previously_connected_team_id"] == shared.acme.id
    assert closed["is_ext_shared"] is False
    with pytest.raises(NotAllowed, match="no such channel"):
        await shared.zoe.say(shared.room.id, "still there?")


async def test_the_channel_says_with_whom_it_is_shared(slack: Slack, shared: Shared) -> None:
    info = (await slack.client.conversations_info(channel=shared.room.id))["channel"]
    assert (info["is_ext_shared"], info["is_shared"]) == (True, True)
    assert info["shared_team_ids"] == [slack.workspace.id, shared.acme.id]
    assert info["connected_team_ids"] == [shared.acme.id]
    assert (info["conversation_host_id"], info["context_team_id"]) == (slack.workspace.id, slack.workspace.id)
    listed = (await slack.client.users_conversations())["channels"]
    assert {each["name"]: each["is_ext_shared"] for each in listed} == {"general": False, "with-acme": True}


async def test_members_of_both_workspaces_are_listed_in_pages(slack: Slack, shared: Shared) -> None:
    found: list[str] = []
    async for page in await slack.client.conversations_members(channel=shared.room.id, limit=2):
        assert len(page["members"]) <= 2
        found += page["members"]
    assert set(found) == {slack.alice.user_id, slack.bot_id, shared.zoe.user_id}


async def test_a_stranger_is_described_with_less(slack: Slack, shared: Shared) -> None:
    granted = [*MANIFEST["oauth_config"]["scopes"]["bot"], "users:read.email"]
    slack.playground.install(slack.app, slack.workspace.id, scopes=granted)
    user = (await slack.client.users_info(user=shared.zoe.user_id))["user"]
    own = (await slack.client.users_info(user=slack.alice.user_id))["user"]
    assert (user["team_id"], user["is_stranger"], user["real_name"]) == (shared.acme.id, True, "Zoe Zimmer")
    assert "email" not in user["profile"]
    assert "is_admin" not in user
    assert "is_stranger" not in own
    assert own["profile"]["email"] == slack.alice.user.email


async def test_people_who_share_no_channel_stay_unknown(slack: Slack, shared: Shared) -> None:
    yan = slack.add_person(shared.acme, "yan")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await slack.client.users_info(user=yan.user_id)
    with pytest.raises(SlackApiError, match="user_not_found"):
        await slack.client.conversations_open(users=shared.zoe.user_id)


async def test_a_strangers_message_names_the_authors_workspace(slack: Slack, shared: Shared) -> None:
    bolt, contexts = slack.bolt_everywhere(), list[AsyncBoltContext]()
    heard = Recorder()

    @bolt.event("message")
    async def listen(body: Json, context: AsyncBoltContext) -> None:
        contexts.append(context)
        await heard(body)

    async with slack.connected(bolt):
        await shared.zoe.say(shared.room.id, "hello from Acme")
        body = await heard.next()
        await slack.alice.say(shared.room.id, "hello from Northwind")
        own = await heard.next()
    event = body["event"]
    assert {event[name] for name in ("team", "user_team", "source_team")} == {shared.acme.id}
    assert event["user_profile"]["team"] == shared.acme.id
    assert body["is_ext_shared_channel"] is True
    assert body["team_id"] == shared.acme.id
    assert body["authorizations"][0]["team_id"] == slack.workspace.id
    assert (contexts[0].team_id, contexts[0].actor_team_id) == (slack.workspace.id, shared.acme.id)
    assert contexts[0].actor_user_id == shared.zoe.user_id
    assert own["event"]["team"] == slack.workspace.id
    assert "user_team" not in own["event"]
    history = (await slack.client.conversations_history(channel=shared.room.id))["messages"]
    assert [each.get("user_team") for each in history] == [None, shared.acme.id]


async def test_a_strangers_mention_is_seen_from_the_apps_side(slack: Slack, shared: Shared) -> None:
    bolt, actors = slack.bolt_everywhere(), Recorder()

    @bolt.event("app_mention")
    async def listen(body: Json, context: AsyncBoltContext) -> None:
        await actors({"body": body, "actor": context.actor_team_id, "team": context.team_id})

    async with slack.connected(bolt):
        await shared.zoe.say(shared.room.id, "@Robin can you help?")
        found = await actors.next()
    event = found["body"]["event"]
    assert (event["team"], event["user_team"]) == (slack.workspace.id, shared.acme.id)
    assert (found["team"], found["actor"]) == (slack.workspace.id, shared.acme.id)


async def test_a_stranger_presses_a_button_and_fills_a_form(slack: Slack, shared: Shared) -> None:
    bolt, seen = slack.bolt_everywhere(), Recorder()

    @bolt.action("go")
    async def click(ack: Any, body: Json, client: Any, context: AsyncBoltContext) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await seen({"body": body, "team": context.team_id})

    @bolt.view("ask")
    async def submit(ack: Any, body: Json, context: AsyncBoltContext) -> None:
        await ack()
        await seen({"body": body, "team": context.team_id})

    async with slack.connected(bolt):
        posted = await slack.client.chat_postMessage(channel=shared.room.id, text="?", blocks=[BUTTON])
        message = slack.playground.messages[shared.room.id][posted["ts"]]
        assert (await shared.zoe.click("go", message=message)).ok
        pressed = await seen.next()
        view = await shared.zoe.wait_for(shared.zoe.open_modal)
        await shared.zoe.submit(view, {})
        sent = await seen.next()
    assert pressed["body"]["team"]["id"] == slack.workspace.id
    assert pressed["body"]["user"]["team_id"] == shared.acme.id
    assert sent["body"]["team"]["id"] == sent["body"]["user"]["team_id"] == shared.acme.id
    assert sent["body"]["view"]["app_installed_team_id"] == slack.workspace.id
    assert (pressed["team"], sent["team"]) == (slack.workspace.id, slack.workspace.id)


async def test_a_strangers_joining_is_told(slack: Slack, shared: Shared) -> None:
    yan = slack.add_person(shared.acme, "yan")
    bolt = slack.bolt_everywhere()
    heard = recording(bolt, "member_joined_channel")
    async with slack.connected(bolt):
        await yan.join(shared.room.id)
        body = await heard["member_joined_channel"].next()
    assert (body["event"]["user"], body["event"]["team"]) == (yan.user_id, shared.acme.id)
    assert (body["team_id"], body["context_team_id"]) == (slack.workspace.id, slack.workspace.id)


async def test_strangers_cannot_run_the_apps_commands(slack: Slack, shared: Shared) -> None:
    bolt, ran = slack.bolt_everywhere(), Recorder()

    @bolt.command("/robin")
    async def command(ack: Any, body: Json) -> None:
        await ack()
        await ran(body)

    async with slack.connected(bolt):
        result = await shared.zoe.run(shared.room.id, "/robin help")
        assert (await slack.alice.run(shared.room.id, "/robin help")).ok
        body = await ran.next()
    assert result.error == "invalid_command"
    assert body["user_id"] == slack.alice.user_id


async def test_an_answer_that_only_the_stranger_sees(slack: Slack, shared: Shared) -> None:
    await slack.client.chat_postEphemeral(channel=shared.room.id, user=shared.zoe.user_id, text="between us")
    assert [each.text for each in shared.zoe.messages(shared.room.id)] == ["between us"]
    assert slack.alice.messages(shared.room.id) == []


async def test_an_app_that_is_in_there_twice_hears_a_message_once(slack: Slack, shared: Shared) -> None:
    slack.playground.install(slack.app, shared.acme.id)
    bolt = slack.bolt_everywhere()
    heard = recording(bolt, "message", "app_mention")
    async with slack.connected(bolt):
        await shared.zoe.invite(shared.room.id)
        joined = await heard["message"].next()
        await shared.zoe.say(shared.room.id, "first")
        await shared.zoe.say(shared.room.id, "@Robin hello")
        told = [joined, await heard["message"].next(), await heard["message"].next()]
        mention = await heard["app_mention"].next()
    assert heard["message"].is_empty
    assert len({each["event"]["text"] for each in told}) == 3
    assert [each["authorizations"][0]["team_id"] for each in told] == [slack.workspace.id] * 3
    assert mention["authorizations"][0]["team_id"] == shared.acme.id


async def test_each_side_changes_only_what_its_own_bot_wrote(slack: Slack, shared: Shared) -> None:
    token = slack.playground.install(slack.app, shared.acme.id)
    await shared.zoe.invite(shared.room.id)
    posted = await slack.client.chat_postMessage(channel=shared.room.id, text="ours")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await slack.web_client(token).chat_update(channel=shared.room.id, ts=posted["ts"], text="theirs")


def test_only_workspaces_that_share_the_channel_have_people_in_it(slack: Slack) -> None:
    outsider = slack.add_person(slack.playground.add_workspace("Elsewhere"), "eve")
    with pytest.raises(ValueError, match="not shared"):
        slack.playground.join(slack.general.id, outsider.user_id)


async def test_other_workspaces_see_nothing_of_it(slack: Slack, shared: Shared) -> None:
    eve = slack.add_person(slack.playground.add_workspace("Elsewhere"), "eve")
    assert shared.room not in eve.visible_channels()
    with pytest.raises(NotAllowed):
        await eve.join(shared.room.id)
