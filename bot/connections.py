"""The Socket Mode connection of an app token: watched, reopened, and closed cleanly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Literal

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.refusals import FAILURES, failure
from houston.errors import PermanentFailure

log = logging.getLogger(__name__)

State = Literal["connecting", "connected", "reconnecting", "closed"]
STATES: dict[State, str] = {
    "connecting": "Connecting…",
    "connected": "✅ Connected",
    "reconnecting": "⚠️ Reconnecting…",
    "closed": "Closed",
}

PING_SECONDS = 10.0
MISSES = 3
"""Checks without a connection before it is thrown away: slack_sdk repairs most by itself."""

OPEN_SECONDS = 20.0
LONGEST_BACKOFF = 60.0
DRAIN_SECONDS = 10.0


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


class Connection:
    """Keeps one connection to Slack for `app`; `state` says how it stands."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        ping_seconds: float = PING_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._ping_seconds = ping_seconds
        self._sleep = sleep
        self._handler: AsyncSocketModeHandler | None = None
        self._watch: asyncio.Task[None] | None = None
        self.running = Running()
        self.state: State = "connecting"
        app.listener_runner.listener_start_handler = self.running

    def __str__(self) -> str:
        return STATES[self.state]

    async def open(self) -> None:
        """Connect, however long Slack takes. Raises PermanentFailure where it will never let us in."""
        await self._keep_trying()
        self._watch = asyncio.create_task(self._keep_open(), name="slack connection")

    async def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Hear nothing more, let the listeners finish, and go."""
        self.state = "closed"
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._handler:
            self._handler.client.socket_mode_request_listeners.clear()
        await self.running.drain(seconds)
        await self._discard()

    async def _keep_open(self) -> None:
        misses = 0
        while True:
            await self._sleep(self._ping_seconds)
            if self._handler and await self._handler.client.is_connected():
                misses, self.state = 0, "connected"
                continue
            misses, self.state = misses + 1, "reconnecting"
            if misses >= MISSES:
                misses = 0
                await self._reopen()

    async def _reopen(self) -> None:
        log.warning("the connection to Slack is lost; opening a new one")
        await self._discard()
        try:
            await self._keep_trying()
        except PermanentFailure as refusal:
            log.error("Slack does not let Houston connect: %s", refusal.message)

    async def _keep_trying(self) -> None:
        pause = 1.0
        while not await self._try():
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_BACKOFF)
        self.state = "connected"
        log.info("connected to Slack")

    async def _try(self) -> bool:
        """slack_sdk would try one stale address for ever, so each try gets its own and has an end."""
        handler = self._handler = self._new_handler()
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                answer = await self._app.client.apps_connections_open(app_token=self._app_token)
                handler.client.wss_uri = str(answer["url"])
                await handler.connect_async()  # type: ignore[no-untyped-call]
            return True
        except FAILURES as error:
            await self._discard()
            refusal = failure(error)
            if isinstance(refusal, PermanentFailure):
                raise refusal from error
            log.warning("could not connect to Slack: %s", refusal.message)
            return False

    def _new_handler(self) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(
            self._app,
            self._app_token,
            logger=log,
            web_client=self._app.client,
            ping_interval=self._ping_seconds,
        )

        async def hear(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            self.running.note()
            await handler.handle(client, request)  # type: ignore[arg-type]

        handler.client.socket_mode_request_listeners[:] = [hear]
        return handler

    async def _discard(self) -> None:
        """Close the handler's client and wait for the tasks that it only cancels."""
        handler, self._handler = self._handler, None
        if handler is None:
            return
        client = handler.client
        await client.close()  # type: ignore[no-untyped-call]
        tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
