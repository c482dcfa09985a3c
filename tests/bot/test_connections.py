import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import Connection
from houston.errors import PermanentFailure
from tests.bot.slack import Slack, local_slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with local_slack() as slack:
        yield slack


def bolt_of(client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret="unused")


def connection_of(slack: Slack, token: str | None = None, app: AsyncApp | None = None) -> Connection:
    bolt = app or bolt_of(slack.interactive())
    return Connection(bolt, token or slack.app.app_token, ping_seconds=0.05)


def count(slack: Slack) -> int:
    return len(slack.playground.sockets.connections(slack.app.id))


async def until(slack: Slack, condition: Callable[[], object]) -> None:
    await slack.alice.wait_for(condition, timeout=5)


async def test_it_connects_and_leaves_nothing_behind(slack: Slack) -> None:
    before = asyncio.all_tasks()
    connection = connection_of(slack)
    assert str(connection) == "Connecting…"
    await connection.open()
    await until(slack, lambda: count(slack) == 1)
    assert str(connection) == "✅ Connected"
    await connection.close()
    assert str(connection) == "Closed"
    await until(slack, lambda: count(slack) == 0)
    left = {task for task in asyncio.all_tasks() - before if "bot/playground" not in str(task.get_coro())}
    assert not [task for task in left if "slack_sdk" in repr(task) or "bot/connections" in repr(task)]


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
    await until(slack, lambda: count(slack) == 1)
    await slack.playground.sockets.disconnect(app=slack.app)
    await until(slack, lambda: count(slack) == 1 and connection.state == "connected")
    await connection.close()


async def test_closing_waits_for_listeners_and_their_answers(slack: Slack) -> None:
    bolt = bolt_of(slack.interactive())
    started, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work(event: dict[str, object]) -> None:
        started.set()
        await go_on.wait()
        done.set()

    bolt.event("message")(work)
    connection = connection_of(slack, app=bolt)
    await connection.open()
    await slack.alice.say(slack.general.id, "Hello")
    await asyncio.wait_for(started.wait(), 5)
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
    connection = connection_of(slack, app=bolt)
    await connection.open()
    await slack.alice.say(slack.general.id, "Hello")
    await asyncio.wait_for(started.wait(), 5)
    await connection.close(seconds=0.05)
    assert stopped.is_set()
