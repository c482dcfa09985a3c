"""Mission Control, “Configuring notifications”: which events reach which channel, and who is told by DM."""

from typing import Any

import pytest

from bot.playground.state import Channel, View
from houston import access
from houston.notify.vocabulary import EVENT_TYPES
from store.tables import Client
from tests.bot.conftest import House
from tests.e2e.originals.happenings import joined, rule
from tests.e2e.originals.screen import nothing_else, posted, read

pytestmark = pytest.mark.slow

TYPES = [
    "System Errors",
    "Outlier Alerts",
    "Task Failures",
    "Daily Digest",
    "Note Created",
    "Note Updated",
]
"""In the original's table, in its order."""


async def form(house: House) -> View:
    await house.bob.run(house.general.id, "/houston rules add")
    return await house.modal(house.bob)


async def add(house: House, channel: Channel, **values: Any) -> None:
    filled = {"channel": [channel.id], "event_type": "task_failure", "client": "all", "active": ["active"]}
    view = await form(house)
    await house.bob.suggestions(view, "channel")
    result = await house.bob.submit(view, filled | values)
    assert result.ok, result


async def fails(house: House, client: Client | None, job: str, state: str = "failed") -> None:
    await house.houston.task_runs.report(
        access.everything(), job=job, run_id="1", state=state, client_id=client.id if client else None
    )


def block(view: View, block_id: str) -> dict[str, Any] | None:
    return next((each for each in view.blocks if each.get("block_id") == block_id), None)


async def test_invite_the_bot_to_channels_and_it_says_that_it_is_ready(house: House) -> None:
    channel = house.slack.channel("alerts", with_bot=False)
    await rule(house, "outlier")
    await house.alice.invite(channel.id)
    message = await posted(house, channel, "👋 Houston here, and ready.")
    assert "No notification posts to this channel yet; an admin can add one." in read(house, message)[0]


async def test_select_a_channel_only_channels_the_bot_has_been_invited_to_appear(house: House) -> None:
    house.slack.channel("marketing-budget", with_bot=False)
    invited = await joined(house, "marketing-alerts")
    view = await form(house)
    offered = await house.bob.suggestions(view, "channel", "marketing")
    assert [each["value"] for each in offered] == [invited.id]


async def test_choose_the_notification_type_every_one_of_the_table_is_offered(house: House) -> None:
    element = (block(await form(house), "event_type") or {})["element"]
    offered = [each["text"]["text"] for each in element["options"]]
    assert offered == list(EVENT_TYPES.values())
    assert offered[: len(TYPES)] == TYPES


async def test_select_a_client_scopes_the_notification(house: House) -> None:
    await add(house, house.general, client=str(house.acme.id))
    await fails(house, house.globex, "load_globex")
    await fails(house, None, "load_nobody")
    await fails(house, house.acme, "load_acme")
    await posted(house, house.general, "⚠️ Task failed: load_acme")
    await nothing_else(house, house.general, 1)


async def test_all_clients_receives_notifications_for_every_client(house: House) -> None:
    await add(house, house.general, client="all")
    await fails(house, house.globex, "load_globex")
    await fails(house, house.acme, "load_acme")
    assert "👤 Client: Globex" in read(house, await posted(house, house.general, "load_globex"))
    assert "👤 Client: Acme" in read(house, await posted(house, house.general, "load_acme"))


async def test_client_users_do_not_see_the_client_field_and_get_their_own_data_only(house: House) -> None:
    await house.become_client()
    view = await form(house)
    assert block(view, "client") is None
    await house.bob.suggestions(view, "channel")
    values = {"channel": [house.general.id], "event_type": "task_failure", "active": ["active"]}
    assert (await house.bob.submit(view, values)).ok
    await fails(house, house.globex, "load_globex")
    await fails(house, house.acme, "load_acme")
    message = await posted(house, house.general, "load_acme")
    assert not [line for line in read(house, message) if "Client" in line]
    await nothing_else(house, house.general, 1)


async def test_toggle_active_lets_you_disable_a_notification_without_deleting_it(house: House) -> None:
    await add(house, house.general, active=[])
    await fails(house, house.acme, "load_unheard")
    await nothing_else(house, house.general, 0)
    await house.ran(house.bob, "/houston rules resume 1", "Resumed: *#1*")
    await fails(house, house.acme, "load_heard")
    await posted(house, house.general, "load_heard")
    await house.ran(house.bob, "/houston rules pause 1", "Paused: *#1*")
    await fails(house, house.acme, "load_unheard_again")
    await nothing_else(house, house.general, 1)


async def test_multiple_rules_for_the_same_channel_outlier_alerts_and_note_updates(house: House) -> None:
    channel = await joined(house, "marketing-alerts")
    await add(house, channel, event_type="task_failure")
    await add(house, channel, event_type="note_created")
    await fails(house, house.acme, "load_acme")
    await posted(house, channel, "⚠️ Task failed: load_acme")
    await house.ran(house.alice, "/houston note --client acme Budget raised", "Budget")
    await posted(house, channel, "📝 Note: Budget raised")
    await nothing_else(house, channel, 2)


async def test_two_rules_for_one_channel_and_event_post_it_once(house: House) -> None:
    await add(house, house.general, client="all")
    await add(house, house.general, client=str(house.acme.id))
    await fails(house, house.acme, "load_acme")
    await posted(house, house.general, "load_acme")
    await nothing_else(house, house.general, 1)


async def test_target_resolution_severity_filtering(house: House) -> None:
    await add(house, house.general, severity="critical")
    await fails(house, house.acme, "load_shaky")
    await fails(house, house.acme, "load_dead", state="dead_letter")
    await posted(house, house.general, "☠️ Task in dead letter: load_dead")
    await nothing_else(house, house.general, 1)


async def test_dm_to_opted_in_users(house: House) -> None:
    """Alice opted in to what concerns Acme; Bob did not."""
    await house.alice.run(house.general.id, "/houston prefs")
    values = {"event_types": ["task_failure"], "clients": [str(house.acme.id)], "active": ["active"]}
    view = await house.modal(house.alice)
    await house.alice.suggestions(view, "clients")
    assert (await house.alice.submit(view, values)).ok
    await fails(house, house.globex, "load_globex")
    await fails(house, house.acme, "load_acme")
    dm = await house.alice.dm()
    await posted(house, dm, "⚠️ Task failed: load_acme")
    await nothing_else(house, dm, 1)
    await nothing_else(house, await house.bob.dm(), 0)
