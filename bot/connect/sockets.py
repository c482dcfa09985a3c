"""One try at a Socket Mode session, and the listeners that it sets to work."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

log = logging.getLogger(__name__)
log.addFilter(lambda record: record.levelno > logging.DEBUG)
"""At DEBUG slack_sdk writes down all that it hears: what people say, and the tokens that they type."""


class Running(AsyncListenerStartHandler):
    """The listeners at work. Bolt starts them as tasks that nobody holds."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self.note()

    def note(self) -> None:
        """Count the current task in, until it ends."""
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> None:
        """Let them finish; after `seconds` they are cancelled."""
        waiting = self._tasks - {asyncio.current_task()}
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


class Socket:
    """slack_sdk's client of one app token. It mends most breaks by itself, for as long as Slack says
    hello to each of its sessions."""

    def __init__(self, app: AsyncApp, app_token: str, *, ping_seconds: float, running: Running) -> None:
        self._app = app
        self._app_token = app_token
        self._running = running
        self._greeted: str | None = None
        self._hello = asyncio.Event()
        self.app_id = ""
        self._handler = AsyncSocketModeHandler(
            app, app_token, logger=log, web_client=app.client, ping_interval=ping_seconds
        )
        self._client.socket_mode_request_listeners[:] = [self._hear()]
        self._client.on_message_listeners.append(self._listen)

    async def open(self) -> None:
        """Until Slack's hello. Raises what a call to Slack may raise."""
        answer = await self._app.client.apps_connections_open(app_token=self._app_token)
        self._client.wss_uri = str(answer["url"])
        await self._handler.connect_async()  # type: ignore[no-untyped-call]
        await self._hello.wait()

    async def is_alive(self) -> bool:
        """Whether the session is open, answers pings, and was welcomed by Slack."""
        is_connected: bool = await self._client.is_connected()
        return is_connected and await self._client.session_id() == self._greeted

    def deafen(self) -> None:
        """Take no more requests."""
        self._client.socket_mode_request_listeners.clear()

    async def close(self) -> None:
        """Close it and wait for the tasks that slack_sdk only cancels."""
        client = self._client
        await client.close()
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    @property
    def _client(self) -> Any:
        return self._handler.client

    def _hear(self) -> Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]:
        async def hear(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            self._running.note()
            await self._handler.handle(client, request)  # type: ignore[arg-type]

        return hear

    async def _listen(self, message: aiohttp.WSMessage) -> None:
        if '"hello"' not in message.data[:200]:
            return
        content = json.loads(message.data)
        if content.get("type") == "hello":
            self.app_id = (content.get("connection_info") or {}).get("app_id") or self.app_id
            self._greeted = await self._client.session_id()
            self._hello.set()
