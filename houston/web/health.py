"""Whether Houston lives, and whether it can work; both also before the first workspace is connected."""

import logging

from aiohttp import web

from houston.web.answering import HOUSTON
from houston.web.problems import Problem

log = logging.getLogger(__name__)


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    try:
        async with request.app[HOUSTON].store.read() as uow:
            await uow.workspaces.all_active()
    except Exception as error:
        log.exception("not ready: the database does not answer")
        raise Problem(503, "The database does not answer.") from error
    return web.json_response({"status": "ready"})


ROUTES = (web.get("/healthz", healthz), web.get("/readyz", readyz))
