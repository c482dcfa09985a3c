"""Tokens that expire: rotated once, whoever asks, and never lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.connect import clients
from bot.connect.tokens import Credentials, Tokens
from bot.playground.state import Installation, Workspace
from houston.errors import PermanentFailure, TemporaryFailure
from tests.bot.front_door import FrontDoor, open_front_door
from tests.patience import until

pytestmark = pytest.mark.slow


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[FrontDoor]:
    async with open_front_door(tmp_path) as door:
        door.app.rotates_tokens = True
        yield door


@pytest.fixture
async def workspace(door: FrontDoor) -> Workspace:
    return (await door.first())[0]


def installation(door: FrontDoor, workspace: Workspace) -> Installation:
    return door.app.installations[workspace.id]


def replica(door: FrontDoor, **given: object) -> Tokens:
    """Another Houston on the same database."""
    plain = clients.plain(door.slack.http, base_url=door.slack.base_url)
    credentials = given.get("credentials", door.settings.credentials)
    assert isinstance(credentials, Credentials | None)
    return Tokens(door.houston.workspaces, plain, now=door.clock, credentials=credentials)


async def works(door: FrontDoor, token: str) -> bool:
    client = clients.interactive(token, door.slack.http, base_url=door.slack.base_url)
    try:
        return bool((await client.auth_test())["ok"])
    except SlackApiError:
        return False


async def test_a_fresh_token_is_left_alone(door: FrontDoor, workspace: Workspace) -> None:
    before = installation(door, workspace).token
    assert before.startswith("xoxe.xoxb-")
    door.clock.forward(hours=9)
    assert await door.tokens.bot_token(workspace.id) == before


async def test_it_is_rotated_two_hours_before_its_end(door: FrontDoor, workspace: Workspace) -> None:
    before = await door.tokens.bot_token(workspace.id)
    door.clock.forward(hours=10)
    after = await door.tokens.bot_token(workspace.id)
    assert after != before
    assert await works(door, after)
    assert await replica(door).bot_token(workspace.id) == after
    found = await door.houston.workspaces.tokens.of(workspace.id)
    assert found is not None
    assert found.refresh_token == installation(door, workspace).refresh_token
    assert found.workspace.rotating_until is None


async def test_it_goes_on_for_days(door: FrontDoor, workspace: Workspace) -> None:
    for _ in range(6):
        door.clock.forward(hours=11)
        assert await works(door, await door.tokens.bot_token(workspace.id))


async def test_many_askers_in_two_replicas_rotate_once(door: FrontDoor, workspace: Workspace) -> None:
    door.clock.forward(hours=13)
    other = replica(door)
    asked = [each.bot_token(workspace.id) for each in (door.tokens, other) for _ in range(10)]
    tokens = await asyncio.gather(*asked)
    assert set(tokens) == {installation(door, workspace).token}
    door.clock.forward(hours=9)
    assert await door.tokens.bot_token(workspace.id) == tokens[0]


async def test_whoever_is_cancelled_does_not_lose_the_new_tokens(
    door: FrontDoor, workspace: Workspace
) -> None:
    door.clock.forward(hours=13)
    hanging = door.playground.faults.hang("oauth.v2.access", seconds=0.5)
    asking = asyncio.create_task(door.tokens.bot_token(workspace.id))
    await until(lambda: hanging.times == 0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await door.tokens.close()
    assert (
        await replica(door, credentials=None).bot_token(workspace.id) == installation(door, workspace).token
    )


async def test_while_slack_is_down_the_old_token_serves_as_long_as_it_lives(
    door: FrontDoor, workspace: Workspace
) -> None:
    before = await door.tokens.bot_token(workspace.id)
    door.playground.faults.fail("oauth.v2.access", status=503, times=None)
    door.clock.forward(hours=11)
    assert await door.tokens.bot_token(workspace.id) == before
    door.clock.forward(hours=2)
    with pytest.raises(TemporaryFailure):
        await door.tokens.bot_token(workspace.id)
    door.playground.faults.clear()
    door.clock.forward(seconds=61)
    assert await works(door, await door.tokens.bot_token(workspace.id))


async def test_a_failed_rotation_is_not_tried_again_at_once(door: FrontDoor, workspace: Workspace) -> None:
    door.clock.forward(hours=11)
    fault = door.playground.faults.fail("oauth.v2.access", status=503, times=5)
    for _ in range(3):
        await door.tokens.bot_token(workspace.id)
    assert fault.times == 4


async def test_a_refused_refresh_token_ends_the_workspace(door: FrontDoor, workspace: Workspace) -> None:
    installation(door, workspace).refresh_token = "xoxe-1-another"
    door.clock.forward(hours=13)
    with pytest.raises(PermanentFailure, match="not connected"):
        await door.tokens.bot_token(workspace.id)
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.active, found.inactive_reason) == (False, "invalid_refresh_token")


async def test_a_wrong_client_secret_ends_nothing(door: FrontDoor, workspace: Workspace) -> None:
    door.app.client_secret = "another"
    before = await door.tokens.bot_token(workspace.id)
    door.clock.forward(hours=11)
    assert await door.tokens.bot_token(workspace.id) == before
    door.clock.forward(hours=2)
    with pytest.raises(TemporaryFailure, match="SLACK_CLIENT_SECRET"):
        await door.tokens.bot_token(workspace.id)
    assert (await door.houston.workspaces.get(workspace.id)).active


async def test_without_credentials_it_says_what_to_set(door: FrontDoor, workspace: Workspace) -> None:
    door.clock.forward(hours=13)
    with pytest.raises(TemporaryFailure, match="SLACK_CLIENT_ID"):
        await replica(door, credentials=None).bot_token(workspace.id)


async def test_what_a_new_install_brought_is_not_overwritten_by_a_late_rotation(
    door: FrontDoor, workspace: Workspace
) -> None:
    tokens = door.houston.workspaces.tokens
    await door.tokens.bot_token(workspace.id)
    kept = await tokens.keep(
        workspace.id, token="xoxb-late", refresh_token="xoxe-late", expires_at=None, instead_of="xoxe-old"
    )
    assert not kept
    assert await door.tokens.bot_token(workspace.id) == installation(door, workspace).token


async def test_the_static_token_serves_its_own_workspace_only(door: FrontDoor) -> None:
    static = await door.houston.workspaces.connected("T_STATIC", "Static", "U1", None)
    other = await door.houston.workspaces.connected("T_OTHER", "Other", "U2", None)
    door.tokens.static = (static.id, "xoxb-static")
    assert await door.tokens.bot_token(static.id) == "xoxb-static"
    with pytest.raises(PermanentFailure, match="SLACK_BOT_TOKEN"):
        await door.tokens.bot_token(other.id)


async def test_a_kept_token_goes_before_the_static_one(door: FrontDoor, workspace: Workspace) -> None:
    door.tokens.static = (workspace.id, "xoxb-static")
    assert await door.tokens.bot_token(workspace.id) == installation(door, workspace).token


async def test_an_unknown_workspace_has_no_token(door: FrontDoor) -> None:
    with pytest.raises(PermanentFailure, match="not connected"):
        await door.tokens.bot_token("T404")


async def test_a_client_goes_on_with_a_new_token_where_slack_says_expired(
    door: FrontDoor, workspace: Workspace
) -> None:
    client = await door.slack.delivering(workspace.id)
    old = installation(door, workspace).token
    door.app.tokens[old].expires_at = door.clock().timestamp() - 1
    assert (await client.auth_test())["ok"]
    assert client.token == installation(door, workspace).token != old


async def test_a_client_of_an_old_token_goes_on_after_a_reinstall(door: FrontDoor) -> None:
    door.app.rotates_tokens = False
    workspace, person = await door.first()
    client = await door.slack.delivering(workspace.id)
    door.playground.revoke_token(door.app, workspace.id)
    assert (await door.install(person)).status == 200
    assert (await client.auth_test())["ok"]
    assert (await door.houston.workspaces.get(workspace.id)).active


@pytest.mark.parametrize("reason", ["account_inactive", "token_revoked"])
async def test_a_call_that_slack_refuses_ends_the_workspace(door: FrontDoor, reason: str) -> None:
    door.app.rotates_tokens = False
    workspace, _ = await door.first()
    client = await door.slack.delivering(workspace.id)
    if reason == "account_inactive":
        door.playground.uninstall(door.app, workspace.id)
    else:
        door.playground.revoke_token(door.app, workspace.id)
    with pytest.raises(SlackApiError, match=reason):
        await client.auth_test()
    found = await door.houston.workspaces.get(workspace.id)
    assert (found.active, found.inactive_reason) == (False, reason)
    with pytest.raises(PermanentFailure, match="not connected"):
        await door.slack.delivering(workspace.id)
