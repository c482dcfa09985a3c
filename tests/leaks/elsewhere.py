"""A service of another kind than Slack, to which a destination's URL leads: whatever arrives is noted."""

import secrets
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.leaks.audience import Audience

if TYPE_CHECKING:
    from tests.leaks.watching import Watch

TELLS = {"agency": frozenset("abgnr"), "client_a": frozenset("a"), "client_b": frozenset("b")}
"""Whose words may go to the services of each workspace: Houston cannot know who reads there."""

HOST = "127.0.0.1"


class Elsewhere:
    """One address for each workspace; the last part of it is its secret."""

    def __init__(self, watch: "Watch") -> None:
        self._watch = watch
        self._runner: web.AppRunner | None = None
        self._port = 0

    def url(self, team: str) -> str:
        """As Apprise writes it."""
        return f"json://{HOST}:{self._port}/{team}/{secrets.token_hex(12)}"

    def audience(self, team: str, kind: str = "service") -> Audience:
        return Audience(who=(), place=f"the {kind} of {team}", sees=TELLS[team])

    async def _arrived(self, request: web.Request) -> web.Response:
        self._watch.note("service", self.audience(request.match_info["team"]), await request.text())
        return web.Response(text="ok")

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.add_routes([web.post("/{team}/{secret}", self._arrived)])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
