"""Adding and editing a rule, as a person does it."""

from typing import Any

from bot.playground.state import View
from houston.notify.rules import RuleDraft, RuleSeen
from tests.bot.conftest import House, shown


def blocks(view: View) -> list[str]:
    return [block.get("block_id", "") for block in view.blocks]


async def open_form(house: House) -> View:
    await house.alice.run(house.general.id, "/houston rules add")
    return await house.modal(house.alice)


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
    offered = await house.alice.suggestions(form, "channel", "gen")
    assert [each["value"] for each in offered] == [house.general.id]
    result = await house.alice.submit(form, await filled(house))
    assert result.ok, result
    message = await house.seen(house.alice, house.general, "Added: *#1* Outlier Alerts")
    assert message.ephemeral_to == house.alice.user_id
    rule = await only_rule(house)
    assert [each.address for each in rule.destinations] == [house.general.id]
    assert rule.client is not None
    assert (rule.client.slug, rule.minimum_severity, rule.active) == ("acme", "warning", True)
    assert house.alice.open_modal() is None


async def test_a_rule_for_all_clients_may_start_paused(house: House) -> None:
    form = await open_form(house)
    await house.alice.submit(form, await filled(house, client="all", active=[]))
    await house.seen(house.alice, house.general, "All clients · Warning and critical · ⏸ Paused")


async def test_a_form_with_nothing_chosen_changes_nothing(house: House) -> None:
    form = await open_form(house)
    result = await house.alice.submit(form, {})
    assert "channel" in result.errors
    assert await house.houston.rules.all(house.scope) == []


async def test_a_channel_that_houston_has_left_is_named_at_its_field(house: House) -> None:
    other = house.slack.channel("other", with_bot=False)
    await house.alice.invite(other.id)
    await house.seen(house.alice, other, "Houston here")
    form = await open_form(house)
    await house.alice.suggestions(form, "channel")
    house.alice.fill(form, await filled(house, channel=[other.id]))
    await house.houston.channels.left(house.slack.workspace.id, other.id)
    result = await house.alice.submit(form, {})
    assert "/invite @Houston" in result.errors["channel"]
    assert house.alice.open_modal() is not None


async def test_private_channels_are_offered_to_their_members_only(house: House) -> None:
    secret = house.slack.channel("secret", with_bot=False, is_private=True)
    await house.alice.invite(secret.id)
    await house.seen(house.alice, secret, "Houston here")
    form = await open_form(house)
    assert secret.id in [each["value"] for each in await house.alice.suggestions(form, "channel")]
    await house.bob.run(house.general.id, "/houston rules add")
    of_bob = await house.modal(house.bob)
    assert secret.id not in [each["value"] for each in await house.bob.suggestions(of_bob, "channel")]


async def test_the_severity_goes_and_comes_with_the_type(house: House) -> None:
    form = await open_form(house)
    assert "severity" in blocks(form)
    await house.alice.click("event_type", view=form, choose="note_created")
    form = await house.modal(house.alice, lambda view: "severity" not in blocks(view))
    await house.alice.click("event_type", view=form, choose="outlier")
    form = await house.modal(house.alice, lambda view: "severity" in blocks(view))
    await house.alice.click("event_type", view=form, choose="note_updated")
    form = await house.modal(house.alice, lambda view: "severity" not in blocks(view))
    values = await filled(house, event_type="note_updated")
    del values["severity"]
    assert (await house.alice.submit(form, values)).ok
    await house.seen(house.alice, house.general, "Note Updated")


async def test_a_rule_is_edited_from_the_home(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier", minimum_severity="critical")
    await house.houston.rules.add(house.scope, draft, house.alice.user_id)
    await house.alice.open_home()
    view = await house.home(house.alice, "Latest outliers")
    await house.alice.click("home_notifications", view=view)
    view = await house.home(house.alice, "Critical only")
    await house.alice.click("edit_rule", view=view, value="1")
    form = await house.modal(house.alice)
    assert form.title is not None
    assert form.title["text"] == "Edit notification"
    result = await house.alice.submit(form, {"severity": "warning", "client": str(house.globex.id)})
    assert result.ok, result
    await house.home(house.alice, "Globex · Warning and critical")
    rule = await only_rule(house)
    assert [each.address for each in rule.destinations] == [house.general.id]


async def test_a_rule_that_was_deleted_meanwhile_cannot_be_saved(house: House) -> None:
    draft = RuleDraft(channels=(house.general.id,), event_type="outlier")
    rule = await house.houston.rules.add(house.scope, draft, house.alice.user_id)
    await house.alice.open_home()
    view = await house.home(house.alice, "Latest outliers")
    await house.alice.click("home_notifications", view=view)
    view = await house.home(house.alice, "#1")
    await house.alice.click("edit_rule", view=view, value="1")
    form = await house.modal(house.alice)
    await house.houston.rules.delete(house.scope, rule.number)
    result = await house.alice.submit(form, {})
    assert result.open_view is not None
    assert "no such rule" in str(result.open_view.blocks)


async def test_the_help_opens_the_form_too(house: House) -> None:
    message = await house.ran(house.alice, "/houston help", "Add notification")
    await house.alice.click("add_rule", message=message)
    form = await house.modal(house.alice)
    assert (await house.alice.submit(form, await filled(house))).ok
    message = await house.seen(house.alice, house.general, "Added: *#1*")
    assert "Acme" in shown(message)
