"""What members may do and see, and what becomes of them: the services over real databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from houston import access
from houston.access import Access, Actor
from houston.errors import Invalid, NotAllowed, NotFound
from houston.notify.outbox import Outbox
from houston.team.members import Members, Profile
from houston.team.notices import Notices
from houston.team.roles import Roles
from store import Store
from store.tables import ApiKey, Event
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store

ANNA = Profile(
    user_id="UANNA",
    team_id=WORKSPACE,
    name="Anna",
    email="anna@agency.example",
    timezone="UTC",
    is_slack_admin=True,
    is_guest=False,
    active=True,
)
BEN = replace(ANNA, user_id="UBEN", name="Ben", is_slack_admin=False)
GINA = replace(BEN, user_id="UGINA", name="Gina", is_guest=True)


class Team:
    def __init__(self, store: Store, agency: Agency, clock: Clock) -> None:
        self.store, self.agency, self.clock = store, agency, clock
        self.outbox = Outbox(store.ledger, now=clock)
        self.notices = Notices(store=store, outbox=self.outbox, now=clock)
        self.members = Members(store=store, notices=self.notices, now=clock)
        self.roles = Roles(store=store, now=clock)
        self.access = Access(store=store)

    async def anna(self) -> Actor:
        return await self.access.actor(WORKSPACE, "UANNA")

    async def told(self) -> list[Event]:
        async with self.store.read() as uow:
            return [each for each in await uow.events.all(scope=EVERYTHING) if each.type == "notice"]

    async def addresses(self) -> set[str]:
        async with self.store.read() as uow:
            return {each.address for each in await uow.deliveries.all(scope=EVERYTHING)}

    async def audited(self) -> list[str]:
        async with self.store.read() as uow:
            return [each.action for each in await uow.audit.page(scope=EVERYTHING, before=None, limit=20)]


@pytest.fixture(params=KINDS)
async def team(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Team]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    team = Team(store, await open_agency(store, NOON), clock)
    for profile in (ANNA, BEN, GINA):
        await team.members.seen(WORKSPACE, profile)
        clock.forward(minutes=1)
    yield team
    await team.outbox.close()
    await store.close()


async def test_a_missing_email_does_not_erase_the_known_one(team: Team) -> None:
    member = await team.members.seen(WORKSPACE, replace(BEN, email="", name="Benjamin"))
    assert (member.name, member.email) == ("Benjamin", "anna@agency.example")
    assert member.seen_at < team.clock.now


async def test_what_houston_knows_already_is_recognized(team: Team) -> None:
    ben = await team.members.find(WORKSPACE, "UBEN")
    assert ben
    assert BEN.describes(ben)
    assert replace(BEN, email="").describes(ben)
    assert not replace(BEN, active=False).describes(ben)
    assert not replace(BEN, name="Benjamin").describes(ben)


async def test_only_admins_change_roles_and_a_refusal_names_them(team: Team) -> None:
    ben = await team.access.actor(WORKSPACE, "UBEN")
    for refused in (
        team.roles.set_admin(ben, "UBEN", True),
        team.roles.set_clients(ben, "UBEN", None),
        team.roles.people(ben),
    ):
        with pytest.raises(NotAllowed, match="Ask Anna"):
            await refused


@pytest.mark.parametrize(
    ("user_id", "is_admin", "why"),
    [
        ("UGINA", True, "guest"),
        ("UANNA", False, "admin of the Slack workspace"),
    ],
)
async def test_what_slack_says_of_somebody_is_not_overruled(
    team: Team, user_id: str, is_admin: bool, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        await team.roles.set_admin(await team.anna(), user_id, is_admin)


async def test_strangers_and_unknown_people_get_no_role(team: Team) -> None:
    await team.members.seen(WORKSPACE, replace(BEN, user_id="USAM", team_id="TOTHER"))
    for user_id in ("USAM", "UNOBODY"):
        with pytest.raises(NotFound):
            await team.roles.set_admin(await team.anna(), user_id, True)


async def test_the_last_admin_stays(team: Team) -> None:
    await team.roles.set_admin(await team.anna(), "UBEN", True)
    await team.members.seen(WORKSPACE, replace(ANNA, is_slack_admin=False))
    with pytest.raises(Invalid, match="last admin"):
        await team.roles.set_admin(access.itself(WORKSPACE), "UBEN", False)


async def test_a_list_of_clients_is_kept_and_audited(team: Team) -> None:
    await team.roles.set_clients(await team.anna(), "UBEN", [team.agency.acme])
    scope = await team.access.scope(WORKSPACE, "UBEN")
    assert scope.client_ids == frozenset({team.agency.acme})
    async with team.store.read() as uow:
        (entry,) = await uow.audit.page(scope=EVERYTHING, before=None, limit=1)
    assert (entry.before, entry.after) == ({"clients": "all"}, {"clients": ["acme"]})
    await team.roles.set_clients(await team.anna(), "UBEN", None)
    assert (await team.access.scope(WORKSPACE, "UBEN")).client_ids is None


async def test_an_admins_clients_are_no_choice(team: Team) -> None:
    with pytest.raises(Invalid, match="admins see every client"):
        await team.roles.set_clients(await team.anna(), "UANNA", [team.agency.acme])


async def test_what_an_actor_may_not_see_they_neither_choose_nor_take_away(team: Team) -> None:
    anna = await team.anna()
    narrow = replace(anna, scope=anna.scope.narrowed(team.agency.acme))
    for ids in ([team.agency.globex], [999]):
        with pytest.raises(Invalid, match="from the list"):
            await team.roles.set_clients(narrow, "UBEN", ids)
    with pytest.raises(Invalid, match="from the list"):
        await team.roles.set_clients(narrow, "UBEN", None)
    await team.roles.set_clients(anna, "UBEN", [team.agency.globex])
    await team.roles.set_clients(narrow, "UBEN", [team.agency.acme])
    assert (await team.access.scope(WORKSPACE, "UBEN")).client_ids == frozenset(
        {team.agency.acme, team.agency.globex}
    )
    person = await team.roles.person(narrow, "UBEN")
    assert ([each.slug for each in person.clients or ()], person.more) == (["acme"], 1)


async def test_a_clients_key_reaches_no_agency(team: Team) -> None:
    key = ApiKey(id=1, name="k", hash="x", client_id=team.agency.acme, created_at=NOON)
    for actor in (access.for_api_key(key), replace(await team.anna(), scope=EVERYTHING)):
        with pytest.raises(NotFound):
            await team.roles.people(await team.access.in_workspace(actor, "TOTHER"))
    with pytest.raises(NotFound):
        await team.roles.people(await team.access.in_workspace(access.for_api_key(key), WORKSPACE))
    with pytest.raises(NotFound):
        await team.roles.people(access.for_api_key(key))


async def test_without_an_admin_the_installer_is_told(team: Team) -> None:
    await team.members.seen(WORKSPACE, replace(ANNA, active=False))
    async with team.store.begin() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        assert workspace
        workspace.installed_by = "UINSTALLER"
        await uow.commit()
    await team.notices.tell_admins(text="Look here", workspace_id=WORKSPACE)
    assert "dm:UINSTALLER" in await team.addresses()


async def test_a_notice_with_a_key_is_told_once(team: Team) -> None:
    for _ in range(2):
        await team.notices.tell_admins(text="Look here", key="once")
    assert len(await team.told()) == 1
    assert await team.addresses() == {"dm:UANNA"}


async def test_nobody_to_tell_is_no_error(team: Team) -> None:
    await team.members.seen(WORKSPACE, replace(ANNA, active=False))
    await team.notices.tell_admins(text="Is anybody there?")
    assert await team.told() == []


async def test_a_guest_begins_with_no_clients_and_stays_so_when_promoted(team: Team) -> None:
    assert (await team.access.scope(WORKSPACE, "UGINA")).client_ids == frozenset()
    await team.members.seen(WORKSPACE, replace(GINA, is_guest=False))
    assert (await team.access.scope(WORKSPACE, "UGINA")).client_ids == frozenset()
    await team.members.seen(WORKSPACE, replace(BEN, is_guest=True))
    assert (await team.access.scope(WORKSPACE, "UBEN")).client_ids == frozenset()
    assert "member.became_guest" in await team.audited()
