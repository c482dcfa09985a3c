"""Live updates: the playground's changes, as server-sent events for one person's page."""

import asyncio
import json

from aiohttp import web

from bot.playground.changes import Change, Subscription
from bot.playground.page.visit import Site, Visit, visit_of

HEARTBEAT = 15.0


async def feed(site: Site, request: web.Request) -> web.StreamResponse:
    visit = visit_of(site, request)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    with site.playground.changes.subscribe() as changes:
        try:
            await response.write(b": connected\n\n")
            while True:
                await response.write(await next_event(visit, changes))
        except ConnectionResetError:
            return response


async def next_event(visit: Visit, subscription: Subscription) -> bytes:
    """The next change that this person may know of; a heartbeat where there is none for a while."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            while not concerns(visit, change := await subscription.next()):
                pass
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event(change))}\n\n".encode()


def concerns(visit: Visit, change: Change) -> bool:
    if change.user == visit.user.id:
        return True
    channel = visit.playground.channels.get(change.channel or "")
    teams = channel.teams if channel else [change.workspace]
    if change.user is not None or visit.workspace.id not in teams:
        return change.kind == "user"
    return channel is None or not channel.is_private or visit.user.id in channel.members


def event(change: Change) -> dict[str, str | None]:
    return {
        "kind": change.kind,
        "channel": change.channel,
        "ts": change.ts,
        "thread_ts": change.thread_ts,
        "view": change.view,
    }
