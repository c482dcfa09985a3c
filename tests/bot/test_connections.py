import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.connection import Connection, app_id_of
from bot.connect.connections import Connections
from bot.connect.manifest import manifest
from bot.playground.state import App
from houston.errors import PermanentFailure
from houston.team.tokens import OwnApp
from store.tables import Workspace
from tests.bot.slack import Slack, local_slack
from tests.patience import PATIENCE, until

NOW = datetime(2026, 11, 14, tzinfo=UTC)


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


def bolt_of(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret="unused")


def connection_of(slack: Slack, token: str | None = None) -> Connection:
    """One that notices at once that it is broken, and on a busy machine when it is not."""
    return Connection(bolt_of(slack.interactive()), token or slack.app.app_token, ping_seconds=0.05)


def count(slack: Slack) -> int:
    return len(slack.playground.sockets.connections(slack.app.id))


async def test_it_connects_and_leaves_nothing_behind(slack: Slack) -> None:
    before = asyncio.all_tasks()
    connection = Connection(bolt_of(slack.interactive()), slack.app.app_token)
    assert str(connection) == "Connecting…"
    await connection.open()
    await until(lambda: count(slack) == 1)
    assert str(connection) == "✅ Connected"
    await connection.close()
    assert str(connection) == "Closed"
    await until(lambda: count(slack) == 0)
    left = {task for task in asyncio.all_tasks() - before if "bot/playground" not in str(task.get_coro())}
    assert not [task for task in left if "slack_sdk" in repr(task) or "bot/connect/connections" in repr(task)]


async def test_a_wrong_token_is_said_at_once(slack: Slack) -> None:
    connection = connection_of(slack, "xapp-wrong")
    with pytest.raises(PermanentFailure, match="token"):
        await connection.open()
    await connection.close()


async def test_a_slack_that_is_down_is_waited_for(slack: Slack) -> None:
    slack.playground.faults.fail("apps.connections.open", status=503, times=2)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    bolt = bolt_of(slack.interactive())
    connection = Connection(bolt, slack.app.app_token, ping_seconds=0.05, sleep=sleep)
    await connection._keep_trying()
    assert pauses == [1.0, 2.0]
    await connection.close()


async def test_a_connection_that_slack_ends_comes_back(slack: Slack) -> None:
    connection = connection_of(slack)
    await connection.open()
    await until(lambda: count(slack) == 1)
    await slack.playground.sockets.disconnect(app=slack.app)
    await until(lambda: count(slack) == 1 and connection.state == "connected")
    await connection.close()


async def test_closing_waits_for_listeners_and_their_answers(slack: Slack) -> None:
    bolt = bolt_of(slack.interactive())
    started, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work(event: dict[str, object]) -> None:
        started.set()
        await go_on.wait()
        done.set()

    bolt.event("message")(work)
    connection = Connection(bolt, slack.app.app_token)
    await connection.open()
    await slack.alice.say(slack.general.id, "Hello")
    await asyncio.wait_for(started.wait(), PATIENCE)
    closing = asyncio.create_task(connection.close(seconds=5))
    await asyncio.sleep(0)
    go_on.set()
    await closing
    assert done.is_set()


async def test_listeners_that_never_end_are_stopped_at_the_deadline(slack: Slack) -> None:
    bolt = bolt_of(slack.interactive())
    started, stopped = asyncio.Event(), asyncio.Event()

    async def work(event: dict[str, object]) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    bolt.event("message")(work)
    connection = Connection(bolt, slack.app.app_token)
    await connection.open()
    await slack.alice.say(slack.general.id, "Hello")
    await asyncio.wait_for(started.wait(), PATIENCE)
    await connection.close(seconds=0.05)
    assert stopped.is_set()


async def test_a_session_that_slack_never_welcomed_is_replaced(slack: Slack) -> None:
    connection = connection_of(slack)
    await connection.open()
    (first,) = open_ones(slack)
    assert connection._socket is not None
    connection._socket._greeted = "another session"
    await until(lambda: open_ones(slack) and open_ones(slack)[0] is not first)
    await connection.close()


async def test_a_connection_without_a_hello_is_none(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    sockets, silent = slack.playground.sockets, [True]
    hello = sockets._hello

    def mute(app_id: str) -> dict[str, object]:
        return {"type": "noise"} if silent and silent.pop() else hello(app_id)

    monkeypatch.setattr(sockets, "_hello", mute)
    monkeypatch.setattr("bot.connect.connection.OPEN_SECONDS", 0.3)
    connection = Connection(
        bolt_of(slack.interactive()), slack.app.app_token, sleep=lambda _: asyncio.sleep(0)
    )
    await connection._keep_trying()
    assert (connection.state, silent) == ("connected", [])
    await connection.close()


def open_ones(slack: Slack) -> list[object]:
    return list(slack.playground.sockets.connections(slack.app.id))


class Apps:
    """The workspaces that have an app of their own, as the database would tell."""

    def __init__(self) -> None:
        self.found: list[OwnApp] = []

    async def __call__(self) -> list[OwnApp]:
        return self.found

    def add(self, name: str, token: str | None, app_id: str = "") -> None:
        workspace = Workspace(id=f"T_{name}", name=name, app_id=app_id, created_at=NOW)
        self.found.append(OwnApp(workspace=workspace, token=token))


@pytest.fixture
async def apps() -> Apps:
    return Apps()


@pytest.fixture
async def connections(slack: Slack, apps: Apps) -> AsyncIterator[Connections]:
    bolt = bolt_of(slack.interactive())
    connections = Connections(bolt, slack.app.app_token, apps)
    await connections.open()
    yield connections
    await connections.close()


def second_app(slack: Slack) -> App:
    return slack.playground.create_app(manifest())


def states(connections: Connections) -> dict[tuple[str, ...], str]:
    return {each.names: each.state for each in connections.states()}


async def test_the_main_app_is_there_from_the_start(slack: Slack, connections: Connections) -> None:
    (state,) = connections.states()
    assert (state.app_id, state.names, state.state) == (slack.app.id, ("main app",), "connected")
    assert connections.words("T_any") == "✅ Connected"


async def test_apps_of_workspaces_come_and_go(slack: Slack, apps: Apps, connections: Connections) -> None:
    other = second_app(slack)
    apps.add("Acme", other.app_token)
    apps.add("Globex", other.app_token)
    connections.changed()
    await until(lambda: states(connections).get(("Acme", "Globex")) == "connected")
    assert len(slack.playground.sockets.connections(other.id)) == 1
    apps.found.clear()
    connections.changed()
    await until(lambda: states(connections) == {("main app",): "connected"})
    await until(lambda: not slack.playground.sockets.connections(other.id))
    assert count(slack) == 1


async def test_a_bad_own_token_stops_nobody_else(slack: Slack, apps: Apps, connections: Connections) -> None:
    other = second_app(slack)
    apps.add("Bad", "xapp-1-ABAD-1-nonsense", "ABAD")
    apps.add("Lost", None, "ALOST")
    apps.add("Acme", other.app_token)
    connections.changed()
    wanted = {
        ("main app",): "connected",
        ("Bad",): "refused",
        ("Lost",): "unreadable",
        ("Acme",): "connected",
    }
    await until(lambda: states(connections) == wanted)
    assert "refuses the app token" in connections.words("T_Bad")
    assert "HOUSTON_SECRET_KEY" in connections.words("T_Lost")
    assert connections.words("T_Acme") == "✅ Connected"


async def test_a_workspace_with_the_main_apps_token_shares_its_connection(
    slack: Slack, apps: Apps, connections: Connections
) -> None:
    apps.add("Same", slack.app.app_token)
    await connections.sync()
    assert states(connections) == {("main app",): "connected"}
    assert count(slack) == 1


async def test_closing_leaves_nothing_behind(slack: Slack, apps: Apps) -> None:
    before = asyncio.all_tasks()
    apps.add("Acme", second_app(slack).app_token)
    connections = Connections(bolt_of(slack.interactive()), slack.app.app_token, apps)
    await connections.open()
    await until(lambda: states(connections).get(("Acme",)) == "connected")
    await connections.close()
    left = {task for task in asyncio.all_tasks() - before if "bot/playground" not in str(task.get_coro())}
    assert not [task for task in left if "slack_sdk" in repr(task) or "bot/connect/connection" in repr(task)]


def test_an_app_token_names_its_app() -> None:
    assert app_id_of("xapp-1-A0123-456-abc") == "A0123"
    assert app_id_of("xapp-wrong") == ""
