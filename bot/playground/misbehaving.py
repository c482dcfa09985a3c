"""Lets a fault happen to a request."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.playground.state import Playground


async def answer(
    playground: Playground,
    request: web.Request,
    method: str,
    channel: str | None,
    work: Callable[[], Awaitable[web.Response]],
) -> web.StreamResponse:
    """Does the work and answers, unless a fault strikes this method and channel."""
    fault = playground.faults.strike(method, channel)
    if fault is None:
        return await work()
    match fault.kind:
        case "rate_limit":
            return rate_limited(fault.retry_after)
        case "status":
            return web.Response(status=fault.status, text="fault")
        case "hang":
            await asyncio.sleep(fault.seconds)
            return await work()
        case "drop_answer":
            await work()
    return _cut(request)


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
