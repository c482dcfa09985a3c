import asyncio
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext

from bot.connect import clients, installs, own_apps
from bot.connect.manifest import manifest
from houston import access
from houston.errors import Invalid
from houston.notify.rules.rules import RuleDraft
from houston.team.invitations import InstallRefused
from store.tables import Channel, Workspace
from tests.bot.conftest import House, now
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow


async def offered(house: House) -> list[Channel]:
    return await house.houston.channels.offered(house.scope, "", private_ids=())


async def names(house: House) -> list[str]:
    return [channel.name for channel in await offered(house)]


async def settled(house: House) -> None:
    """Events come one after the other: what came before this invitation has been handled."""
    channel = house.slack.channel(f"settled-{len(house.slack.playground.channels)}", with_bot=False)
    await house.alice.invite(channel.id)
    await house.seen(house.alice, channel, "Houston here")
    await house.connection.running.drain(PATIENCE)


async def test_at_the_start_houston_knows_where_it_is(house: House) -> None:
    workspace = await house.houston.workspaces.get(house.slack.workspace.id)
    assert (workspace.name, workspace.bot_user_id) == ("Northwind", house.slack.bot.id)
    assert await names(house) == ["general"]


async def test_an_invitation_makes_a_channel_offered_and_is_answered(house: House) -> None:
    channel = house.slack.channel("ads", with_bot=False)
    await house.alice.invite(channel.id)
    message = await house.seen(house.alice, channel, "No notification posts to this channel yet")
    assert message.blocks[1]["elements"][0]["action_id"] == "add_rule"
    assert await names(house) == ["ads", "general"]


async def test_coming_back_names_the_rules_that_post_here(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", client_id=house.acme.id)
    await house.houston.rules.add(house.admin, draft)
    await house.alice.kick(house.general.id)
    await settled(house)
    assert "general" not in await names(house)
    await house.alice.invite(house.general.id)
    await house.seen(house.alice, house.general, "*#1* Outlier Alerts")
    assert "general" in await names(house)


async def test_somebody_else_joining_is_not_greeted(house: House) -> None:
    channel = house.slack.channel("open")
    house.slack.playground.join(channel.id, house.bob.user_id)
    await settled(house)
    assert house.slack.posts(channel) == []


async def test_renames_and_archives_are_followed(house: House) -> None:
    house.slack.playground.rename(house.general.id, "town-square", by=house.bob.user_id)
    await settled(house)
    assert "town-square" in await names(house)
    house.slack.playground.set_archived(house.general.id, True, by=house.bob.user_id)
    await settled(house)
    assert "town-square" not in await names(house)
    house.slack.playground.set_archived(house.general.id, False, by=house.bob.user_id)
    await settled(house)
    assert "town-square" in await names(house)


async def served(house: House) -> bool:
    return (await house.houston.workspaces.get(house.slack.workspace.id)).active


async def test_a_removed_app_ends_the_workspace(house: House) -> None:
    house.slack.playground.uninstall(house.slack.app, house.slack.workspace.id)
    async with asyncio.timeout(PATIENCE):
        while await served(house):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    found = await house.houston.workspaces.get(house.slack.workspace.id)
    assert found.inactive_reason in ("app_uninstalled", "tokens_revoked", "account_inactive")


async def removed(house: House, type: str, **changes: Any) -> bool:
    """Whether the workspace is served after such an event."""
    workspace_id = house.slack.workspace.id
    event = {"type": type, "tokens": {"oauth": [], "bot": [house.slack.bot.id]}} | changes.pop("event", {})
    body = {"api_app_id": house.slack.app.id, "event_time": int(now().timestamp())} | changes
    context = AsyncBoltContext({"team_id": workspace_id})
    await installs.removed(event, body, context, house.houston, lambda: None)
    return await served(house)


async def test_somebodys_own_token_is_not_houstons(house: House) -> None:
    assert await removed(house, "tokens_revoked", event={"tokens": {"oauth": ["U1"]}})
    assert not await removed(house, "tokens_revoked")


async def test_the_removal_of_another_app_is_not_houstons(house: House) -> None:
    assert await removed(house, "app_uninstalled", api_app_id="A_OTHER")


async def test_a_removal_told_after_the_next_install_counts_for_nothing(house: House) -> None:
    plain = clients.plain(house.slack.http, base_url=house.slack.server.api_url)
    await own_apps.add(
        house.houston,
        plain,
        access.operator(),
        bot_token=house.slack.token,
        app_token=house.slack.app.app_token,
    )
    earlier = int(now().timestamp()) - 60
    assert await removed(house, "app_uninstalled", event_time=earlier)
    assert not await removed(house, "app_uninstalled")


async def added(house: House, bot_token: str, app_token: str, client: str | None = None) -> Workspace:
    plain = clients.plain(house.slack.http, base_url=house.slack.server.api_url)
    return await own_apps.add(
        house.houston, plain, access.operator(), bot_token=bot_token, app_token=app_token, client=client
    )


async def test_a_workspace_is_added_by_its_tokens(house: House) -> None:
    playground = house.slack.playground
    other, team = playground.create_app(manifest()), playground.add_workspace("Acme Slack")
    token = playground.install(other, team.id)
    workspace = await added(house, token, other.app_token, "acme")
    assert (workspace.kind, workspace.client_id, workspace.app_id) == ("client", house.acme.id, other.id)
    (own,) = await house.houston.workspaces.tokens.own_apps()
    assert own.token == other.app_token
    assert other.app_token not in repr(own)
    with pytest.raises(InstallRefused, match="stays what it was"):
        await added(house, token, other.app_token, "globex")


async def test_tokens_that_do_not_work_are_refused_by_name(house: House) -> None:
    app, token = house.slack.app, house.slack.token
    other = house.slack.playground.create_app(manifest())
    wrong = {
        "xoxb-": ("xoxb-wrong", app.app_token, "bot_token", "does not take the bot token"),
        "person": ("xoxp-1", app.app_token, "bot_token", "begins with xoxb-"),
        "expiring": ("xoxe.xoxb-1-x", app.app_token, "bot_token", "token rotation"),
        "swapped": (token, token, "app_token", "begins with xapp-"),
        "xapp-": (token, "xapp-1-wrong", "app_token", "connections:write"),
        "two apps": (token, other.app_token, "app_token", "different Slack apps"),
    }
    for bot_token, app_token, field, words in wrong.values():
        with pytest.raises(Invalid, match=words) as refused:
            await added(house, bot_token, app_token)
        assert refused.value.field == field
        assert "SLACK_BOT_TOKEN" not in refused.value.message
