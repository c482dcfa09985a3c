"""Several workspaces with one app, and several apps: each payload says whose it is."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.nouns import App, Channel, Workspace
from bot.playground.person import Person
from tests.bot.playground.conftest import MANIFEST, Recorder, Slack, recording

Json = dict[str, Any]
BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
}


class South:
    """A second workspace in which the app is installed, with somebody in it."""

    def __init__(self, slack: Slack) -> None:
        self.workspace: Workspace = slack.playground.add_workspace("Southwind")
        self.token = slack.playground.install(slack.app, self.workspace.id)
        self.carol: Person = slack.add_person(self.workspace, "carol")
        self.bot_id = slack.app.installations[self.workspace.id].bot_user_id
        members = [self.carol.user, slack.playground.users[self.bot_id]]
        self.room: Channel = slack.playground.add_channel(self.workspace.id, "general", members=members)


@pytest.fixture
def south(slack: Slack) -> South:
    return South(slack)


def _second_app(slack: Slack) -> App:
    features = {**MANIFEST["features"], "bot_user": {"display_name": "Wren"}}
    features["slash_commands"] = [{"command": "/wren", "description": "Talk to Wren"}]
    return slack.playground.create_app({**MANIFEST, "features": features})


async def test_events_name_the_workspace_that_they_are_from(slack: Slack, south: South) -> None:
    bolt = slack.bolt_everywhere()
    heard = recording(bolt, "message", "app_home_opened", "user_change")
    async with slack.connected(bolt):
        await south.carol.say(south.room.id, "over here")
        await south.carol.open_home()
        slack.playground.change_user(south.carol.user_id, is_admin=True)
        bodies = [await recorder.next() for recorder in heard.values()]
        await slack.alice.say(slack.general.id, "and here")
        other = await heard["message"].next()
    for body in bodies:
        assert body["team_id"] == south.workspace.id
        assert body["api_app_id"] == slack.app.id
        assert body["authorizations"][0]["team_id"] == south.workspace.id
        assert body["authorizations"][0]["user_id"] == south.bot_id
    assert other["authorizations"][0]["team_id"] == slack.workspace.id


async def test_commands_and_clicks_name_the_workspace_that_they_are_from(slack: Slack, south: South) -> None:
    bolt, commanded, clicked = slack.bolt_everywhere(), Recorder(), Recorder()

    @bolt.command("/robin")
    async def command(ack: Any, body: Json) -> None:
        await ack()
        await commanded(body)

    @bolt.action("go")
    async def click(ack: Any, body: Json, respond: Any) -> None:
        await ack()
        await respond("gone", replace_original=False)
        await clicked(body)

    async with slack.connected(bolt):
        await south.carol.run(south.room.id, "/robin help")
        client = slack.web_client(south.token)
        posted = await client.chat_postMessage(channel=south.room.id, text="?", blocks=[BUTTON])
        message = slack.playground.messages[south.room.id][posted["ts"]]
        await south.carol.click("go", message=message)
        ran, pressed = await commanded.next(), await clicked.next()
    assert (ran["team_id"], ran["team_domain"]) == (south.workspace.id, "southwind")
    assert pressed["team"] == {"id": south.workspace.id, "domain": "southwind"}
    assert pressed["user"]["team_id"] == south.workspace.id
    assert south.carol.messages(south.room.id)[-1].user == south.bot_id


async def test_a_token_sees_nothing_of_the_other_workspace(slack: Slack, south: South) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await slack.client.chat_postMessage(channel=south.room.id, text="hello")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await slack.client.users_info(user=south.carol.user_id)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await slack.client.chat_postMessage(channel=south.carol.user_id, text="hello")
    names = [each["id"] for each in (await slack.client.users_conversations())["channels"]]
    assert names == [slack.general.id]


async def test_leaving_one_workspace_leaves_the_other_at_work(slack: Slack, south: South) -> None:
    slack.playground.uninstall(slack.app, slack.workspace.id)
    bolt = slack.bolt_everywhere()
    heard = recording(bolt, "message")
    async with slack.connected(bolt):
        await slack.alice.say(slack.general.id, "nobody hears this")
        await south.carol.say(south.room.id, "but this")
        assert (await heard["message"].next())["event"]["text"] == "but this"


async def test_two_apps_have_their_own_tokens_connections_and_commands(slack: Slack) -> None:
    wren = _second_app(slack)
    token = slack.playground.install(wren, slack.workspace.id)
    await slack.bob.invite(slack.general.id, app=wren)
    robin_bolt, wren_bolt = slack.bolt(), slack.bolt()
    robins, wrens = recording(robin_bolt, "app_mention"), recording(wren_bolt, "app_mention")
    ran = Recorder()

    @wren_bolt.command("/wren")
    async def command(ack: Any, body: Json) -> None:
        await ack()
        await ran(body)

    async with slack.connected(robin_bolt), slack.connected(wren_bolt, wren):
        await slack.alice.say(slack.general.id, "@Wren hello")
        await slack.alice.run(slack.general.id, "/wren now")
        mention, command_body = await wrens["app_mention"].next(), await ran.next()
    assert (mention["api_app_id"], command_body["api_app_id"]) == (wren.id, wren.id)
    assert robins["app_mention"].is_empty
    assert (await slack.web_client(token).auth_test())["user"] == "wren"
    assert (wren.app_token, wren.client_id) != (slack.app.app_token, slack.app.client_id)


async def test_each_app_opens_its_own_connections(slack: Slack) -> None:
    wren = _second_app(slack)
    for app in (slack.app, wren):
        answer = await slack.client.apps_connections_open(app_token=app.app_token)
        assert f"app_id={app.id}" in answer["url"]
