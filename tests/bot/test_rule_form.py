"""Adding and editing a rule, as a person does it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.playground.state import Channel, View
from houston.notify.quiet.hours import QuietHours
from houston.notify.rules.rules import RuleDraft, RuleSeen
from tests.bot.conftest import House, now, shown

pytestmark = pytest.mark.slow


def blocks(view: View) -> list[str]:
    return [block.get("block_id", "") for block in view.blocks]


async def open_form(house: House) -> View:
    await house.bob.run(house.general.id, "/houston rules add")
    return await house.modal(house.bob)


async def joined(house: House, name: str, *, is_private: bool = False) -> Channel:
    """A channel of Alice's to which she has invited Houston."""
    channel = house.slack.channel(name, with_bot=False, is_private=is_private)
    await house.alice.invite(channel.id)
    await house.seen(house.alice, channel, "Houston here")
    return channel


async def filled(house: House, **changes: Any) -> dict[str, Any]:
    values = {
        "channel": [house.general.id],
        "event_type": "outlier",
        "client": str(house.acme.id),
        "severity": "warning",
        "active": ["active"],
    }
    return values | changes


async def only_rule(house: House) -> RuleSeen:
    (rule,) = await house.houston.rules.all(house.scope)
    return rule


async def test_a_rule_is_added_by_the_command(house: House) -> None:
    form = await open_form(house)
    offered = await house.bob.suggestions(form, "channel", "gen")
    assert [each["value"] for each in offered] == [house.general.id]
    result = await house.bob.submit(form, await filled(house))
    assert result.ok, result
    message = await house.seen(house.bob, house.general, "Added: *#1* Outlier Alerts")
    assert message.ephemeral_to == house.bob.user_id
    rule = await only_rule(house)
    assert [each.address for each in rule.destinations] == [house.general.id]
    assert rule.client is not None
    assert (rule.client.slug, rule.minimum_severity, rule.active) == ("acme", "warning", True)
    assert house.bob.open_modal() is None


async def test_a_rule_for_all_clients_may_start_paused(house: House) -> None:
    form = await open_form(house)
    await house.bob.submit(form, await filled(house, client="all", active=[]))
    await house.seen(house.bob, house.general, "All clients · Warning and critical · ⏸ Paused")


async def test_a_form_with_nothing_chosen_changes_nothing(house: House) -> None:
    form = await open_form(house)
    result = await house.bob.submit(form, {})
    assert "channel" in result.errors
    assert await house.houston.rules.all(house.scope) == []


async def test_a_channel_that_houston_has_left_is_named_at_its_field(house: House) -> None:
    other = await joined(house, "other")
    form = await open_form(house)
    await house.bob.suggestions(form, "channel")
    house.bob.fill(form, await filled(house, channel=[other.id]))
    await house.houston.channels.left(house.slack.workspace.id, other.id)
    result = await house.bob.submit(form, {})
    assert "/invite @Houston" in result.errors["channel"]
    assert house.bob.open_modal() is not None


async def test_private_channels_are_offered_to_their_members_only(house: House) -> None:
    secret, closed = (
        await joined(house, "secret", is_private=True),
        await joined(house, "closed", is_private=True),
    )
    house.slack.playground.join(secret.id, house.bob.user_id)
    form = await open_form(house)
    offered = [each["value"] for each in await house.bob.suggestions(form, "channel")]
    assert secret.id in offered
    assert closed.id not in offered


async def test_the_severity_goes_and_comes_with_the_type(house: House) -> None:
    form = await open_form(house)
    assert "severity" in blocks(form)
    await house.bob.click("event_type", view=form, choose="note_created")
    form = await house.modal(house.bob, lambda view: "severity" not in blocks(view))
    await house.bob.click("event_type", view=form, choose="outlier")
    form = await house.modal(house.bob, lambda view: "severity" in blocks(view))
    await house.bob.click("event_type", view=form, choose="note_updated")
    form = await house.modal(house.bob, lambda view: "severity" not in blocks(view))
    values = await filled(house, event_type="note_updated")
    del values["severity"]
    assert (await house.bob.submit(form, values)).ok
    await house.seen(house.bob, house.general, "Note Updated")


async def test_a_rule_is_edited_from_the_home(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", minimum_severity="critical")
    await house.houston.rules.add(house.admin, draft)
    await house.bob.open_home()
    view = await house.home(house.bob, "Latest outliers")
    await house.bob.click("home_notifications", view=view)
    view = await house.home(house.bob, "Critical only")
    await house.bob.click("edit_rule", view=view, value="1")
    form = await house.modal(house.bob)
    assert form.title is not None
    assert form.title["text"] == "Edit notification"
    result = await house.bob.submit(form, {"severity": "warning", "client": str(house.globex.id)})
    assert result.ok, result
    await house.home(house.bob, "Globex · Warning and critical")
    rule = await only_rule(house)
    assert [each.address for each in rule.destinations] == [house.general.id]


async def test_a_rule_that_was_deleted_meanwhile_cannot_be_saved(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier")
    rule = await house.houston.rules.add(house.admin, draft)
    await house.bob.open_home()
    view = await house.home(house.bob, "Latest outliers")
    await house.bob.click("home_notifications", view=view)
    view = await house.home(house.bob, "#1")
    await house.bob.click("edit_rule", view=view, value="1")
    form = await house.modal(house.bob)
    await house.houston.rules.delete(house.admin, rule.number)
    result = await house.bob.submit(form, {})
    assert result.open_view is not None
    assert "no such rule" in str(result.open_view.blocks)


async def test_the_help_opens_the_form_too(house: House) -> None:
    message = await house.ran(house.bob, "/houston help", "Add notification")
    await house.bob.click("add_rule", message=message)
    form = await house.modal(house.bob)
    assert (await house.bob.submit(form, await filled(house))).ok
    message = await house.seen(house.bob, house.general, "Added: *#1*")
    assert "Acme" in shown(message)


async def place(house: House, kind: str, alias: str) -> int:
    """A destination that is no channel, as an admin has made it before."""
    workspace_id = house.slack.workspace.id
    async with house.houston.store.begin() as uow:
        made = await uow.destinations.of(
            workspace_id=workspace_id, kind=kind, address=f"random-{alias}", alias=alias, now=now()
        )
        await uow.commit()
    assert made.id is not None
    return made.id


async def test_quiet_hours_and_an_escalation_are_kept_and_told(house: House) -> None:
    form = await open_form(house)
    people = await house.bob.suggestions(form, "escalate_to", "ali")
    assert [each["value"] for each in people] == [house.alice.user_id]
    values = await filled(
        house,
        quiet_hours="weekdays 18:00-08:00 Europe/Zurich",
        quiet_critical=["passes"],
        subject="cost_*",
        escalate_minutes="15",
        escalate_to=house.alice.user_id,
    )
    result = await house.bob.submit(form, values)
    assert result.ok, result
    message = await house.seen(house.bob, house.general, "Added: *#1* Outlier Alerts about `cost_*`")
    assert "quiet on weekdays 18:00–08:00 (Europe/Zurich, critical passes)" in shown(message)
    assert "escalates to @Alice" in shown(message)
    assert "after 15 min" in shown(message)


async def test_quiet_hours_that_cannot_be_read_are_shown_at_their_field(house: House) -> None:
    form = await open_form(house)
    result = await house.bob.submit(form, await filled(house, quiet_hours="weekdays 18-25"))
    assert "No clock shows this time: “weekdays 18-👉25”" in result.errors["quiet_hours"]
    assert (await house.bob.submit(form, {"quiet_hours": "weekdays 18-8"})).ok
    rule = await only_rule(house)
    assert rule.quiet_hours is not None
    assert (rule.quiet_hours.typed, rule.quiet_hours.timezone) == ("weekdays 18:00-08:00", "UTC")


async def test_admins_choose_other_destinations_too(house: House) -> None:
    hook, mail = await place(house, "webhook", "ops"), await place(house, "service", "on-call mail")
    form = await open_form(house)
    offered = await house.bob.suggestions(form, "channel")
    assert [(each["text"]["text"], each["value"]) for each in offered] == [
        ("#general", house.general.id),
        ("🌐 on-call mail", f"destination:{mail}"),
        ("🪝 ops", f"destination:{hook}"),
    ]
    where = [house.general.id, f"destination:{hook}"]
    assert (await house.bob.submit(form, await filled(house, channel=where))).ok
    message = await house.seen(house.bob, house.general, "Added: *#1*")
    assert "ops" in shown(message)
    assert {each.kind for each in (await only_rule(house)).destinations} == {"channel", "webhook"}


async def test_a_new_form_begins_with_the_default_channel(house: House) -> None:
    await house.houston.default_channel.choose(house.admin, house.general.id)
    form = await open_form(house)
    result = await house.bob.submit(form, {"event_type": "outlier"})
    assert result.ok, result
    assert (await only_rule(house)).channels == (house.general.id,)


async def test_an_escalation_is_offered_where_something_can_be_acknowledged(house: House) -> None:
    form = await open_form(house)
    assert {"escalate_minutes", "escalate_to", "subject"} <= set(blocks(form))
    await house.bob.click("event_type", view=form, choose="notebook_alert")
    form = await house.modal(house.bob, lambda view: "escalate_to" not in blocks(view))
    assert "subject" in blocks(form)
    await house.bob.click("event_type", view=form, choose="daily_digest")
    form = await house.modal(house.bob, lambda view: "subject" not in blocks(view))
    assert "quiet_hours" in blocks(form)


async def test_editing_keeps_what_is_not_touched(house: House) -> None:
    hook = await place(house, "webhook", "ops")
    quiet = QuietHours.parse("every night", "UTC", critical_passes=True)
    draft = RuleDraft(
        channels=(house.general.id,),
        destination_ids=(hook,),
        event_type="outlier",
        subject="revenue",
        quiet_hours=quiet,
        escalate_minutes=90,
        escalate_to=house.alice.user_id,
    )
    before = await house.houston.rules.add(house.admin, draft)
    await house.bob.open_home()
    view = await house.home(house.bob, "Latest outliers")
    await house.bob.click("home_notifications", view=view)
    view = await house.home(house.bob, "quiet daily 22:00–06:00 (critical passes)")
    await house.bob.click("edit_rule", view=view, value="1")
    form = await house.modal(house.bob)
    assert (await house.bob.submit(form, {"severity": "critical"})).ok
    await house.home(house.bob, "Critical only")
    assert await only_rule(house) == replace(before, minimum_severity="critical")
