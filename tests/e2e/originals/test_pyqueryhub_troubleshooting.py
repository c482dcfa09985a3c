"""PyQueryHub, “Troubleshooting”: each trouble is told in plain words, with what to do, and mended so."""

import asyncio

import pytest

from bot.connect import clients, own_apps
from bot.playground.state import Channel
from houston import access
from tests.bot.conftest import House
from tests.e2e.originals.happenings import (
    added,
    alert,
    in_new_york,
    joined,
    receipt,
    rule,
    told,
    undelivered,
    webhook,
)
from tests.e2e.originals.screen import nothing_else, posted, said
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

AT = in_new_york(2024, 12, 15, 14, 14)


async def replayed(house: House, channel: Channel, title: str) -> None:
    """Once it is mended, the button brings what did not arrive."""
    await house.bob.click("replay_delivery", message=await undelivered(house))
    await posted(house, channel, title)


async def served(house: House, *, active: bool) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await house.houston.workspaces.get(house.slack.workspace.id)).active != active:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_slack_workspace_not_connected_is_mended_by_a_reinstall(house: House) -> None:
    await rule(house, "note_created")
    slack = house.slack
    slack.playground.uninstall(slack.app, slack.workspace.id)
    await served(house, active=False)
    plain = clients.plain(slack.http, base_url=slack.server.api_url)
    token = slack.playground.install(slack.app, slack.workspace.id)
    await own_apps.add(
        house.houston, plain, access.operator(), bot_token=token, app_token=slack.app.app_token
    )
    await served(house, active=True)
    slack.playground.join(house.general.id, slack.bot.id)
    await house.ran(house.bob, "/houston status", "🔌 Slack")
    await told(house, "Back again")
    await posted(house, house.general, "Back again")


async def test_channel_access_restricted_says_to_invite_the_bot_and_then_it_arrives(house: House) -> None:
    channel = await joined(house, "private-alerts", is_private=True)
    await rule(house, "note_created", channel)
    await house.alice.kick(channel.id)
    await told(house, "Budget raised")
    await undelivered(house, "it was deleted, or it is private", "/invite @Houston")
    await house.alice.invite(channel.id)
    await house.seen(house.alice, channel, "These notifications post here")
    await replayed(house, channel, "Budget raised")


async def test_messages_not_appearing_in_slack_bot_may_not_have_permissions(house: House) -> None:
    await rule(house, "note_created")
    house.slack.app.installations[house.slack.workspace.id].scopes.discard("chat:write")
    await told(house, "Budget raised")
    await undelivered(house, "Houston lacks the Slack permission chat:write", "reinstall")
    house.slack.app.installations[house.slack.workspace.id].scopes.add("chat:write")
    await replayed(house, house.general, "Budget raised")


async def test_messages_not_appearing_in_slack_says_where_to_look(house: House) -> None:
    """An admin is told at once, and the status counts it."""
    await rule(house, "note_created")
    await house.alice.kick(house.general.id)
    await told(house, "Budget raised")
    dm = await posted(house, await house.bob.dm(), "could not be delivered")
    assert "/invite @Houston" in said(house, dm)
    await house.ran(house.bob, "/houston status", "not delivered")


async def test_http_400_invalid_payload_names_the_message_and_leaves_the_destination_alone(
    house: House,
) -> None:
    id = await added(house, "webhook", "Ops", webhook(house))
    await rule(house, "note_created", destination_ids=(id,), channels=())
    house.slack.playground.faults.fail("webhook", status=400, text="invalid_payload")
    await told(house, "Refused")
    await undelivered(house, "Slack refused the layout of this message.")
    [kept] = [each for each in await house.houston.destinations.all(house.scope) if each.id == id]
    assert (kept.error, kept.failures) == ("", 0)
    await told(house, "Taken")
    await posted(house, house.general, "Taken")


async def test_http_403_channel_is_archived_unarchive_the_channel(house: House) -> None:
    channel = await joined(house, "old-alerts")
    await rule(house, "note_created", channel)
    house.slack.playground.set_archived(channel.id, True, by=house.bob.user_id)
    await told(house, "Budget raised")
    await undelivered(house, "This channel is archived. Unarchive it, or choose another channel.")
    house.slack.playground.set_archived(channel.id, False, by=house.bob.user_id)
    await replayed(house, channel, "Budget raised")


async def test_http_404_channel_not_found_verify_that_it_exists_and_recreate_the_webhook(
    house: House,
) -> None:
    id = await added(house, "webhook", "Ops", webhook(house))
    await rule(house, "note_created", destination_ids=(id,), channels=())
    house.slack.playground.faults.fail("webhook", status=404, text="channel_not_found")
    await told(house, "Budget raised")
    await undelivered(house, "This webhook's channel was deleted.", "Make a new one")


async def test_http_429_rate_limit_exceeded_is_handled_with_no_action_needed(house: House) -> None:
    await rule(house, "note_created")
    house.slack.playground.faults.rate_limit("chat.postMessage", retry_after=1)
    await told(house, "Budget raised")
    await posted(house, house.general, "Budget raised")
    await nothing_else(house, house.general, 1)
    answered = await house.ran(house.bob, "/houston deliveries dead", "arrived")
    assert "Every message arrived, or is on its way." in said(house, answered)


async def test_alert_not_triggering_its_rules_are_not_met(house: House) -> None:
    """Nothing was sent, and Slack is connected: so it is the rules of the alert."""
    await rule(house, "data_alert")
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "12,300"}, at=AT, verdict="ok")
    await nothing_else(house, house.general, 0)
    status = await house.ran(house.bob, "/houston status", "🔌 Slack")
    assert "🔌 Slack: ✅ Connected" in said(house, status)
    assert "🔔 Notifications: 1 active of 1" in said(house, status)
    await receipt(house, "Nothing was sent yet.")


async def test_alert_not_triggering_the_notification_is_paused(house: House) -> None:
    await rule(house, "data_alert", active=False)
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT)
    await nothing_else(house, house.general, 0)
    await house.ran(house.bob, "/houston rules", "⏸ Paused")
    assert "0 active of 1" in said(house, await house.ran(house.bob, "/houston status", "0 active"))


async def test_webhook_url_revoked_by_slack_create_a_new_one_and_update_the_channel(house: House) -> None:
    id = await added(house, "webhook", "Ops", webhook(house))
    await rule(house, "note_created", destination_ids=(id,), channels=())
    for hook in house.slack.playground.webhooks.values():
        hook.is_active = False
    await told(house, "Budget raised")
    dm = await posted(house, await house.bob.dm(), "A message for Ops could not be delivered.")
    assert "Slack has revoked or deleted this webhook." in said(house, dm)
    listed = await house.ran(house.bob, "/houston destinations", "revoked or deleted")
    await house.bob.click("edit_destination", message=listed)
    form = await house.modal(house.bob)
    assert (await house.bob.submit(form, {"url": webhook(house)})).ok
    await house.seen(house.bob, house.general, "Saved: *Ops*")
    await replayed(house, house.general, "Budget raised")
