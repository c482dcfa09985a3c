"""What was routed yesterday may be forbidden today: the last look before a message is written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from houston.errors import PermanentFailure
from houston.notify import wall
from houston.team.notices import NOTICE
from store import Store
from store.tables import Channel, Delivery, Event, Member, Workspace
from tests.store.agency import WORKSPACE, Agency, open_agency
from tests.store.databases import NOON, Clock, fresh_url, new_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url("sqlite", tmp_path), Clock())
    yield store
    await store.close()


@pytest.fixture
async def agency(store: Store) -> Agency:
    agency = await open_agency(store, NOON)
    async with store.begin() as uow:
        for user_id, sees_all, active in (
            ("UALL", True, True),
            ("UACME", False, True),
            ("UGONE", True, False),
        ):
            member = Member(
                workspace_id=WORKSPACE, user_id=user_id, sees_all=sees_all, active=active, seen_at=NOON
            )
            await uow.members.save(member=member)
        await uow.members.set_clients(workspace_id=WORKSPACE, user_id="UACME", client_ids=[agency.acme])
        rooms = [
            Channel(workspace_id=WORKSPACE, id="COPEN", name="open"),
            Channel(workspace_id=WORKSPACE, id="CACME", name="acme", client_id=agency.acme),
            Channel(workspace_id=WORKSPACE, id="CSHARED", name="shared", is_shared=True),
            Channel(workspace_id=WORKSPACE, id="CAPPROVED", name="ok", is_shared=True, approved_by="UALL"),
        ]
        for room in rooms:
            await uow.channels.save(channel=room)
        await uow.commit()
    return agency


async def refusal(
    store: Store,
    address: str,
    client_id: int | None,
    *,
    type: str = "outlier",
    workspace: Workspace | None = None,
) -> str:
    """Why it may not be told there; '' where it may."""
    event = Event(
        id=1, type=type, client_id=client_id, occurred_at=NOON, recorded_at=NOON, dedupe_key="x", payload={}
    )
    delivery = Delivery(
        id=1, event_id=1, workspace_id=WORKSPACE, destination_id=1, address=address, due_at=NOON
    )
    async with store.read() as uow:
        found = workspace or await uow.workspaces.find(id=WORKSPACE)
        assert found
        try:
            await wall.check(uow, delivery.address, event, found)
        except PermanentFailure as failure:
            return failure.message
    return ""


async def test_channels_take_what_they_are_open_and_bound_for(store: Store, agency: Agency) -> None:
    assert await refusal(store, "channel:COPEN", agency.globex) == ""
    assert await refusal(store, "channel:CUNKNOWN", agency.globex) == ""
    assert await refusal(store, "channel:CACME", agency.acme) == ""
    assert "bound to another client" in await refusal(store, "channel:CACME", agency.globex)
    assert "bound to another client" in await refusal(store, "channel:CACME", None)
    assert "no admin has approved it" in await refusal(store, "channel:CSHARED", agency.acme)
    assert await refusal(store, "channel:CAPPROVED", agency.acme) == ""


async def test_people_get_what_they_may_see(store: Store, agency: Agency) -> None:
    assert await refusal(store, "dm:UALL", agency.globex) == ""
    assert await refusal(store, "dm:UACME", agency.acme) == ""
    assert "may not see this client" in await refusal(store, "dm:UACME", agency.globex)
    assert "may not see this client" in await refusal(store, "dm:UACME", None)
    assert "may not see this client" in await refusal(store, "dm:UNKNOWN", agency.acme)
    assert "deactivated" in await refusal(store, "dm:UGONE", agency.acme)


async def test_houstons_own_words_reach_whom_it_has_not_met_but_nobody_who_left(
    store: Store, agency: Agency
) -> None:
    assert await refusal(store, "dm:UNKNOWN", None, type=NOTICE) == ""
    assert "deactivated" in await refusal(store, "dm:UGONE", None, type=NOTICE)


async def test_a_workspace_takes_its_own_client_and_nothing_once_it_is_gone(
    store: Store, agency: Agency
) -> None:
    own = Workspace(id=WORKSPACE, name="Acme", kind="client", client_id=agency.acme, created_at=NOON)
    assert await refusal(store, "channel:COPEN", agency.acme, workspace=own) == ""
    assert "another client" in await refusal(store, "channel:COPEN", agency.globex, workspace=own)
    gone = Workspace(id=WORKSPACE, name="Agency", active=False, created_at=NOON)
    assert "removed from this workspace" in await refusal(store, "channel:COPEN", None, workspace=gone)
