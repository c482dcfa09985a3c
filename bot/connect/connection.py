"""The Socket Mode connection of an app token: watched, reopened, and closed cleanly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Literal

from slack_bolt.async_app import AsyncApp

from bot.connect.sockets import Running, Socket
from bot.refusals import FAILURES, failure
from houston.errors import PermanentFailure

log = logging.getLogger(__name__)

State = Literal["connecting", "connected", "reconnecting", "refused", "closed"]
STATES: dict[str, str] = {
    "connecting": "Connecting…",
    "connected": "✅ Connected",
    "reconnecting": "⚠️ Reconnecting…",
    "refused": "❌ Slack refuses the app token",
    "unreadable": "❌ Its app token cannot be read with HOUSTON_SECRET_KEY",
    "closed": "Closed",
}

PING_SECONDS = 10.0
MISSES = 3
"""Checks without a connection before it is thrown away: slack_sdk repairs most by itself."""

OPEN_SECONDS = 20.0
LONGEST_BACKOFF, REFUSED_SECONDS = 60.0, 300.0
DRAIN_SECONDS = 10.0

MAIN = "main app"

Sleep = Callable[[float], Awaitable[None]]


class Connection:
    """Keeps one connection to Slack for `app`; `state` says how it stands."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        *,
        name: str = MAIN,
        running: Running | None = None,
        ping_seconds: float = PING_SECONDS,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._name = name
        self._ping_seconds = ping_seconds
        self._sleep = sleep
        self._socket: Socket | None = None
        self._watch: asyncio.Task[None] | None = None
        self.running = running or Running()
        self.state: State = "connecting"
        self.app_id = app_id_of(app_token)
        app.listener_runner.listener_start_handler = self.running

    def __str__(self) -> str:
        return STATES[self.state]

    async def open(self) -> None:
        """Connect, however long Slack takes. Raises PermanentFailure where it will never let us in."""
        await self._keep_trying()
        self._watch = asyncio.create_task(self._keep_open(), name=f"slack connection {self.app_id}")

    def open_soon(self) -> None:
        """Connect in the background; a refusal is looked at again now and then."""
        self._watch = asyncio.create_task(self._open_and_keep(), name=f"slack connection {self.app_id}")

    async def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Hear nothing more, let the listeners finish, and go."""
        await self.stop()
        await self.running.drain(seconds)
        await self._discard()

    async def stop(self) -> None:
        """Hear nothing more, but stay open for the answers of listeners."""
        self.state = "closed"
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._socket:
            self._socket.deafen()

    async def drop(self) -> None:
        """Hear nothing more and go at once."""
        await self.stop()
        await self._discard()

    async def _open_and_keep(self) -> None:
        await self._reopen()
        await self._keep_open()

    async def _keep_open(self) -> None:
        misses = 0
        while True:
            await self._sleep(self._ping_seconds)
            if self._socket and await self._socket.is_alive():
                misses, self.state = 0, "connected"
                continue
            misses, self.state = misses + 1, "reconnecting"
            if misses >= MISSES:
                misses = 0
                log.warning("the connection to Slack of the %s is lost; opening a new one", self._name)
                await self._reopen()

    async def _reopen(self) -> None:
        """Until it is open, however often Slack refuses."""
        await self._discard()
        while True:
            try:
                return await self._keep_trying()
            except PermanentFailure as refusal:
                self.state = "refused"
                log.error("Slack does not let Houston connect the %s: %s", self._name, refusal.message)
                await self._sleep(REFUSED_SECONDS)

    async def _keep_trying(self) -> None:
        pause = 1.0
        while not await self._try():
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_BACKOFF)
        self.state = "connected"
        log.info("connected to Slack: %s", self._name)

    async def _try(self) -> bool:
        """slack_sdk would try one stale address for ever, so each try gets its own and has an end."""
        socket = self._socket = Socket(
            self._app, self._app_token, ping_seconds=self._ping_seconds, running=self.running
        )
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                await socket.open()
            self.app_id = socket.app_id or self.app_id
            return True
        except FAILURES as error:
            await self._discard()
            refusal = failure(error)
            if isinstance(refusal, PermanentFailure):
                raise refusal from error
            log.warning("could not connect the %s to Slack: %s", self._name, refusal.message)
            return False

    async def _discard(self) -> None:
        socket, self._socket = self._socket, None
        if socket:
            await socket.close()


def app_id_of(app_token: str) -> str:
    """An app token names its app: xapp-1-A012345-…; '' where it does not."""
    parts = app_token.split("-")
    return parts[2] if len(parts) > 3 and parts[2].startswith("A") else ""
