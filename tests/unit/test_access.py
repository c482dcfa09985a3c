"""Workspace ∩ member ∩ channel: what each kind of person may see and do, and where."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from houston import access
from houston.access import Access, Actor
from houston.errors import NotAllowed, NotFound
from store import Scope, Store
from store.tables import ApiKey, Channel, Member, Workspace
from tests.store.databases import NOON, fresh_url, new_store

AGENCY, ACMES = "T1", "T2"
Seen = set[int] | None


@dataclass(frozen=True, kw_only=True)
class World:
    access: Access
    acme: int
    globex: int

    async def seen(self, workspace: str, user: str, channel: str | None = None) -> Seen:
        found = (await self.access.scope(workspace, user, channel)).client_ids
        return None if found is None else set(found)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url("sqlite", tmp_path), lambda: NOON)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def world(store: Store) -> World:
    async with store.begin() as uow:
        acme = (await uow.clients.open(slug="acme", name="Acme", now=NOON)).id or 0
        globex = (await uow.clients.open(slug="globex", name="Globex", now=NOON)).id or 0
        for workspace in (
            Workspace(id=AGENCY, name="Agency", created_at=NOON),
            Workspace(id=ACMES, name="Acme", kind="client", client_id=acme, created_at=NOON),
            Workspace(id="T3", name="Gone", active=False, created_at=NOON),
        ):
            await uow.workspaces.save(workspace=workspace)
        for member in (
            person("UADMIN", is_slack_admin=True, sees_all=False),
            person("UMADE", role="admin"),
            person("UALL"),
            person("ULIST", sees_all=False),
            person("UNONE", sees_all=False),
            person("UGUEST", is_guest=True, sees_all=False, role="admin"),
            person("ULEFT", is_slack_admin=True, active=False),
            person("USTRANGER", team_id="T9", is_slack_admin=True),
            person("UCLIENT", ACMES),
            person("UCLIENTADMIN", ACMES, is_slack_admin=True),
            person("UCLIENTSTRANGER", ACMES, team_id=AGENCY),
        ):
            await uow.members.save(member=member)
        await uow.members.set_clients(workspace_id=AGENCY, user_id="ULIST", client_ids=[acme])
        await uow.channels.put(
            channels=[
                channel("CFREE"),
                channel("CACME", client_id=acme),
                channel("CGLOBEX", client_id=globex),
                channel("CSHARED", is_shared=True),
                channel("CAPPROVED", is_shared=True, approved_by="UADMIN"),
                channel("CBOTH", is_shared=True, approved_by="UADMIN", client_id=acme),
                channel("CSHAREDACME", is_shared=True, client_id=acme),
            ]
        )
        await uow.commit()
    return World(access=Access(store=store), acme=acme, globex=globex)


def person(user_id: str, workspace_id: str = AGENCY, **more: Any) -> Member:
    return Member(workspace_id=workspace_id, user_id=user_id, name=user_id.title(), seen_at=NOON, **more)


def channel(id: str, **more: Any) -> Channel:
    return Channel(workspace_id=AGENCY, id=id, name=id.lower(), **more)


async def test_admins_and_members_of_the_agency_see_every_client(world: World) -> None:
    assert [await world.seen(AGENCY, who) for who in ("UADMIN", "UMADE", "UALL")] == [None, None, None]


async def test_a_member_with_a_list_sees_the_clients_on_it(world: World) -> None:
    assert await world.seen(AGENCY, "ULIST") == {world.acme}
    assert await world.seen(AGENCY, "UNONE") == set()


@pytest.mark.parametrize("who", ["UGUEST", "ULEFT", "UNOBODY", "USTRANGER"])
async def test_guests_without_a_list_the_deactivated_the_unknown_and_strangers_see_nothing(
    world: World, who: str
) -> None:
    for where in (None, "CFREE", "CSHARED", "CAPPROVED", "CSHAREDACME"):
        assert await world.seen(AGENCY, who, where) == set()


async def test_a_stranger_sees_the_one_client_of_an_approved_channel_bound_to_it(world: World) -> None:
    assert await world.seen(AGENCY, "USTRANGER", "CBOTH") == {world.acme}


async def test_a_bound_channel_narrows_whoever_asks_there(world: World) -> None:
    assert await world.seen(AGENCY, "UADMIN", "CACME") == {world.acme}
    assert await world.seen(AGENCY, "ULIST", "CACME") == {world.acme}
    assert await world.seen(AGENCY, "ULIST", "CGLOBEX") == set()


async def test_a_slack_connect_channel_shows_nothing_to_anybody_before_it_is_approved(world: World) -> None:
    assert await world.seen(AGENCY, "UADMIN", "CSHARED") == set()
    assert await world.seen(AGENCY, "UADMIN", "CSHAREDACME") == set()
    assert await world.seen(AGENCY, "UADMIN", "CAPPROVED") is None


async def test_a_clients_workspace_sees_its_client_and_nothing_else_whoever_asks(world: World) -> None:
    for who in ("UCLIENT", "UCLIENTADMIN"):
        assert await world.seen(ACMES, who) == {world.acme}
    assert await world.seen(ACMES, "UCLIENTSTRANGER") == set()


async def test_a_workspace_that_is_gone_or_unknown_lets_nobody_in(world: World) -> None:
    for workspace in ("T3", "T404"):
        with pytest.raises(NotFound):
            await world.access.actor(workspace, "UADMIN")


@pytest.mark.parametrize(
    ("who", "where", "is_admin"),
    [
        ("UADMIN", AGENCY, True),
        ("UMADE", AGENCY, True),
        ("UCLIENTADMIN", ACMES, True),
        ("UALL", AGENCY, False),
        ("UGUEST", AGENCY, False),
        ("ULEFT", AGENCY, False),
        ("USTRANGER", AGENCY, False),
        ("UNOBODY", AGENCY, False),
    ],
)
async def test_who_is_an_admin(world: World, who: str, where: str, is_admin: bool) -> None:
    assert (await world.access.actor(where, who)).is_admin is is_admin


async def test_a_refusal_names_those_who_can(world: World) -> None:
    actor = await world.access.actor(AGENCY, "UALL")
    with pytest.raises(NotAllowed, match="Only Houston's admins can change rules") as refused:
        actor.demand_admin("change rules")
    assert "Uadmin" in refused.value.message
    assert "Uleft" not in refused.value.message
    assert "Ustranger" not in refused.value.message


async def test_what_reaches_beyond_one_client_is_for_the_agencys_admins_only(world: World) -> None:
    (await world.access.actor(AGENCY, "UADMIN")).demand_agency("invite a client")
    for workspace, who in ((ACMES, "UCLIENTADMIN"), (AGENCY, "UALL")):
        with pytest.raises(NotAllowed):
            (await world.access.actor(workspace, who)).demand_agency("invite a client")
    with pytest.raises(NotAllowed, match="held to one client: invite a client in a direct message"):
        (await world.access.actor(AGENCY, "UADMIN", "CACME")).demand_agency("invite a client")


def test_a_key_sees_its_client_and_the_agencys_key_sees_all() -> None:
    def actor(client_id: int | None) -> Actor:
        return access.for_api_key(ApiKey(id=3, name="ci", hash="x", client_id=client_id, created_at=NOON))

    assert actor(None).scope == Scope(workspace_id=None, client_ids=None)
    assert actor(7).scope.client_ids == frozenset({7})
    with pytest.raises(NotAllowed):
        actor(7).demand_agency("create keys")


async def test_everybody_sees_only_where_nobody_is_narrower(world: World, store: Store) -> None:
    async with store.read() as uow:
        known = {
            member.user_id: member
            for member in await uow.members.of(
                workspace_id=AGENCY, user_ids=["UADMIN", "UALL", "ULIST", "UGUEST", "USTRANGER"]
            )
        }
    everything = Scope(workspace_id=AGENCY, client_ids=None)
    acme = everything.narrowed(world.acme)

    async def sees(scope: Scope, members: list[Member]) -> bool:
        return not await world.access.kept_out(scope, members)

    assert await sees(everything, [known["UADMIN"], known["UALL"]])
    assert not await sees(everything, [known["UADMIN"], known["ULIST"]])
    assert await sees(acme, [known["UADMIN"], known["ULIST"]])
    assert not await sees(acme, [known["UADMIN"], known["UGUEST"]])
    assert not await sees(acme, [known["USTRANGER"]])
