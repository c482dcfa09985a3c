"""Events for as long as somebody wants them."""

import asyncio
from collections.abc import AsyncGenerator

from houston.agent.turn import AgentEvent


async def until(
    unwanted: asyncio.Event, events: AsyncGenerator[AgentEvent, None]
) -> AsyncGenerator[AgentEvent, None]:
    """The events up to that moment; then, and when this is closed, they are closed too."""
    waiting = asyncio.create_task(unwanted.wait())
    step: asyncio.Task[AgentEvent | None] | None = None
    try:
        while not unwanted.is_set():
            step = asyncio.create_task(_next(events))
            await asyncio.wait({step, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not step.done() or (event := step.result()) is None:
                return
            yield event
    finally:
        tasks = [task for task in (waiting, step) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await events.aclose()


async def _next(events: AsyncGenerator[AgentEvent, None]) -> AgentEvent | None:
    return await anext(events, None)
