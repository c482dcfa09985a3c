"""Channels as Slack describes them, and what admins decided of them, over real databases."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from houston.access import Actor, itself
from houston.errors import Invalid, NotAllowed, NotFound
from houston.notify.outbox import Outbox
from houston.team.approvals import Approvals
from houston.team.bindings import Bindings
from houston.team.channels import Channels
from houston.team.notices import Notices
from store import Store
from store.tables import Channel
from tests.store.agency import EVERYTHING, WORKSPACE, Agency, open_agency
from tests.store.databases import KINDS, NOON, Clock, fresh_url, new_store

ADMIN = itself(WORKSPACE)
MEMBER = replace(ADMIN, is_admin=False, admins=("Anna",))


@dataclass(frozen=True, kw_only=True)
class Rooms:
    store: Store
    agency: Agency
    channels: Channels
    approvals: Approvals
    bindings: Bindings

    async def get(self) -> Channel:
        found = await self.channels.find(WORKSPACE, "C1")
        assert found
        return found

    async def audited(self) -> list[str]:
        async with self.store.read() as uow:
            return [each.action for each in await uow.audit.page(scope=EVERYTHING, before=None, limit=20)]


@pytest.fixture(params=KINDS)
async def rooms(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rooms]:
    clock = Clock()
    store = new_store(fresh_url(request.param, tmp_path), clock)
    outbox = Outbox(store.ledger, now=clock)
    notices = Notices(store=store, outbox=outbox, now=clock)
    yield Rooms(
        store=store,
        agency=await open_agency(store, NOON),
        channels=Channels(store=store, now=clock),
        approvals=Approvals(store=store, notices=notices, now=clock),
        bindings=Bindings(store=store, now=clock),
    )
    await outbox.close()
    await store.close()


def room(*, is_shared: bool = False, name: str = "ads") -> Channel:
    return Channel(workspace_id=WORKSPACE, id="C1", name=name, is_shared=is_shared)


async def test_what_slack_says_does_not_undo_what_admins_decided(rooms: Rooms) -> None:
    await rooms.channels.joined(WORKSPACE, room(is_shared=True))
    await rooms.approvals.approve(ADMIN, "C1")
    await rooms.bindings.bind(ADMIN, "C1", rooms.agency.acme)
    await rooms.channels.replace(WORKSPACE, [room(is_shared=True, name="adverts")])
    found = await rooms.get()
    assert (found.name, found.is_open, found.client_id) == ("adverts", True, rooms.agency.acme)


async def test_a_channel_is_newly_shared_once_until_it_is_shared_again(rooms: Rooms) -> None:
    shared = room(is_shared=True)
    assert await rooms.channels.joined(WORKSPACE, room()) == []
    assert [each.id for each in await rooms.channels.joined(WORKSPACE, shared)] == ["C1"]
    assert await rooms.channels.replace(WORKSPACE, [shared]) == []
    await rooms.approvals.approve(ADMIN, "C1")
    assert await rooms.channels.joined(WORKSPACE, room()) == []
    assert (await rooms.get()).approved_by == ""
    assert [each.id for each in await rooms.channels.joined(WORKSPACE, room(is_shared=True))] == ["C1"]
    assert not (await rooms.get()).is_open
    assert await rooms.audited() == ["channel.unshared", "channel.approved"]


@pytest.mark.parametrize("actor", [MEMBER, replace(MEMBER, scope=EVERYTHING)])
async def test_only_admins_decide(rooms: Rooms, actor: Actor) -> None:
    await rooms.channels.joined(WORKSPACE, room(is_shared=True))
    shared = await rooms.get()
    for refused in (
        rooms.approvals.approve(actor, "C1"),
        rooms.approvals.keep_quiet(actor, "C1"),
        rooms.approvals.ask(actor, shared, ()),
        rooms.bindings.bind(actor, "C1", None),
    ):
        with pytest.raises(NotAllowed, match="Anna"):
            await refused


async def test_a_channel_that_houston_left_is_none_to_decide_about(rooms: Rooms) -> None:
    await rooms.channels.joined(WORKSPACE, room(is_shared=True))
    await rooms.channels.left(WORKSPACE, "C1")
    for refused in (rooms.approvals.approve(ADMIN, "C1"), rooms.bindings.bind(ADMIN, "C1", None)):
        with pytest.raises(NotFound, match="/invite"):
            await refused


async def test_what_is_not_shared_needs_no_approval(rooms: Rooms) -> None:
    await rooms.channels.joined(WORKSPACE, room())
    with pytest.raises(Invalid, match="not shared"):
        await rooms.approvals.approve(ADMIN, "C1")


async def test_a_client_outside_the_scope_does_not_exist(rooms: Rooms) -> None:
    await rooms.channels.joined(WORKSPACE, room())
    narrow = replace(ADMIN, scope=rooms.agency.acme_only)
    with pytest.raises(NotFound, match="no such client"):
        await rooms.bindings.bind(narrow, "C1", rooms.agency.globex)
    assert (await rooms.get()).client_id is None


async def test_a_clients_workspace_binds_nothing(rooms: Rooms) -> None:
    await rooms.channels.joined(WORKSPACE, room())
    async with rooms.store.begin() as uow:
        workspace = await uow.workspaces.find(id=WORKSPACE)
        assert workspace
        workspace.kind, workspace.client_id = "client", rooms.agency.acme
        await uow.commit()
    with pytest.raises(Invalid, match="one client only"):
        await rooms.bindings.bind(ADMIN, "C1", rooms.agency.acme)
