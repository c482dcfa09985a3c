import asyncio

from bot.playground.person import Person
from tests.bot.playground.conftest import Slack, recording


async def test_a_mention_reaches_the_app_both_as_message_and_as_mention(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "message", "app_mention")
    async with slack.connected(bolt):
        await slack.alice.say(slack.general.id, "@Robin hello & <welcome>")
        mention = await heard["app_mention"].next()
        message = await heard["message"].next()
    assert mention["event"]["text"] == f"<@{slack.bot_id}> hello &amp; &lt;welcome&gt;"
    assert message["event"]["channel_type"] == "channel"
    assert message["event"]["client_msg_id"]
    assert message["event"]["blocks"][0]["type"] == "rich_text"
    assert "channel_type" not in mention["event"]
    assert mention["authorizations"][0]["user_id"] == slack.bot_id
    assert mention["event_id"] != message["event_id"]


async def test_a_direct_message_says_that_it_is_one(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "message")
    async with slack.connected(bolt):
        dm = await slack.alice.dm()
        said = await slack.alice.say(dm.id, "hi")
        body = await heard["message"].next()
    assert body["event"]["channel_type"] == "im"
    assert body["event"]["ts"] == said.ts
    assert "thread_ts" not in body["event"]


async def test_edits_and_deletions_carry_both_versions(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "message")
    async with slack.connected(bolt):
        said = await slack.alice.say(slack.general.id, "first")
        await heard["message"].next()
        await slack.alice.edit(slack.general.id, said.ts, "second")
        changed = (await heard["message"].next())["event"]
        await slack.alice.delete(slack.general.id, said.ts)
        deleted = (await heard["message"].next())["event"]
    assert changed["subtype"] == "message_changed"
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("first", "second")
    assert deleted["subtype"] == "message_deleted"
    assert deleted["deleted_ts"] == said.ts


async def test_the_app_hears_nothing_from_channels_without_its_bot(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    bolt = slack.bolt()
    heard = recording(bolt, "message", "app_mention")
    async with slack.connected(bolt):
        await slack.alice.say(other.id, "@Robin can you hear me?")
        await slack.alice.say(slack.general.id, "here you can")
        body = await heard["message"].next()
    assert body["event"]["channel"] == slack.general.id
    assert heard["app_mention"].is_empty


async def test_invited_and_kicked_bots_are_told(slack: Slack) -> None:
    other = slack.channel("other", with_bot=False)
    bolt = slack.bolt()
    heard = recording(bolt, "member_joined_channel", "member_left_channel")
    async with slack.connected(bolt):
        await slack.alice.invite(other.id)
        joined = (await heard["member_joined_channel"].next())["event"]
        await slack.alice.kick(other.id)
        left = (await heard["member_left_channel"].next())["event"]
    assert (joined["user"], joined["inviter"]) == (slack.bot_id, slack.alice.user_id)
    assert (left["user"], left["channel"]) == (slack.bot_id, other.id)
    assert slack.bot_id not in other.members


async def test_renames_and_archives_are_told(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "channel_rename", "channel_archive", "channel_unarchive")
    async with slack.connected(bolt):
        slack.playground.rename(slack.general.id, "everyone", by=slack.bob.user_id)
        renamed = await heard["channel_rename"].next()
        slack.playground.set_archived(slack.general.id, True, by=slack.bob.user_id)
        archived = await heard["channel_archive"].next()
        slack.playground.set_archived(slack.general.id, False, by=slack.bob.user_id)
        await heard["channel_unarchive"].next()
    assert renamed["event"]["channel"]["name"] == "everyone"
    assert archived["event"]["channel"] == slack.general.id


async def test_opening_the_home_tab_is_told_with_the_published_view(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "app_home_opened")
    async with slack.connected(bolt):
        assert await slack.alice.open_home() is None
        first = (await heard["app_home_opened"].next())["event"]
        await slack.client.views_publish(
            user_id=slack.alice.user_id, view={"type": "home", "blocks": [{"type": "divider"}]}
        )
        view = await slack.alice.open_home()
        second = (await heard["app_home_opened"].next())["event"]
        await slack.alice.open_home("messages")
        third = (await heard["app_home_opened"].next())["event"]
    assert "view" not in first
    assert view is not None
    assert second["view"]["id"] == view.id
    assert third["tab"] == "messages"


async def test_uninstalling_revokes_the_token_and_says_so(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "app_uninstalled", "tokens_revoked")
    async with slack.connected(bolt):
        # Bolt asks who it is before it listens, so it has to be asked once while the token is good
        await slack.alice.say(slack.general.id, "hello")
        slack.playground.uninstall(slack.app, slack.workspace.id)
        uninstalled = await heard["app_uninstalled"].next()
        revoked = await heard["tokens_revoked"].next()
    assert uninstalled["team_id"] == slack.workspace.id
    assert revoked["event"]["tokens"] == {"oauth": [], "bot": [slack.bot_id]}


async def test_two_workspaces_share_the_connections_of_one_app(slack: Slack) -> None:
    second = slack.playground.add_workspace("Southwind")
    slack.playground.install(slack.app, second.id)
    bolt = slack.bolt()
    heard = recording(bolt, "message")
    carol = slack.playground.add_user(second.id, "carol")
    bot = slack.playground.users[slack.app.installations[second.id].bot_user_id]
    room = slack.playground.add_channel(second.id, "general", members=[carol, bot])
    async with slack.connected(bolt):
        await Person(slack.playground, second.id, carol.id).say(room.id, "over here")
        body = await heard["message"].next()
    assert body["team_id"] == second.id


async def test_waiting_ends_with_a_timeout_when_nothing_happens(slack: Slack) -> None:
    try:
        await slack.alice.wait_for(lambda: slack.alice.open_modal(), timeout=0.01)
    except TimeoutError:
        return
    raise AssertionError("should have timed out")


async def test_waiting_ends_as_soon_as_the_condition_holds(slack: Slack) -> None:
    waiting = asyncio.create_task(slack.alice.wait_for(lambda: slack.alice.messages(slack.general.id)))
    await asyncio.sleep(0)
    await slack.client.chat_postMessage(channel=slack.general.id, text="done")
    assert (await waiting)[-1].text == "done"
