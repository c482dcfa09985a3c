"""How long a test waits for what is sure to come."""

import asyncio
from collections.abc import Callable

PATIENCE = 60
"""Seconds. Costs nothing where all is well; a busy machine may need many."""


async def until(condition: Callable[[], object]) -> None:
    """For what no feed tells of, so that it has to be looked at again and again."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
