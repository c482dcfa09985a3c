"""Lets a fault happen to a request."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.state import Playground
from bot.playground.traffic import Heard

Work = Callable[[], Awaitable[web.Response]]


async def answer(
    playground: Playground, request: web.Request, method: str, channel: str | None, work: Work
) -> web.StreamResponse:
    """Does the work and answers, unless a fault strikes this method and channel."""
    at = playground.now()
    fault = playground.faults.strike(method, channel)
    answered = await (_struck(fault, work) if fault else work())
    status = answered.status if answered else None
    took = playground.now() - at
    playground.traffic.keep(Heard(method=method, channel=channel, at=at, took=took, status=status))
    return answered or _cut(request)


async def _struck(fault: Fault, work: Work) -> web.Response | None:
    """None where there is no answer."""
    match fault.kind:
        case "rate_limit":
            return rate_limited(fault.retry_after)
        case "refuse":
            return web.json_response({"ok": False, "error": fault.error})
        case "status":
            return web.Response(status=fault.status, text=fault.text)
        case "hang":
            await asyncio.sleep(fault.seconds)
            return await work()
        case "drop_answer":
            await work()
    await asyncio.sleep(fault.seconds)
    return None


def rate_limited(retry_after: int) -> web.Response:
    return web.json_response(
        {"ok": False, "error": "ratelimited"},
        status=429,
        headers={"Retry-After": str(retry_after)},
    )


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
