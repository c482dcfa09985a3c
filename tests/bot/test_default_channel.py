"""The default channel: chosen on the *Connection* tab, and what goes there."""

import pytest

from bot.playground.state import View
from houston.errors import PermanentFailure
from store.tables import Destination, Workspace
from tests.bot.conftest import House, shown
from tests.bot.samples import event

pytestmark = pytest.mark.slow


async def connection(house: House, text: str = "Default channel") -> View:
    await house.bob.open_home()
    await house.bob.click("home_connection", view=await house.home(house.bob, "Overview"))
    return await house.home(house.bob, text)


async def choose(house: House) -> View:
    """#general, by the picker on the tab."""
    await house.bob.click("default_channel", view=await connection(house), choose=house.general.id)
    return await house.home(house.bob, f"*Default channel*\\n<#{house.general.id}>")


async def workspace(house: House) -> Workspace:
    return await house.houston.workspaces.get(house.slack.workspace.id)


async def chosen(house: House) -> Destination:
    found = (await house.houston.default_channel(house.scope)).destination
    assert found
    return found


async def said_in_general(house: House, text: str) -> bool:
    """Whether the admins were told there, and not by DM."""
    await house.houston.notices.tell_admins(text=text, workspace_id=house.slack.workspace.id)
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    dm = await house.bob.dm()
    in_dm = any(text in shown(each) for each in house.slack.posts(dm))
    in_general = any(text in shown(each) for each in house.slack.posts(house.general))
    assert in_dm != in_general
    return in_general


async def test_an_admin_chooses_it_and_lets_it_go_again(house: House) -> None:
    view = await choose(house)
    assert (await chosen(house)).alias == "#general"
    await house.bob.click("no_default_channel", view=view)
    await house.home(house.bob, "*Default channel*\\nNone yet.")
    assert (await house.houston.default_channel(house.scope)).destination is None
    async with house.houston.store.read() as uow:
        told = await uow.audit.page(scope=house.scope, before=None, limit=2)
    assert [each.after for each in told] == [{"default_channel": None}, {"default_channel": "#general"}]


async def test_a_member_sees_it_but_cannot_change_it(house: House) -> None:
    await choose(house)
    await house.alice.open_home()
    await house.alice.click("home_connection", view=await house.home(house.alice, "Overview"))
    view = await house.home(house.alice, "Default channel")
    assert house.general.id in str(view.blocks)
    assert "catches_all" not in str(view.blocks)


async def test_it_gets_what_no_rule_matches_once_that_is_switched_on(house: House) -> None:
    view = await choose(house)
    await house.bob.click("catches_all", view=view, choose=["on"])
    await house.bob.wait_for(lambda: "initial_options" in str(house.bob.home()) or None)
    assert (await workspace(house)).catches_all
    happened = event("note_created", title="Nobody asked for this")
    happened.id, happened.client_id = house.houston.store.ids.next(), house.acme.id
    await house.houston.outbox.record(happened)
    await house.seen(house.alice, house.general, "Nobody asked for this")


async def test_what_concerns_the_admins_goes_there_instead_of_to_each(house: House) -> None:
    assert not await said_in_general(house, "before")
    await choose(house)
    assert await said_in_general(house, "after")


async def test_what_asks_an_admin_for_something_still_goes_by_dm(house: House) -> None:
    await choose(house)
    about = {"channel": "C1", "channel_name": "partners"}
    await house.houston.notices.tell_admins(text="May I?", workspace_id=house.slack.workspace.id, about=about)
    await house.seen(house.bob, await house.bob.dm(), "May I?")


async def test_a_channel_that_fails_is_passed_over(house: House) -> None:
    await choose(house)
    await house.houston.failing.mark((await chosen(house)).id or 0, PermanentFailure("It is broken."))
    assert not await said_in_general(house, "passed over")


async def test_a_channel_of_one_client_is_passed_over(house: House) -> None:
    await choose(house)
    await house.houston.bindings.bind(house.admin, house.general.id, house.acme.id)
    assert not await said_in_general(house, "of one client")


async def test_where_somebody_sees_some_clients_only_it_is_passed_over(house: House) -> None:
    await choose(house)
    await house.limit_alice(house.acme)
    assert not await said_in_general(house, "not for all eyes")


async def test_a_channel_shared_with_another_company_is_passed_over(house: House) -> None:
    await choose(house)
    async with house.houston.store.begin() as uow:
        found = await uow.channels.find(workspace_id=house.slack.workspace.id, id=house.general.id)
        assert found
        found.is_shared, found.approved_by = True, house.bob.user_id
        await uow.channels.save(channel=found)
        await uow.commit()
    assert not await said_in_general(house, "not for strangers")
