"""PyQueryHub, “Custom Webhook Integration”: the response codes, the limits of a webhook, its security."""

import pytest

from tests.bot.conftest import House, shown
from tests.e2e.originals.happenings import (
    added,
    alert,
    in_new_york,
    receipt,
    rule,
    told,
    undelivered,
    webhook,
)
from tests.e2e.originals.screen import posted, read

pytestmark = pytest.mark.slow

AT = in_new_york(2024, 12, 15, 14, 14)

REFUSED = {
    (400, "invalid_payload"): "Slack refused the layout of this message.",
    (400, "no_text"): "Slack refused this message as empty.",
    (400, "too_many_attachments"): "Slack refused this message for what is attached to it.",
    (403, "channel_is_archived"): "This webhook's channel is archived. Unarchive it in Slack",
    (403, "action_prohibited"): "An admin can allow it there.",
    (404, "channel_not_found"): "This webhook's channel was deleted.",
    (404, "no_service"): "Slack has revoked or deleted this webhook.",
    (410, "channel_is_archived"): "This webhook's channel is archived. Unarchive it in Slack",
}
"""The originals' “Client Error Responses”, with what an admin reads."""


async def ops(house: House, event_type: str = "note_created") -> None:
    """A webhook that gets events of this type."""
    id = await added(house, "webhook", "Ops", webhook(house))
    await rule(house, event_type, channels=(), destination_ids=(id,))


async def test_200_ok_message_posted_successfully(house: House) -> None:
    await ops(house)
    await told(house, "Budget raised")
    message = await posted(house, house.general, "📝 Note: Budget raised")
    assert message.subtype == "bot_message"
    answered = await receipt(house, "✅ sent")
    assert "→ Ops" in shown(answered)


@pytest.mark.parametrize(("status", "code"), REFUSED)
async def test_client_error_responses(house: House, status: int, code: str) -> None:
    await ops(house)
    house.slack.playground.faults.fail("webhook", status=status, text=code)
    await told(house, "Budget raised")
    await undelivered(house, REFUSED[status, code], "1 try")


@pytest.mark.parametrize("status", [500, 503])
async def test_server_error_responses_are_tried_again(house: House, status: int) -> None:
    await ops(house)
    house.slack.playground.faults.fail("webhook", status=status)
    await told(house, "Budget raised")
    await posted(house, house.general, "📝 Note: Budget raised")
    await receipt(house, "2 tries")


async def test_429_response_is_waited_for_and_retried(house: House) -> None:
    await ops(house)
    house.slack.playground.faults.rate_limit("webhook", retry_after=1)
    await told(house, "Budget raised")
    await posted(house, house.general, "📝 Note: Budget raised")
    await receipt(house, "2 tries")


async def test_no_interactive_responses_the_message_has_links_only(house: House) -> None:
    await ops(house, "data_alert")
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT)
    message = await posted(house, house.general, "🚨 Alert Triggered: Sales")
    assert read(house, message)[-1] == "[View Report]"


async def test_webhooks_are_one_way_so_the_resolution_is_a_message_of_its_own(house: House) -> None:
    await ops(house, "data_alert")
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "8,750"}, at=AT)
    message = await posted(house, house.general, "🚨 Alert Triggered: Sales")
    later = in_new_york(2024, 12, 15, 16, 32)
    await alert(house, "Sales", "Q4", {"Revenue < 10000": "12,300"}, at=later, verdict="ok")
    await posted(house, house.general, "✅ Alert Resolved: Sales")
    assert read(house, message)[0] == "🚨 Alert Triggered: Sales"


async def test_connection_testing_webhook_validity_is_tested_before_saving(house: House) -> None:
    url = webhook(house)
    house.slack.playground.faults.fail("webhook", status=403, text="action_prohibited")
    listed = await house.ran(house.bob, "/houston destinations", "destination")
    await house.bob.click("add_webhook", message=listed)
    form = await house.modal(house.bob)
    result = await house.bob.submit(form, {"alias": "Ops", "url": url})
    assert "so it was not kept" in result.errors["url"]
    assert await house.houston.destinations.all(house.scope) == []
    assert (await house.bob.submit(form, {"alias": "Ops", "url": url})).ok
    await posted(house, house.general, "This is a test from Houston.")


async def test_access_control_only_workspace_administrators_can_configure_webhook_channels(
    house: House,
) -> None:
    await house.ran(house.alice, "/houston destinations", "Only Houston's admins")


async def test_audit_logging_and_the_url_is_never_shown_again(house: House) -> None:
    url = webhook(house)
    await added(house, "webhook", "Ops", url)
    secret = url.rpartition("/")[2]
    entry = await house.ran(house.bob, "/houston audit", "destination.added")
    listed = await house.ran(house.bob, "/houston destinations", "*Ops* · 🪝 Slack webhook")
    assert secret not in shown(entry) + shown(listed)
    assert "Bob Best" in shown(entry) or f"<@{house.bob.user_id}>" in shown(entry)


async def test_rate_limiting_one_message_a_second_with_short_bursts(house: House) -> None:
    """All arrive, in order, one by one, and Slack has to say 429 at most once."""
    await ops(house)
    house.slack.playground.limits_on = True
    for number in range(6):
        await told(house, f"Note {number}")
    await posted(house, house.general, "📝 Note: Note 5")
    there = [read(house, each)[0] for each in house.slack.playground.messages[house.general.id].values()]
    assert [title for title in there if "📝" in title] == [f"📝 Note: Note {n}" for n in range(6)]
    assert house.slack.playground.traffic.limited("webhook").total() <= 1
