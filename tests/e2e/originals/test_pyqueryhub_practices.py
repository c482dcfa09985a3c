"""PyQueryHub, “Testing Your Configuration” and “Best Practices”."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from houston.notify.quiet.hours import QuietHours
from houston.watch.policy import Verdict
from tests.bot.conftest import House, shown
from tests.e2e.originals.happenings import alert, in_new_york, joined, receipt, rule
from tests.e2e.originals.screen import becomes, buttons, nothing_else, posted, read, said
from tests.recorded import recorded

pytestmark = pytest.mark.slow

AT = in_new_york(2024, 12, 15, 14, 14)
LATER = in_new_york(2024, 12, 15, 16, 32)


async def sales(house: House, revenue: str, at: datetime = AT, **more: Any) -> None:
    verdict: Verdict = "breach" if float(revenue) < 10_000 else "ok"
    await alert(house, "Sales", "Q4 Dashboard", {"Revenue < 10000": revenue}, at=at, verdict=verdict, **more)


async def test_create_test_alert_and_check_the_slack_channel(house: House) -> None:
    """With a threshold that is easily met it appears, formatted, in the channel and in the receipts."""
    channel = await joined(house, "alerts-test")
    await rule(house, "data_alert", channel)
    await alert(house, "Test", "Test", {"Rows >= 0": "1"}, at=AT)
    lines = read(house, await posted(house, channel, "🚨 Alert Triggered: Test"))
    assert lines[-2] == "1. Rows >= 0 (Current: 1)"
    await receipt(house, "✅ sent")


async def test_houston_test_says_whether_a_message_arrives(house: House) -> None:
    await house.ran(house.bob, "/houston test #general", "A test message has arrived")
    await posted(house, house.general, "🔔 This is a test from Houston.")


async def test_test_bot_commands_try_mentioning_the_bot_in_channels(house: House) -> None:
    asked = await house.alice.say(house.general.id, "@Houston are you there?")
    await house.seen(house.alice, house.general, "Spend rose overnight.", thread_ts=asked.ts)


async def test_test_resolution_messages_work_when_conditions_improve(house: House) -> None:
    await rule(house, "data_alert")
    await sales(house, "8750")
    message = await posted(house, house.general, "🚨 Alert Triggered: Sales")
    await sales(house, "12300", LATER)
    await becomes(house, message, "✅ Alert Resolved: Sales")
    await posted(house, house.general, "This alert has returned to an 'ok' state", thread_ts=message.ts)


async def test_avoid_spam_an_alert_that_stays_broken_is_one_message(house: House) -> None:
    await rule(house, "data_alert")
    for minutes in range(12):
        await sales(house, "8750", AT + timedelta(minutes=5 * minutes))
    await posted(house, house.general, "🚨 Alert Triggered: Sales")
    await nothing_else(house, house.general, 1)


async def test_quiet_hours_respect_team_schedules_for_non_critical_alerts(house: House) -> None:
    """What is critical comes; the rest waits, and one summary says what fired and what is over."""
    local = datetime.now(UTC)
    text = f"daily {local - timedelta(hours=2):%H:%M}-{local + timedelta(hours=2):%H:%M}"
    quiet = QuietHours.parse(text, "UTC", critical_passes=True)
    await rule(house, "data_alert", quiet_hours=quiet)
    await sales(house, "8750")
    await alert(house, "Fire", "Servers", {"Heat > 90": "99"}, at=AT, severity="critical")
    await alert(house, "Signups", "Growth", {"Signups < 5": "2"}, at=AT)
    await sales(house, "12300", LATER)
    await posted(house, house.general, "🚨 Alert Triggered: Fire")
    await nothing_else(house, house.general, 1)
    await receipt(house, "(quiet hours)")
    await let_go(house)
    summary = await posted(house, house.general, "🌙 While it was quiet")
    text = said(house, summary)
    assert "Still on · 1" in text
    assert "Signups" in text.partition("Still on")[2].partition("Fired and cleared")[0]
    assert "Sales" in text.partition("Fired and cleared")[2]
    assert "Fire:" not in text
    await nothing_else(house, house.general, 2)


async def let_go(house: House) -> None:
    """As when the quiet hours end."""
    async with house.houston.store.begin() as uow:
        workspace_id = house.slack.workspace.id
        await uow.deliveries.release(workspace_id=workspace_id, bundle_prefix="quiet:", now=datetime.now(UTC))
        await uow.commit()


async def test_message_clarity_context_specific_values_and_links(house: House) -> None:
    await rule(house, "data_alert")
    await sales(house, "8750", runbook="https://wiki.example/sales")
    message = await posted(house, house.general, "🚨 Alert Triggered: Sales")
    lines = read(house, message)
    assert "📊 Report: Q4 Dashboard" in lines
    assert "1. Revenue < 10000 (Current: 8,750)" in lines
    assert buttons(message)["View Report"].startswith("https://reports.example/")


async def test_document_procedures_the_runbook_is_linked(house: House) -> None:
    await rule(house, "data_alert")
    await sales(house, "8750", runbook="https://wiki.example/sales")
    message = await posted(house, house.general, "📖 Runbook: What to do")
    assert "<https://wiki.example/sales|What to do>" in shown(message)


async def test_assign_ownership_the_owner_is_mentioned_and_people_see_who_has_it(house: House) -> None:
    await rule(house, "data_alert")
    await sales(house, "8750", owner=house.bob.user_id)
    message = await recorded(house.houston, await posted(house, house.general, "🙋 Owner: @bob"))
    await house.alice.click("acknowledge", message=message)
    await becomes(house, message, "👀 Acknowledged by @alice")


async def test_use_descriptive_consistent_names(house: House) -> None:
    """An alias names the team and the purpose; two of the same name are refused."""
    channel = await joined(house, "sales")
    await rule(house, "data_alert", channel)
    listed = await house.ran(house.bob, "/houston destinations", "1 destination")
    await house.bob.click("edit_destination", message=listed)
    form = await house.modal(house.bob)
    assert (await house.bob.submit(form, {"alias": "Sales Team - Revenue Alerts"})).ok
    await house.ran(house.bob, "/houston test sales team - revenue alerts", "A test message has arrived")


async def test_review_regularly_the_first_digest_of_a_month_names_what_fails(house: House) -> None:
    channel = await joined(house, "old")
    await rule(house, "data_alert", channel)
    await rule(house, "daily_digest")
    await house.alice.kick(channel.id)
    await sales(house, "8750")
    await posted(house, await house.bob.dm(), "could not be delivered")
    setup = await house.houston.digest_setup.switch(house.admin, on=True)
    assert setup.next_at
    await house.houston.digests.due(setup.next_at)
    digest = said(house, await posted(house, house.general, "☀️ Daily digest"))
    assert "🧹 Once a month: is all of this still needed?" in digest
    assert "💀 Does not work" in digest
