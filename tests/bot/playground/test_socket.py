"""Socket Mode on the wire, with a bare websocket where Bolt would be too obliging."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.bot.playground.conftest import HASTY, Recorder, Slack
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.slow

Json = dict[str, Any]


class Wire:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> Json:
        found: Json = await self.socket.receive_json(timeout=PATIENCE)
        return found

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer = {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
        await self.socket.send_json(answer)


@asynccontextmanager
async def _wire(slack: Slack) -> AsyncIterator[Wire]:
    answer = await slack.client.apps_connections_open(app_token=slack.app.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        yield Wire(socket)


async def test_hello_comes_first_and_a_ticket_opens_one_connection(slack: Slack) -> None:
    answer = await slack.client.apps_connections_open(app_token=slack.app.app_token)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(answer["url"]) as socket:
            assert (await Wire(socket).next())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(answer["url"])


async def test_only_an_app_token_opens_connections(slack: Slack) -> None:
    for token, error in ((slack.token, "not_allowed_token_type"), ("xapp-no", "invalid_auth")):
        with pytest.raises(SlackApiError, match=error):
            await slack.client.apps_connections_open(app_token=token)


@pytest.mark.parametrize("timings", [HASTY], ids=["hasty"])
async def test_an_unacknowledged_event_comes_again_with_the_same_event_id(slack: Slack) -> None:
    async with _wire(slack) as wire:
        await wire.next()
        await slack.alice.say(slack.general.id, "anyone?")
        first, second = await wire.next(), await wire.next()
        await wire.ack(second)
        await slack.alice.say(slack.general.id, "next")
        third = await _other_than(first, wire)
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["retry_reason"] == "timeout"
    assert third["payload"]["event"]["text"] == "next"
    assert first["accepts_response_payload"] is False


@pytest.mark.parametrize("timings", [HASTY], ids=["hasty"])
async def test_an_event_that_is_never_acknowledged_is_given_up(slack: Slack) -> None:
    async with _wire(slack) as wire:
        await wire.next()
        await slack.alice.say(slack.general.id, "anyone?")
        await slack.until(lambda: slack.playground.sockets.undelivered)
    assert slack.playground.sockets.undelivered[0]["event"]["text"] == "anyone?"


async def _other_than(heard: Json, wire: Wire) -> Json:
    """The next event, however often a busy machine is told the one before."""
    while True:
        envelope = await wire.next()
        await wire.ack(envelope)
        if envelope["payload"]["event_id"] != heard["payload"]["event_id"]:
            return envelope


async def test_an_event_on_a_dying_connection_is_delivered_over_another(slack: Slack) -> None:
    async with _wire(slack) as dying:
        await dying.next()
        await slack.alice.say(slack.general.id, "hello")
        first = await dying.next()
        async with _wire(slack) as other:
            await other.next()
            await dying.socket.close()
            again = await other.next()
            await other.ack(again)
    assert again["payload"]["event_id"] == first["payload"]["event_id"]


async def test_each_envelope_goes_to_one_connection(slack: Slack) -> None:
    async with _wire(slack) as one, _wire(slack) as two:
        await one.next()
        await two.next()
        for number in range(8):
            await slack.alice.say(slack.general.id, str(number))
        seen: list[str] = []
        hearing = [asyncio.create_task(_hear(wire, seen)) for wire in (one, two)]
        await until(lambda: len(seen) >= 8)
        for each in hearing:
            each.cancel()
        await asyncio.gather(*hearing, return_exceptions=True)
    assert sorted(seen) == [str(number) for number in range(8)]


async def _hear(wire: Wire, seen: list[str]) -> None:
    while True:
        envelope = await wire.next()
        await wire.ack(envelope)
        seen.append(envelope["payload"]["event"]["text"])


async def test_an_eleventh_connection_is_turned_away(slack: Slack) -> None:
    answers = [await slack.client.apps_connections_open(app_token=slack.app.app_token) for _ in range(11)]
    async with aiohttp.ClientSession() as session:
        wires = [Wire(await session.ws_connect(answer["url"])) for answer in answers]
        greetings = [await wire.next() for wire in wires]
    assert [each["type"] for each in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def test_the_sdk_reconnects_when_slack_asks_for_it(slack: Slack) -> None:
    bolt = slack.bolt()
    heard = Recorder()

    @bolt.event("message")
    async def listen(body: Json) -> None:
        await heard(body)

    sockets = slack.playground.sockets
    async with slack.connected(bolt):
        old = sockets.connections(slack.app.id)
        await sockets.disconnect("refresh_requested", app=slack.app)
        await slack.until(lambda: sockets.connections(slack.app.id))
        assert sockets.connections(slack.app.id) != old
        await slack.alice.say(slack.general.id, "still there?")
        assert (await heard.next())["event"]["text"] == "still there?"


async def test_the_sdk_reconnects_after_the_network_breaks(slack: Slack) -> None:
    sockets = slack.playground.sockets
    async with slack.connected(slack.bolt(), ping_seconds=0.2):
        await sockets.cut(slack.app)
        await slack.until(lambda: sockets.connections(slack.app.id))


async def test_a_warning_leaves_the_connection_at_work(slack: Slack) -> None:
    async with _wire(slack) as wire:
        await wire.next()
        await slack.playground.sockets.disconnect("warning", app=slack.app)
        assert await wire.next() == {"type": "disconnect", "reason": "warning"}
        await slack.alice.say(slack.general.id, "hello")
        envelope = await wire.next()
        await wire.ack(envelope)
    assert envelope["type"] == "events_api"
