"""What two installs at the same moment come to, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from houston import access
from houston.errors import Invalid, NotAllowed, NotFound
from houston.team.arrivals import Installed, Leave
from houston.team.invitations import InstallRefused, Invitations
from houston.team.onboarding import Onboarding
from store import Store
from store.tables import Workspace
from tests.store.databases import KINDS, Clock, fresh_url, new_store

Houses = tuple[Onboarding, Onboarding, Invitations]


@pytest.fixture(params=KINDS)
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Store, Store]]:
    """Two replicas on one database."""
    url, clock = fresh_url(request.param, tmp_path), Clock()
    stores = new_store(url, clock, 1), new_store(url, clock, 2)
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
def houses(stores: tuple[Store, Store]) -> Houses:
    one, two = stores
    clock = Clock()
    return (
        Onboarding(store=one, now=clock),
        Onboarding(store=two, now=clock),
        Invitations(store=one, now=clock),
    )


def installed(team_id: str) -> Installed:
    return Installed(
        team_id=team_id,
        team_name=team_id,
        app_id="A1",
        bot_id="B1",
        bot_user_id="U0",
        installed_by="U1",
        scopes="chat:write",
        bot_token=f"xoxb-{team_id}",
    )


async def both(houses: Houses, leave: Leave, *team_ids: str) -> list[object]:
    installs = [house.install(leave, installed(id)) for house, id in zip(houses[:2], team_ids, strict=True)]
    return await asyncio.gather(*installs, return_exceptions=True)


def connected(outcomes: list[object]) -> list[str]:
    return [each.id for each in outcomes if isinstance(each, Workspace)]


async def test_an_invitation_lets_one_of_two_in(houses: Houses) -> None:
    path = await houses[2].invite(access.operator(), None)
    id = path.partition("=")[2].partition(".")[0]
    outcomes = await both(houses, Leave(invitation_id=id), "T1", "T2")
    (refused,) = [each for each in outcomes if isinstance(each, InstallRefused)]
    assert refused.reason == "used"
    assert len(connected(outcomes)) == 1


async def test_one_of_two_is_the_first(houses: Houses) -> None:
    outcomes = await both(houses, Leave(is_first=True), "T1", "T2")
    (refused,) = [each for each in outcomes if isinstance(each, InstallRefused)]
    assert refused.reason == "not_invited"
    assert len(connected(outcomes)) == 1


async def test_the_same_workspace_twice_is_connected(houses: Houses) -> None:
    outcomes = await both(houses, Leave(is_first=True), "T1", "T1")
    assert connected(outcomes) == ["T1", "T1"]


async def test_a_state_is_redeemed_by_one_of_two(houses: Houses) -> None:
    state = await houses[0].begin(browser="b")
    redeemed = [house.redeem(state, "b") for house in houses[:2]]
    outcomes = await asyncio.gather(*redeemed, return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["InstallRefused", "Leave"]


async def test_the_database_holds_neither_state_nor_cookie_nor_token(
    houses: Houses, stores: tuple[Store, Store]
) -> None:
    state = await houses[0].begin(browser="the-browsers-cookie")
    await houses[0].install(Leave(is_first=True), installed("T1"))
    async with stores[0].read() as uow:
        rows = [*await uow.secrets.all(), await uow.workspaces.find(id="T1")]
    assert "xoxb-T1" not in str(rows)
    assert state not in str(rows)


async def test_only_the_agencys_admins_invite(houses: Houses) -> None:
    somebody = access.installer("T1", "U1")
    with pytest.raises(NotAllowed):
        await houses[2].invite(somebody, None)
    with pytest.raises(NotAllowed):
        await houses[2].revoke(somebody, "x")
    with pytest.raises(Invalid):
        await houses[2].invite(access.operator(), None, days=31)
    with pytest.raises(NotFound):
        await houses[2].revoke(access.operator(), "x")
