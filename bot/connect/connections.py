"""The connections of all apps: the main one, and one for each that a workspace brought along."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from slack_bolt.async_app import AsyncApp

from bot.connect.connection import DRAIN_SECONDS, MAIN, PING_SECONDS, STATES, Connection
from bot.connect.sockets import Running
from houston.status import ConnectionState
from houston.team.tokens import OwnApp
from store.tables import Workspace

log = logging.getLogger(__name__)

SYNC_SECONDS = 30.0
"""How soon a workspace that another process added or removed is noticed."""


Arrived = Callable[[Workspace], Awaitable[None]]
"""Told of a workspace that came with an app of its own while Houston ran."""


async def _meet_nobody(workspace: Workspace) -> None:
    """Nobody needs to know."""


class Connections:
    """One connection for the main app, and one for each app that a workspace brought along."""

    def __init__(
        self,
        app: AsyncApp,
        main_token: str,
        own_apps: Callable[[], Awaitable[Sequence[OwnApp]]],
        *,
        arrived: Arrived = _meet_nobody,
        ping_seconds: float = PING_SECONDS,
        sync_seconds: float = SYNC_SECONDS,
    ) -> None:
        self._app = app
        self._main_token = main_token
        self._own_apps = own_apps
        self._arrived = arrived
        self._ping_seconds = ping_seconds
        self._sync_seconds = sync_seconds
        self._names: dict[str, list[str]] = {}
        self._unreadable: list[OwnApp] = []
        self._of: dict[str, str] = {}
        self._changed = asyncio.Event()
        self._syncing: asyncio.Task[None] | None = None
        self.running = Running()
        self._open = {main_token: self._new(main_token, MAIN)}

    @property
    def main(self) -> Connection:
        return self._open[self._main_token]

    async def open(self) -> None:
        """The main app's first; the others follow, and none of them holds up the start.

        Raises PermanentFailure where Slack will never let the main app in.
        """
        await self.main.open()
        await self.sync()
        self._syncing = asyncio.create_task(self._keep_in_sync(), name="slack connections")

    def changed(self) -> None:
        """Workspaces came or went: look soon."""
        self._changed.set()

    async def sync(self) -> list[Workspace]:
        """Open and close connections so that each app of an active workspace has one.

        The workspaces that were not there before.
        """
        wanted, before, self._of = await self._wanted(), self._of, {}
        for token, workspaces in wanted.items():
            self._of |= {workspace.workspace.id: token for workspace in workspaces}
        self._names = {token: [each.workspace.name for each in those] for token, those in wanted.items()}
        for token in self._open.keys() - wanted.keys() - {self._main_token}:
            await self._open.pop(token).drop()
        for token in wanted.keys() - self._open.keys():
            self._open[token] = self._new(token, f"app of {', '.join(self._names[token])}")
            self._open[token].open_soon()
        there = (each.workspace for those in wanted.values() for each in those)
        return [workspace for workspace in there if workspace.id not in before]

    async def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Hear nothing more, let the listeners finish, and go."""
        if self._syncing:
            self._syncing.cancel()
            await asyncio.gather(self._syncing, return_exceptions=True)
        await asyncio.gather(*(each.stop() for each in self._open.values()))
        await self.running.drain(seconds)
        await asyncio.gather(*(each.drop() for each in self._open.values()))

    def states(self) -> list[ConnectionState]:
        """The main app's first."""
        found = [
            ConnectionState(app_id=each.app_id, names=self._named(token), state=each.state)
            for token, each in self._open.items()
        ]
        return found + [
            ConnectionState(app_id=each.workspace.app_id, names=(each.workspace.name,), state="unreadable")
            for each in self._unreadable
        ]

    def words(self, workspace_id: str) -> str:
        """How the connection of this workspace stands, for its people."""
        if any(each.workspace.id == workspace_id for each in self._unreadable):
            return STATES["unreadable"]
        return str(self._open.get(self._of.get(workspace_id, self._main_token), self.main))

    def _named(self, token: str) -> tuple[str, ...]:
        return (MAIN,) if token == self._main_token else tuple(self._names.get(token, ()))

    async def _wanted(self) -> dict[str, list[OwnApp]]:
        wanted: defaultdict[str, list[OwnApp]] = defaultdict(list)
        found = await self._own_apps()
        for each in found:
            if each.token:
                wanted[each.token].append(each)
        self._unreadable = [each for each in found if not each.token]
        return dict(wanted)

    async def _keep_in_sync(self) -> None:
        while True:
            await self._until_changed()
            try:
                for workspace in await self.sync():
                    await self._arrived(workspace)
            except Exception:
                log.exception("the connections could not be brought in line with the workspaces")

    async def _until_changed(self) -> None:
        try:
            async with asyncio.timeout(self._sync_seconds):
                await self._changed.wait()
        except TimeoutError:
            pass
        self._changed.clear()

    def _new(self, token: str, name: str) -> Connection:
        return Connection(self._app, token, name=name, running=self.running, ping_seconds=self._ping_seconds)
