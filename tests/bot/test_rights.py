"""What a member may not change is not shown as changeable, and a forged press is refused."""

from typing import Any

import pytest

from bot.playground.state import Message, View
from bot.views import place
from houston.notify.rules.rules import RuleDraft
from tests.bot.conftest import House, shown

pytestmark = pytest.mark.slow

WHO = "Ask Bob Best."


async def add_rule(house: House) -> None:
    await house.houston.rules.add(
        house.admin, RuleDraft(channels=(house.general.id,), event_type="outlier", client_id=house.acme.id)
    )


async def tab(house: House, name: str, text: str) -> View:
    await house.alice.open_home()
    view = await house.home(house.alice, "Latest outliers")
    await house.alice.click(f"home_{name}", view=view)
    return await house.home(house.alice, text)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/houston rules add", "change rules"),
        ("/houston rules pause 1", "change rules"),
        ("/houston rules resume 1", "change rules"),
        ("/houston rules delete 1", "change rules"),
        ("/houston timezone europe/zurich", "change"),
        ("/houston audit", "read the audit log"),
    ],
)
async def test_a_members_command_is_refused_and_names_who_can(house: House, line: str, what: str) -> None:
    await add_rule(house)
    message = await house.ran(house.alice, line, what)
    assert WHO in shown(message)
    (rule,) = await house.houston.rules.all(house.scope)
    assert rule.active


async def test_a_member_sees_the_rules_without_buttons(house: House) -> None:
    await add_rule(house)
    message = await house.ran(house.alice, "/houston rules", "*#1*")
    assert WHO in shown(message)
    assert "add_rule" not in shown(message)
    view = await tab(house, "notifications", "*#1*")
    assert WHO in str(view.blocks)
    for action in ("add_rule", "edit_rule", "pause_rule", "delete_rule"):
        assert action not in str(view.blocks)


async def test_a_members_connection_tab_is_read_only(house: House) -> None:
    view = await tab(house, "connection", "Channels that Houston is in")
    pressed = [
        each["action_id"]
        for block in view.blocks
        for each in block.get("elements", ())
        if "action_id" in each
    ]
    assert set(pressed) == {f"home_{tab}" for tab in place.TABS} | {"home_people"}
    assert "/houston timezone" not in str(view.blocks)


async def test_a_members_time_zone_is_shown_without_how_to_change_it(house: House) -> None:
    message = await house.ran(house.alice, "/houston timezone", "*UTC*")
    assert "changes it" not in shown(message)


FORGED = (
    ("add_rule", None), ("edit_rule", "1"), ("pause_rule", "1"), ("resume_rule", "1"), ("delete_rule", "1"),
    ("invite_client", None), ("invite_agency", None), ("add_client", None), ("delete_client", None),
    ("own_app", None), ("revoke_invitation", "x"), ("resume_everything", None),
)  # fmt: skip


@pytest.mark.parametrize(("action", "value"), FORGED)
async def test_the_press_of_a_button_that_a_member_never_saw_is_refused(
    house: House, action: str, value: str | None
) -> None:
    await add_rule(house)
    await house.alice.click(action, message=await forged(house, action, value))
    await house.seen(house.alice, house.general, WHO)
    assert house.alice.open_modal() is None
    (rule,) = await house.houston.rules.all(house.scope)
    assert rule.active


async def forged(house: House, action: str, value: str | None) -> Message:
    """A message with a button that only Houston's admins are shown."""
    element: dict[str, Any] = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": "Press"},
    }
    if value:
        element["value"] = value
    blocks = [{"type": "actions", "elements": [element]}]
    await house.slack.interactive().chat_postMessage(channel=house.general.id, text="Forged", blocks=blocks)
    return await house.seen(house.alice, house.general, "Forged")


async def test_a_form_that_an_admin_opened_saves_nothing_for_who_is_none_any_more(house: House) -> None:
    await house.bob.run(house.general.id, "/houston rules add")
    form = await house.modal(house.bob)
    await demoted(house)
    values = {"channel": [house.general.id], "event_type": "outlier", "client": "all", "active": ["active"]}
    result = await house.bob.submit(form, values)
    assert "Only Houston's admins can change rules" in str(result.open_view)
    assert await house.houston.rules.all(house.scope) == []


async def demoted(house: House) -> None:
    async with house.houston.store.begin() as uow:
        member = await uow.members.find(workspace_id=house.slack.workspace.id, user_id=house.bob.user_id)
        assert member is not None
        member.is_slack_admin = False
        await uow.commit()


async def test_a_clients_own_workspace_shows_no_client_anywhere(house: House) -> None:
    """Neither the field, nor a client's name, nor anything of an agency."""
    await house.become_client()
    await house.bob.run(house.general.id, "/houston rules add")
    form = await house.modal(house.bob)
    assert "client" not in {each["block_id"] for each in form.blocks}
    values = {"channel": [house.general.id], "event_type": "outlier", "active": ["active"]}
    assert (await house.bob.submit(form, values)).ok
    seen = [str(form.blocks), shown(await house.seen(house.bob, house.general, "Added: *#1*"))]
    for line, text in (
        ("/houston help", "Houston"), ("/houston rules", "1 notification rule"),
        ("/houston status", "Houston in"), ("/houston outliers", "Nothing unusual"),
        ("/houston audit", "Audit log"),
        ("/houston people", "Bob Best"), ("/houston timezone", "UTC"),
    ):  # fmt: skip
        seen.append(shown(await house.ran(house.bob, line, text)))
    seen += [str((await tab_of_bob(house, name, text)).blocks) for name, text in TABS]
    for text in seen:
        for word in ("client", "agency", "acme", "globex"):
            assert word not in text.lower(), (word, text)


TABS = (
    ("overview", "Latest outliers"),
    ("notifications", "*#1*"),
    ("preferences", "Only you can see"),
    ("connection", "Channels that Houston is in"),
)


async def tab_of_bob(house: House, name: str, text: str) -> View:
    await house.bob.open_home()
    view = await house.home(house.bob, "home_overview")
    await house.bob.click(f"home_{name}", view=view)
    return await house.home(house.bob, text)


async def test_a_clients_search_for_clients_finds_none(house: House) -> None:
    await house.bob.run(house.general.id, "/houston rules add")
    form = await house.modal(house.bob)
    form.blocks.append(searched("client"))
    form.blocks.append(searched("chosen_client"))
    form.blocks.append(searched("deleted_client"))
    assert len(await house.bob.suggestions(form, "chosen_client")) == 2
    await house.become_client()
    for field in ("client", "chosen_client", "deleted_client"):
        assert await house.bob.suggestions(form, field) == [], field


def searched(field: str) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": f"forged_{field}",
        "label": {"type": "plain_text", "text": "Client"},
        "element": {"type": "external_select", "action_id": field, "min_query_length": 0},
    }
