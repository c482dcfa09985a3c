"""Whether Houston lives, and whether it can work; both also before the first workspace is connected."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from houston.status import ConnectionState
from houston.web.answering import HOUSTON
from houston.web.problems import Problem

log = logging.getLogger(__name__)

GRACE = timedelta(minutes=1)
"""How long after the start, or after all connections broke, Houston is still held for ready: Slack
closes connections as it likes, and they are back in seconds."""

Connections = Callable[[], Sequence[ConnectionState]]


def no_connections() -> Sequence[ConnectionState]:
    return ()


@dataclass
class Health:
    """Remembers when a connection to Slack was last seen."""

    connections: Connections
    now: Callable[[], datetime]
    seen_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.seen_at = self.now()

    def hears(self, states: Sequence[ConnectionState]) -> bool:
        if any(state.state == "connected" for state in states):
            self.seen_at = self.now()
        return self.now() - self.seen_at <= GRACE


HEALTH = web.AppKey("health", Health)


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """Ready: the database answers, and, where a workspace is connected, at least one connection stands."""
    health = request.app[HEALTH]
    states = health.connections()
    hears = health.hears(states)
    if await _has_workspace(request) and not hears:
        raise Problem(503, "No connection to Slack stands. Check Slack's status and SLACK_APP_TOKEN.")
    told = [{"app_id": state.app_id, "state": state.state} for state in states]
    return web.json_response({"status": "ready", "connections": told})


async def _has_workspace(request: web.Request) -> bool:
    try:
        async with request.app[HOUSTON].store.read() as uow:
            return bool(await uow.workspaces.all_active())
    except Exception as error:
        log.exception("not ready: the database does not answer")
        raise Problem(503, "The database does not answer.") from error


ROUTES = (web.get("/healthz", healthz), web.get("/readyz", readyz))
