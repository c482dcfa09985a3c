"""An app's standing in a workspace, and the people in it who come, change and go."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.person import NotAllowed
from tests.bot.playground.conftest import MANIFEST, Slack, recording

Json = dict[str, Any]


def _credentials(slack: Slack) -> Json:
    return {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}


async def test_an_app_uninstalls_itself_and_hears_of_it_when_its_token_is_already_dead(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "app_uninstalled", "tokens_revoked", "message")
    async with slack.connected(bolt):
        await slack.alice.say(slack.general.id, "so that Bolt knows who it is")
        await heard["message"].next()
        await slack.client.apps_uninstall(**_credentials(slack))
        with pytest.raises(SlackApiError, match="account_inactive"):
            await slack.client.auth_test()
        body = await heard["app_uninstalled"].next()
        revoked = await heard["tokens_revoked"].next()
    assert body["event"]["type"] == "app_uninstalled"
    assert revoked["event"]["tokens"] == {"oauth": [], "bot": [slack.bot_id]}
    assert slack.bot_id not in slack.general.members


async def test_uninstalling_needs_the_apps_own_credentials(slack: Slack) -> None:
    other = slack.playground.create_app({"display_information": {"name": "Other"}})
    wrong = {
        "client_id_token_mismatch": {"client_id": other.client_id, "client_secret": other.client_secret},
        "bad_client_secret": _credentials(slack) | {"client_secret": "x"},
        "invalid_client_id": _credentials(slack) | {"client_id": "1.1"},
    }
    for error, credentials in wrong.items():
        slack.clock.advance(60)  # one call a minute is allowed
        with pytest.raises(SlackApiError) as refused:
            await slack.client.apps_uninstall(**credentials)
        assert refused.value.response["error"] == error
    assert (await slack.client.auth_test())["ok"]


async def test_revoking_the_token_retires_the_bot_until_the_next_install(slack: Slack) -> None:
    assert (await slack.client.auth_revoke(test=True))["revoked"] is False
    assert (await slack.client.auth_revoke())["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await slack.client.auth_test()
    assert slack.bot_user.deleted
    assert slack.bot_id not in slack.general.members
    token = slack.playground.install(slack.app, slack.workspace.id)
    assert token != slack.token
    assert not slack.bot_user.deleted


async def test_a_revoked_token_stays_revoked_after_the_next_install(slack: Slack) -> None:
    slack.playground.revoke_token(slack.app, slack.workspace.id)
    slack.playground.install(slack.app, slack.workspace.id)
    with pytest.raises(SlackApiError, match="token_revoked"):
        await slack.client.auth_test()


async def test_changes_of_a_user_are_told_with_the_whole_user(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = recording(bolt, "user_change")
    async with slack.connected(bolt):
        slack.playground.change_user(slack.alice.user_id, tz="Asia/Tokyo", is_admin=True)
        promoted = (await heard["user_change"].next())["event"]
        slack.playground.change_user(slack.alice.user_id, deleted=True)
        left = (await heard["user_change"].next())["event"]
    assert promoted["user"]["id"] == slack.alice.user_id
    assert (promoted["user"]["tz"], promoted["user"]["tz_offset"]) == ("Asia/Tokyo", 32400)
    assert (promoted["user"]["is_admin"], promoted["user"]["deleted"]) == (True, False)
    assert "email" not in promoted["user"]["profile"]
    assert promoted["cache_ts"] == pytest.approx(slack.clock(), abs=30)
    assert left["user"]["deleted"] is True


async def test_somebody_new_is_told(slack: Slack) -> None:
    granted = [*MANIFEST["oauth_config"]["scopes"]["bot"], "users:read.email"]
    slack.playground.install(slack.app, slack.workspace.id, scopes=granted)
    bolt = slack.bolt()
    heard = recording(bolt, "team_join")
    async with slack.connected(bolt):
        cara = slack.playground.join_team(slack.workspace.id, "cara", is_restricted=True)
        user = (await heard["team_join"].next())["event"]["user"]
    assert (user["id"], user["is_restricted"]) == (cara.id, True)
    assert user["profile"]["email"] == cara.email


async def test_without_users_read_nothing_is_told_of_people(slack: Slack) -> None:
    slack.playground.install(slack.app, slack.workspace.id, scopes=["channels:history"])
    bolt = slack.bolt()
    heard = recording(bolt, "user_change", "message")
    async with slack.connected(bolt):
        slack.playground.change_user(slack.alice.user_id, is_admin=True)
        await slack.alice.say(slack.general.id, "hello")
        await heard["message"].next()
    assert heard["user_change"].is_empty


async def test_roles_bring_the_lesser_roles_with_them(slack: Slack) -> None:
    async def roles(user_id: str) -> set[str]:
        user = (await slack.client.users_info(user=user_id))["user"]
        return {name for name in ROLES if user[name]}

    boss = slack.add_person(slack.workspace, "boss", is_primary_owner=True)
    guest = slack.add_person(slack.workspace, "guest", is_ultra_restricted=True)
    assert await roles(boss.user_id) == {"is_primary_owner", "is_owner", "is_admin"}
    assert await roles(guest.user_id) == {"is_restricted", "is_ultra_restricted"}
    slack.playground.change_user(boss.user_id, is_admin=False)
    assert await roles(boss.user_id) == set()


ROLES = ("is_primary_owner", "is_owner", "is_admin", "is_restricted", "is_ultra_restricted")


async def test_guests_see_only_the_channels_that_they_are_in(slack: Slack) -> None:
    open_room = slack.channel("open")
    guest = slack.add_person(slack.workspace, "guest", is_restricted=True)
    slack.playground.join(slack.general.id, guest.user_id)
    await guest.say(slack.general.id, "hi")
    with pytest.raises(NotAllowed, match="no such channel"):
        await guest.say(open_room.id, "hi")
    with pytest.raises(NotAllowed, match="added to channels by others"):
        await guest.join(open_room.id)
    assert open_room not in guest.visible_channels()
