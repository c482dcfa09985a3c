"""PyQueryHub, notification channels: the default one, aliases, several for one alert, priorities."""

import pytest

from bot.playground.state import View
from tests.bot.conftest import House
from tests.e2e.originals.happenings import added, alert, in_new_york, joined, rule, told, webhook
from tests.e2e.originals.mailbox import mailbox
from tests.e2e.originals.screen import nothing_else, posted, said

pytestmark = pytest.mark.slow

AT = in_new_york(2024, 12, 15, 14, 14)


async def connection(house: House, text: str) -> View:
    await house.bob.open_home()
    await house.bob.click("home_connection", view=await house.home(house.bob, "Overview"))
    return await house.home(house.bob, text)


async def form(house: House) -> View:
    await house.bob.run(house.general.id, "/houston rules add")
    return await house.modal(house.bob)


@pytest.mark.parametrize("is_private", [False, True], ids=["public channels", "private channels"])
async def test_select_default_channel_where_notifications_are_posted_by_default(
    house: House, is_private: bool
) -> None:
    channel = await joined(house, "alerts-general", is_private=is_private)
    view = await connection(house, "Default channel")
    [offered] = await house.bob.suggestions(view, "default_channel", "alerts-gen")
    await house.bob.click("default_channel", view=view, choose=offered)
    view = await house.home(house.bob, "Also what no notification matches")
    await told(house, "Not caught yet")
    await house.bob.click("catches_all", view=view, choose=["on"])
    await house.bob.wait_for(lambda: "initial_options" in str(house.bob.home()) or None)
    await told(house, "Caught")
    await posted(house, channel, "📝 Note: Caught")
    await nothing_else(house, channel, 1)
    [field] = [each for each in (await form(house)).blocks if each.get("block_id") == "channel"]
    assert channel.id in str(field), "it is filled in"


async def test_direct_messages_send_alerts_via_dm(house: House) -> None:
    await house.bob.run(house.general.id, "/houston prefs")
    view = await house.modal(house.bob)
    assert (await house.bob.submit(view, {"event_types": ["data_alert"], "active": ["active"]})).ok
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT)
    await posted(house, await house.bob.dm(), "🚨 Alert Triggered: Sales")


async def test_invite_the_bot_to_private_channels_and_it_confirms_that_it_is_ready(house: House) -> None:
    channel = house.slack.channel("private", with_bot=False, is_private=True)
    await house.alice.invite(channel.id)
    await posted(house, channel, "👋 Houston here, and ready.")


async def test_add_channel_with_alias_type_and_target(house: House) -> None:
    """“DevOps Alerts”: it is offered by its alias in every form from then on."""
    id = await added(house, "webhook", "DevOps Alerts", webhook(house))
    offered = await house.bob.suggestions(await form(house), "channel", "devops")
    assert [each["value"] for each in offered] == [f"destination:{id}"]
    assert "DevOps Alerts" in offered[0]["text"]["text"]


async def test_add_multiple_channels_if_needed_email_slack_etc(house: House) -> None:
    async with mailbox() as box:
        url = f"mailto://127.0.0.1:{box.port}/?mode=insecure&from=houston@x.example&to=ops@x.example"
        mail = await added(house, "service", "Ops by mail", url)
        hook = await added(house, "webhook", "Ops", webhook(house))
        channel = await joined(house, "alerts")
        await rule(house, "data_alert", channels=(channel.id,), destination_ids=(mail, hook))
        await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT)
        await posted(house, channel, "🚨 Alert Triggered: Sales")
        await posted(house, house.general, "🚨 Alert Triggered: Sales")
        await nothing_else(house, channel, 1)
        sent = box.got[-1]
    assert (sent["Subject"], sent["To"]) == ("🚨 Alert Triggered: Sales", "ops@x.example")
    lines = sent.get_content().replace("\r", "").split("\n")
    assert "1. Revenue < 10000 (Current: 8,750)" in lines
    assert "View Report: https://reports.example/42" in lines


async def test_multiple_slack_channels_critical_daily_and_devops(house: House) -> None:
    """Each purpose its own channel, by severity, type and subject."""
    critical, daily, devops = [
        await joined(house, name) for name in ("alerts-critical", "reports-daily", "devops-alerts")
    ]
    await rule(house, "data_alert", critical, minimum_severity="critical")
    await rule(house, "note_created", daily)
    await rule(house, "data_alert", devops, subject="DB*")
    await alert(house, "DB Performance Alert", "Database", {"Connections > 100": "131"}, at=AT)
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT, severity="critical")
    await told(house, "Routine")
    assert "Sales" in said(house, await posted(house, critical, "Alert Triggered"))
    assert "Routine" in said(house, await posted(house, daily, "Note"))
    assert "DB Performance Alert" in said(house, await posted(house, devops, "Alert Triggered"))
    for channel in (critical, daily, devops):
        await nothing_else(house, channel, 1)
