"""Who is an admin, who sees which clients, and what becomes of those who leave."""

import pytest

from bot.playground.person import Person
from bot.playground.state import View
from houston.notify.rules.rules import RuleDraft
from store.tables import Member
from store.tables.notify import DEAD
from tests.bot.conftest import House, shown
from tests.bot.test_installs import settled

pytestmark = pytest.mark.slow


async def member(house: House, person: Person) -> Member:
    found = await house.houston.members.find(house.slack.workspace.id, person.user_id)
    assert found
    return found


async def people(house: House) -> View:
    assert (await house.bob.run(house.general.id, "/houston people")).ok
    return await house.modal(house.bob, lambda view: view.callback_id == "people")


def listing(view: View) -> str:
    return str(view.blocks)


# --- as Slack describes them


async def test_somebody_who_joins_slack_is_known_at_once(house: House) -> None:
    carol = house.slack.playground.join_team(
        house.slack.workspace.id, "carol", real_name="Carol Cool", tz="Asia/Tokyo"
    )
    await settled(house)
    found = await house.houston.members.find(house.slack.workspace.id, carol.id)
    assert found
    assert (found.name, found.timezone, found.sees_all) == ("Carol Cool", "Asia/Tokyo", True)
    assert found.email == "carol@northwind.example"


async def test_changes_in_slack_are_followed(house: House) -> None:
    house.slack.playground.change_user(house.alice.user_id, real_name="Alice Adler", is_admin=True)
    await settled(house)
    alice = await member(house, house.alice)
    assert (alice.name, alice.is_admin) == ("Alice Adler", True)


async def test_who_becomes_a_guest_sees_no_clients(house: House) -> None:
    house.slack.playground.change_user(house.alice.user_id, is_restricted=True)
    await settled(house)
    alice = await member(house, house.alice)
    assert not alice.sees_all
    scope = await house.houston.access.scope(house.slack.workspace.id, house.alice.user_id)
    assert scope.client_ids == frozenset()


async def test_who_is_deactivated_sees_nothing_and_an_admin_gets_what_they_own(house: House) -> None:
    workspace_id = house.slack.workspace.id
    await house.houston.roles.set_admin(house.admin, house.alice.user_id, True)
    actor = await house.houston.access.actor(workspace_id, house.alice.user_id)
    await house.houston.rules.add(actor, RuleDraft(channels=(house.general.id,), event_type="outlier"))
    house.slack.playground.change_user(house.alice.user_id, deleted=True)
    dm = await house.bob.dm()
    told = await house.seen(house.bob, dm, "*Alice Able* was deactivated")
    assert "#1" in shown(told)
    alice = await member(house, house.alice)
    assert (alice.active, alice.role, alice.sees_all) == (False, "member", False)
    scope = await house.houston.access.scope(workspace_id, house.alice.user_id)
    assert scope.client_ids == frozenset()
    async with house.houston.store.read() as uow:
        (rule,) = await uow.rules.all(scope=house.scope)
        actions = [each.action for each in await uow.audit.page(scope=house.scope, before=None, limit=2)]
    assert rule.owner == house.bob.user_id
    assert actions == ["member.handed_over", "member.deactivated"]


async def test_changes_in_quick_succession_end_as_slack_has_it(house: House) -> None:
    for deleted in (True, False, True, False, True):
        house.slack.playground.change_user(house.alice.user_id, deleted=deleted)
    await settled(house)
    assert not (await member(house, house.alice)).active


async def test_what_is_said_to_somebody_deactivated_is_dead_not_retried(house: House) -> None:
    await house.houston.notices.tell(house.slack.workspace.id, house.alice.user_id, "Hello")
    await house.seen(house.alice, await house.alice.dm(), "Hello")
    house.slack.playground.change_user(house.alice.user_id, deleted=True)
    await settled(house)
    await house.houston.notices.tell(house.slack.workspace.id, house.alice.user_id, "Hello again")
    assert house.houston.dispatcher
    await house.houston.dispatcher.drained()
    async with house.houston.store.read() as uow:
        deliveries = await uow.deliveries.all(scope=house.scope)
        destinations = await uow.destinations.all(workspace_id=house.slack.workspace.id)
    first, last = sorted(deliveries, key=lambda each: each.id)
    assert (first.error, last.state) == ("", DEAD)
    assert "deactivated in Slack" in last.error
    (error,) = [each.error for each in destinations if each.address == house.alice.user_id]
    assert "deactivated in Slack" in error


async def test_coming_back_restores_nothing_silently(house: House) -> None:
    await house.houston.roles.set_admin(house.admin, house.alice.user_id, True)
    house.slack.playground.change_user(house.alice.user_id, deleted=True)
    await settled(house)
    house.slack.playground.change_user(house.alice.user_id, deleted=False)
    await house.seen(house.bob, await house.bob.dm(), "*Alice Able* is active in Slack again")
    alice = await member(house, house.alice)
    assert (alice.active, alice.is_admin, alice.sees_all) == (True, False, False)


# --- as Houston's admins decide


async def test_a_member_is_told_who_the_admins_are(house: House) -> None:
    await house.ran(house.alice, "/houston people", "*Bob Best*")
    assert house.alice.open_modal() is None


async def test_an_admin_makes_somebody_an_admin_and_a_member_again(house: House) -> None:
    view = await people(house)
    assert "*Bob Best* · Admin (of Slack) · All clients" in listing(view)
    assert "*Alice Able* · Member · All clients" in listing(view)
    await house.bob.click("make_admin", view=view, value=house.alice.user_id)
    view = await house.modal(house.bob, lambda found: "Make member" in listing(found))
    assert (await member(house, house.alice)).is_admin
    await house.bob.click("make_member", view=view, value=house.alice.user_id)
    await house.modal(house.bob, lambda found: "Make member" not in listing(found))
    assert not (await member(house, house.alice)).is_admin


async def test_the_clients_of_a_member_are_chosen(house: House) -> None:
    view = await people(house)
    await house.bob.click("choose_clients", view=view, value=house.alice.user_id)
    form = await house.modal(house.bob, lambda found: found.callback_id == "member_clients_form")
    offered = await house.bob.suggestions(form, "member_clients", "")
    assert [each["text"]["text"] for each in offered] == ["All clients", "Acme", "Globex"]
    assert (await house.bob.submit(form, {"member_clients": ["Acme"]})).ok
    await house.modal(house.bob, lambda found: "*Alice Able* · Member · Acme" in listing(found))
    scope = await house.houston.access.scope(house.slack.workspace.id, house.alice.user_id)
    assert scope.client_ids == frozenset({house.acme.id})


async def test_a_clients_workspace_never_shows_clients(house: House) -> None:
    await house.become_client()
    view = await people(house)
    assert "lient" not in listing(view)
    assert "Acme" not in listing(view)
    await house.bob.click("make_admin", view=view, value=house.alice.user_id)
    await house.modal(house.bob, lambda found: "Make member" in listing(found))


async def test_many_people_are_paged(house: House) -> None:
    for number in range(20):
        house.slack.playground.join_team(
            house.slack.workspace.id, f"p{number:02}", real_name=f"P {number:02}"
        )
    await settled(house)
    view = await people(house)
    assert "Page 1 of 2, 22 people" in listing(view)
    await house.bob.click("people_next", view=view)
    view = await house.modal(house.bob, lambda found: "Page 2 of 2" in listing(found))
    assert "P 19" in listing(view)


@pytest.mark.parametrize("action", ["make_admin", "make_member", "choose_clients", "people_next"])
async def test_who_lost_the_right_meanwhile_changes_nothing(house: House, action: str) -> None:
    for number in range(20):
        house.slack.playground.join_team(house.slack.workspace.id, f"p{number:02}")
    await house.houston.roles.set_admin(house.admin, house.alice.user_id, True)
    await settled(house)
    view = await people(house)
    house.slack.playground.change_user(house.bob.user_id, is_admin=False)
    await settled(house)
    value = None if action == "people_next" else house.alice.user_id
    await house.bob.click(action, view=view, value=value)
    refusal = await house.modal(house.bob, lambda found: found.callback_id == "notice")
    assert "Ask Alice Able." in listing(refusal)
    assert (await member(house, house.alice)).role == "admin"
