"""Socket Mode: an app's open connections, the envelopes sent over them, and their acknowledgements."""

import asyncio
import json
import random
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import WSMsgType, web

from bot.playground.changes import Changes
from bot.playground.ids import Ids
from bot.playground.limits import MAX_CONNECTIONS, Timings
from bot.playground.nouns import App, Json

EnvelopeType = Literal["events_api", "slash_commands", "interactive"]
DisconnectReason = Literal["warning", "refresh_requested", "too_many_websockets", "link_disabled"]


class Unanswered(Exception):
    """The app did not acknowledge in time, or with something that Slack does not take."""

    def __init__(self, error: Literal["dispatch_failed", "operation_timeout", "invalid_response"]) -> None:
        super().__init__(error)
        self.error = error


@dataclass(eq=False)
class Connection:
    """One websocket of an app. `is_open` turns false when it should get no more envelopes."""

    app_id: str
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    is_open: bool = True
    #: the envelopes whose acknowledgement would come over this connection
    pending: set[str] = field(default_factory=set)


class Sockets:
    def __init__(self, ids: Ids, rng: random.Random, timings: Timings, changes: Changes) -> None:
        self._ids = ids
        self._rng = rng
        self._timings = timings
        self._changes = changes
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        #: what was delivered over the app's life and never acknowledged
        self.undelivered: list[Json] = []

    # --- connections

    def ticket(self, app: App) -> str:
        """Good for one connection."""
        ticket = self._ids.uuid()
        self._tickets[ticket] = app.id
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The id of the app that the ticket lets in."""
        return self._tickets.pop(ticket, None)

    def connections(self, app_id: str) -> list[Connection]:
        return [each for each in self._connections.get(app_id, []) if each.is_open]

    async def serve(self, app_id: str, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        """Speaks with one connected client until it goes away."""
        if len(self.connections(app_id)) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        connection = Connection(app_id, socket, transport)
        self._connections.setdefault(app_id, []).append(connection)
        self._publish()
        try:
            await socket.send_json(self._hello(app_id))
            async for incoming in socket:
                if incoming.type is WSMsgType.TEXT:
                    self._receive(incoming.data)
        finally:
            self._drop(connection)

    def _hello(self, app_id: str) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections(app_id)),
            "connection_info": {"app_id": app_id},
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
        }

    def _receive(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return  # Slack ignores what is not JSON
        ack = self._acks.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if ack and not ack.done():
            ack.set_result(answer.get("payload") or {})

    def _publish(self) -> None:
        self._changes.publish("socket", workspace="")

    def _drop(self, connection: Connection) -> None:
        connection.is_open = False
        self._connections[connection.app_id].remove(connection)
        self._publish()
        for envelope_id in connection.pending:
            ack = self._acks.get(envelope_id)
            if ack and not ack.done():
                ack.set_exception(Unanswered("operation_timeout"))

    async def disconnect(self, reason: DisconnectReason = "refresh_requested", *, app: App) -> None:
        """Tells every connection of the app to go away; with "warning", that it soon will be told."""
        for connection in self.connections(app.id):
            await connection.socket.send_json({"type": "disconnect", "reason": reason})
            if reason == "link_disabled":
                await connection.socket.close()
            elif reason != "warning":
                connection.is_open = False
                self._spawn(self._close_later(connection))

    async def _close_later(self, connection: Connection) -> None:
        await asyncio.sleep(self._timings.disconnect_grace)
        await connection.socket.close()

    async def cut(self, app: App) -> None:
        """Breaks every connection of the app without a word, as a failing network does."""
        for connection in self.connections(app.id):
            connection.is_open = False
            connection.transport.abort()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connections in list(self._connections.values()):
            for connection in list(connections):
                await connection.socket.close()

    # --- envelopes

    def deliver(self, app: App, payload: Json) -> None:
        """Sends an event, again and again until it is acknowledged or Slack would give up."""
        self._spawn(self._deliver(app, payload))

    async def _deliver(self, app: App, payload: Json) -> None:
        envelope = self._envelope("events_api", payload) | {"accepts_response_payload": False}
        reason = ""
        for attempt, wait in enumerate((0.0, *self._timings.redelivery)):
            await asyncio.sleep(wait)
            try:
                await self._send(app, envelope | {"retry_attempt": attempt, "retry_reason": reason})
                return
            except Unanswered as problem:
                reason = "timeout" if problem.error == "operation_timeout" else "connection_failed"
        self.undelivered.append(payload)
        self._publish()

    async def ask(self, app: App, type: EnvelopeType, payload: Json) -> Json:
        """Sends a command or an interaction, once, and returns the payload of its acknowledgement."""
        return await self._send(app, self._envelope(type, payload) | {"accepts_response_payload": True})

    def _envelope(self, type: EnvelopeType, payload: Json) -> Json:
        return {"envelope_id": self._ids.uuid(), "type": type, "payload": payload}

    async def _send(self, app: App, envelope: Json) -> Json:
        open_ones = self.connections(app.id)
        if not open_ones:
            raise Unanswered("dispatch_failed")
        connection = self._rng.choice(open_ones)
        envelope_id = envelope["envelope_id"]
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acks[envelope_id] = ack
        connection.pending.add(envelope_id)
        try:
            await connection.socket.send_json(envelope)
            return await asyncio.wait_for(ack, self._timings.ack_timeout)
        except ConnectionError as problem:
            raise Unanswered("dispatch_failed") from problem
        except TimeoutError as problem:
            raise Unanswered("operation_timeout") from problem
        finally:
            connection.pending.discard(envelope_id)
            self._acks.pop(envelope_id, None)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
