"""Clients, invitations and connections, as an agency's admins and members meet them in Slack."""

import logging
import re

import pytest

from bot.connect.manifest import manifest
from bot.listeners import forms
from bot.playground.state import Message, View
from bot.views import clients, invitation
from store.tables import Client, Invitation
from tests.bot.conftest import PUBLIC_URL, House, shown

pytestmark = pytest.mark.slow

LINK = re.compile(re.escape(PUBLIC_URL) + r"/slack/install\?invitation=[^`\"'\\]+")


async def listed(house: House) -> Message:
    return await house.ran(house.bob, "/houston clients", "2 clients")


async def connection_tab(house: House, text: str = "Channels that Houston is in") -> View:
    await house.bob.open_home()
    view = await house.home(house.bob, "home_connection")
    await house.bob.click("home_connection", view=view)
    return await house.home(house.bob, text)


async def all_clients(house: House) -> list[str]:
    return [each.slug for each in await house.houston.clients.all(house.scope)]


async def test_an_admin_is_offered_what_can_be_done_about_clients(house: House) -> None:
    message = await listed(house)
    buttons = [each["action_id"] for each in message.blocks[-1]["elements"]]
    assert buttons == ["invite_client", "add_client", "delete_client"]


async def test_a_member_sees_the_clients_of_their_list_and_no_buttons(house: House) -> None:
    await house.limit_alice(house.acme)
    message = await house.ran(house.alice, "/houston clients", "1 client")
    assert "`acme`" in shown(message)
    assert "globex" not in shown(message).lower()
    assert "actions" not in [block["type"] for block in message.blocks]


async def test_a_clients_own_workspace_lists_nothing(house: House) -> None:
    await house.become_client()
    message = await house.ran(house.bob, "/houston clients", clients.ONE_CLIENT)
    assert "acme" not in shown(message).lower()


async def test_a_client_is_added_with_a_slug_made_from_its_name(house: House) -> None:
    await house.bob.click("add_client", message=await listed(house))
    form = await house.modal(house.bob)
    result = await house.bob.submit(form, {"client_name": "Zürich <Möbel> AG"})
    assert result.open_view is not None
    assert "`zurich-mobel-ag`" in str(result.open_view.blocks)
    assert "zurich-mobel-ag" in await all_clients(house)


async def test_a_second_client_of_one_name_gets_a_number(house: House) -> None:
    await house.bob.click("add_client", message=await listed(house))
    result = await house.bob.submit(await house.modal(house.bob), {"client_name": "ACME"})
    assert "`acme-2`" in str(result.open_view)


async def invitations(house: House) -> list[Invitation]:
    return [each.invitation for each in (await house.houston.setups(house.admin)).invited]


async def test_a_known_client_is_invited_by_a_link(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="houston")
    await house.bob.click("invite_client", message=await listed(house))
    form = await house.modal(house.bob)
    offered = await house.bob.suggestions(form, "chosen_client", "glob")
    assert [each["text"]["text"] for each in offered] == ["Globex"]
    result = await house.bob.submit(form, {"chosen_client": str(house.globex.id)})
    assert result.open_view is not None
    link = LINK.search(str(result.open_view.blocks))
    assert link, result.open_view.blocks
    assert "7 days" in str(result.open_view.blocks)
    assert link[0] not in caplog.text
    (open_one,) = await invitations(house)
    assert open_one.client_id == house.globex.id


async def test_a_new_client_is_made_and_invited_at_once(house: House) -> None:
    await house.bob.click("invite_client", message=await listed(house))
    form = await house.modal(house.bob)
    result = await house.bob.submit(form, {"client_name": "Initech"})
    assert LINK.search(str(result.open_view))
    assert "initech" in await all_clients(house)


@pytest.mark.parametrize("both", [True, False])
async def test_an_invitation_is_for_one_client_chosen_or_new(house: House, both: bool) -> None:
    await house.bob.click("invite_client", message=await listed(house))
    form = await house.modal(house.bob)
    await house.bob.suggestions(form, "chosen_client")
    values = {"chosen_client": str(house.acme.id), "client_name": "Initech"} if both else {}
    result = await house.bob.submit(form, values)
    assert "one of both" in result.errors["client_name"]
    assert await invitations(house) == []


async def test_another_agency_workspace_is_invited_and_uninvited_on_the_connection_tab(house: House) -> None:
    view = await connection_tab(house)
    await house.bob.click("invite_agency", view=view)
    assert LINK.search(str((await house.modal(house.bob)).blocks))
    view = await connection_tab(house, "1 open invitation")
    assert "another agency workspace" in str(view.blocks)
    await house.bob.click("revoke_invitation", view=view)
    await house.bob.wait_for(lambda: "open invitation" not in str(house.bob.home()))
    assert await invitations(house) == []


async def test_the_connection_tab_names_the_other_workspaces_to_those_who_may_see_them(house: House) -> None:
    await connected(house, "T_GLOBEX", "Globex Inc", house.globex)
    view = await connection_tab(house, "Globex Inc")
    assert "client Globex" in str(view.blocks)
    await house.limit_alice(house.acme)
    await house.alice.open_home()
    await house.alice.click("home_connection", view=await house.home(house.alice, "Latest outliers"))
    view = await house.home(house.alice, "Other workspaces")
    assert "globex" not in str(view.blocks).lower()


async def connected(house: House, id: str, name: str, client: Client) -> None:
    async with house.houston.store.begin() as uow:
        workspace = await uow.workspaces.connect(
            id=id, name=name, bot_user_id="B1", timezone=None, now=house.houston.workspaces.now()
        )
        workspace.kind, workspace.client_id = "client", client.id
        await uow.commit()


async def test_deleting_a_client_counts_what_goes_and_wants_its_slug(house: House) -> None:
    await house.houston.notes.write_text(
        house.scope, author="Bob", text="Renewal is due", client_id=house.acme.id
    )
    form = await chosen_for_deletion(house)
    result = await house.bob.submit(form, {"confirmation": "acne"})
    assert "letter by letter" in result.errors["confirmation"]
    assert await all_clients(house) == ["acme", "globex"]
    assert (await house.bob.submit(form, {"confirmation": "acme"})).ok
    await house.modal(house.bob, lambda view: "is deleted" in str(view.blocks))
    assert await all_clients(house) == ["globex"]


async def chosen_for_deletion(house: House) -> View:
    await house.bob.click("delete_client", message=await listed(house))
    form = await house.modal(house.bob)
    await house.bob.suggestions(form, "deleted_client", "acm")
    await house.bob.click("deleted_client", view=form, choose=str(house.acme.id))
    return await house.modal(house.bob, lambda view: "• 1 note" in str(view.blocks))


async def test_a_deletion_without_a_client_deletes_nothing(house: House) -> None:
    await house.bob.click("delete_client", message=await listed(house))
    result = await house.bob.submit(await house.modal(house.bob), {})
    assert "deleted_client" in result.errors


async def test_a_workspace_with_its_own_app_is_connected_by_its_tokens(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    playground = house.slack.playground
    theirs = playground.add_workspace("Globex Inc")
    app = playground.create_app(manifest())
    token = playground.install(app, theirs.id)
    result = await typed_tokens(house, token, app.app_token)
    assert token not in str(result.blocks)
    await house.modal(house.bob, lambda view: "Globex Inc" in str(view.blocks))
    workspace = await house.houston.workspaces.get(theirs.id)
    assert (workspace.kind, workspace.client_id) == ("client", house.globex.id)
    ours = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith("aiosqlite"))
    assert token not in ours
    assert app.app_token not in ours
    await connection_tab(house, "its own Slack app")


async def test_tokens_that_slack_does_not_take_are_refused_in_plain_words(house: House) -> None:
    await typed_tokens(house, "xoxb-not-a-token", "xapp-not-a-token")
    view = await house.modal(house.bob, lambda view: "⚠️" in str(view.blocks))
    assert "not-a-token" not in str(view.blocks)


async def typed_tokens(house: House, bot_token: str, app_token: str) -> View:
    await house.bob.click("own_app", view=await connection_tab(house))
    form = await house.modal(house.bob)
    await house.bob.suggestions(form, "chosen_client")
    values = {"bot_token": bot_token, "app_token": app_token, "chosen_client": str(house.globex.id)}
    result = await house.bob.submit(form, values)
    assert result.open_view is not None, result
    return result.open_view


async def test_what_takes_long_is_said_meanwhile(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "PATIENCE", 0.0)
    house.slack.playground.faults.hang("auth.test", seconds=2)
    view = await typed_tokens(house, "xoxb-not-a-token", "xapp-not-a-token")
    assert "⏳" in str(view.blocks)
    await house.modal(house.bob, lambda view: "⚠️" in str(view.blocks))


def test_without_oauth_the_invitation_says_what_to_set() -> None:
    said = invitation.NOT_CONFIGURED
    assert all(name in said for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_REDIRECT_URI"))


async def test_the_log_tells_of_each_step(house: House) -> None:
    await test_a_new_client_is_made_and_invited_at_once(house)
    page = await house.houston.audits.page(house.admin)
    assert [each.action for each in page][:2] == ["client.invited", "client.added"]
    assert {each.actor_name for each in page[:2]} == {"Bob Best"}
