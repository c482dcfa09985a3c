"""What a member gets by DM, chosen as a person does it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground.state import View
from houston.notify.preferences import PreferenceDraft, PreferenceSeen
from houston.notify.quiet.hours import QuietHours
from store.tables.notify import HELD
from tests.bot.conftest import House, now, shown

pytestmark = pytest.mark.slow


async def kept(house: House) -> PreferenceSeen:
    """Alice's."""
    workspace_id, user_id = house.slack.workspace.id, house.alice.user_id
    actor = await house.houston.access.actor(workspace_id, user_id)
    return await house.houston.preferences.get(actor)


async def open_form(house: House) -> View:
    await house.alice.run(house.general.id, "/houston prefs")
    return await house.modal(house.alice)


async def tab(house: House, text: str) -> View:
    await house.alice.open_home()
    view = await house.home(house.alice, "Latest outliers")
    await house.alice.click("home_preferences", view=view)
    return await house.home(house.alice, text)


def filled(**changes: Any) -> dict[str, Any]:
    return {"event_types": ["outlier", "task_failure"], "active": ["active"]} | changes


async def test_a_member_chooses_by_the_command(house: House) -> None:
    form = await open_form(house)
    offered = await house.alice.suggestions(form, "clients", "acm")
    assert [each["value"] for each in offered] == [str(house.acme.id)]
    values = filled(
        clients=[str(house.acme.id)],
        severity="warning",
        quiet_hours="every night",
        rhythm="daily",
        daily_at="07:45",
    )
    result = await house.alice.submit(form, values)
    assert result.ok, result
    message = await house.seen(house.alice, house.general, "once a day, at 07:45")
    assert message.ephemeral_to == house.alice.user_id
    seen = await kept(house)
    assert (seen.event_types, seen.minimum_severity) == (("outlier", "task_failure"), "warning")
    assert ([each.slug for each in seen.clients], seen.daily_at) == (["acme"], "07:45")
    assert seen.quiet_hours is not None
    assert seen.quiet_hours.timezone == seen.timezone


async def test_the_home_shows_and_changes_it(house: House) -> None:
    view = await tab(house, "You have not chosen anything yet")
    await house.alice.click("edit_preferences", view=view)
    form = await house.modal(house.alice)
    assert (await house.alice.submit(form, filled())).ok
    view = await house.home(house.alice, "Outlier Alerts, Task Failures")
    assert "all that you may see" in str(view.blocks)
    await house.alice.click("edit_preferences", view=view)
    form = await house.modal(house.alice)
    assert (await house.alice.submit(form, {"active": []})).ok
    await house.home(house.alice, "⏸ off")
    assert (await kept(house)).event_types == ("outlier", "task_failure")


async def test_errors_are_shown_at_their_fields(house: House) -> None:
    form = await open_form(house)
    assert "at least one" in (await house.alice.submit(form, {"active": ["active"]})).errors["event_types"]
    result = await house.alice.submit(form, filled(quiet_hours="sometimes"))
    assert "sometimes" in result.errors["quiet_hours"]
    assert (await kept(house)).is_new


async def test_only_clients_in_their_scope_are_offered(house: House) -> None:
    await house.limit_alice(house.acme)
    form = await open_form(house)
    offered = await house.alice.suggestions(form, "clients")
    assert [each["text"]["text"] for each in offered] == ["Acme"]


async def test_a_client_that_is_no_longer_theirs_is_refused(house: House) -> None:
    form = await open_form(house)
    await house.alice.suggestions(form, "clients")
    house.alice.fill(form, filled(clients=[str(house.globex.id)]))
    await house.limit_alice(house.acme)
    assert "from the list" in (await house.alice.submit(form, {})).errors["clients"]


async def test_a_channel_that_is_held_to_a_client_does_not_narrow_what_is_their_own(house: House) -> None:
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    form = await open_form(house)
    await house.alice.suggestions(form, "clients")
    assert (await house.alice.submit(form, filled(clients=[str(house.globex.id)]))).ok
    await house.seen(house.alice, house.general, "as it happens")
    assert [each.slug for each in (await kept(house)).clients] == ["globex"]


async def test_a_clients_workspace_has_no_clients_to_choose(house: House) -> None:
    await house.become_client()
    form = await open_form(house)
    assert "clients" not in {block.get("block_id") for block in form.blocks}
    assert (await house.alice.submit(form, filled())).ok


async def test_a_choice_begins_as_it_was_left(house: House) -> None:
    actor = await house.houston.access.actor(house.slack.workspace.id, house.alice.user_id)
    draft = PreferenceDraft(event_types=("outlier",), client_ids=(house.acme.id or 0,), daily_at="06:00")
    before = await house.houston.preferences.save(actor, draft)
    form = await open_form(house)
    assert (await house.alice.submit(form, {})).ok
    await house.seen(house.alice, house.general, "at 06:00")
    assert await kept(house) == before


async def test_what_they_chose_comes_to_them_alone(house: House) -> None:
    actor = await house.houston.access.actor(house.slack.workspace.id, house.alice.user_id)
    await house.houston.preferences.save(actor, PreferenceDraft(event_types=("task_failure",)))
    await house.houston.task_runs.report(house.scope, job="load_ads", run_id="1", state="failed")
    dm = await house.alice.dm()
    assert "load_ads" in shown(await house.seen(house.alice, dm, "load_ads"))
    assert not [each for each in house.alice.messages(house.general.id) if "load_ads" in shown(each)]


async def test_once_a_day_waits_for_its_time(house: House) -> None:
    actor = await house.houston.access.actor(house.slack.workspace.id, house.alice.user_id)
    daily = PreferenceDraft(event_types=("task_failure",), daily_at="07:30")
    await house.houston.preferences.save(actor, daily)
    await house.houston.task_runs.report(house.scope, job="load_ads", run_id="1", state="failed")
    async with house.houston.store.read() as uow:
        [held] = await uow.deliveries.all(scope=house.scope, state=HELD)
    assert held.bundle.startswith("daily:")
    zone = ZoneInfo((await house.houston.preferences.get(actor)).timezone)
    assert f"{held.due_at.astimezone(zone):%H:%M}" == "07:30"


async def test_quiet_hours_hold_what_is_not_critical(house: House) -> None:
    """Quiet but for one hour a day, which is two hours ago."""
    actor = await house.houston.access.actor(house.slack.workspace.id, house.alice.user_id)
    past = now() - timedelta(hours=2)
    quiet = QuietHours.parse(
        f"daily {past + timedelta(hours=1):%H}:00-{past:%H}:00", "UTC", critical_passes=True
    )
    wish = PreferenceDraft(event_types=("task_failure",), quiet_hours=quiet)
    await house.houston.preferences.save(actor, wish)
    for state in ("failed", "dead_letter"):
        await house.houston.task_runs.report(house.scope, job=f"load_{state}", run_id="1", state=state)
    await house.seen(house.alice, await house.alice.dm(), "load_dead_letter")
    async with house.houston.store.read() as uow:
        [held] = await uow.deliveries.all(scope=house.scope, state=HELD)
    assert held.due_at == quiet.end(now())
