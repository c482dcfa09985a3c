"""How far long work is, in the open form that waits for it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.listeners.watching.pressed import Pressed
from bot.views.blocks import Block

EVERY = 1.0
"""Seconds between two looks: Slack takes about a hundred view updates a minute."""

Progress = Callable[[int, int], None]


@asynccontextmanager
async def shown_below(
    by: Pressed, block_id: str, shown: Callable[[int, int], Sequence[Block]]
) -> AsyncIterator[Progress]:
    """What is told to the progress is shown below the block, until the work ends."""
    newest: list[tuple[int, int]] = []

    async def show() -> None:
        while True:
            await asyncio.sleep(EVERY)
            if newest:
                done, all = newest.pop()
                newest.clear()
                await by.answer_below(block_id, shown(done, all))

    task = asyncio.create_task(show(), name="progress")
    try:
        yield lambda done, all: newest.append((done, all))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
