"""When Houston knows where its notification is. It is seen a moment before, and nobody but a test is so quick
as to press a button, or to say something in its thread, within that moment."""

import asyncio

from bot.playground.state import Message
from houston.access import everything
from houston.assembly import Houston
from tests.patience import PATIENCE


async def recorded(houston: Houston, message: Message) -> Message:
    """The message, once its place is written down."""
    async with asyncio.timeout(PATIENCE):
        while message.ts not in await _places(houston):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return message


async def _places(houston: Houston) -> set[str]:
    async with houston.store.read() as uow:
        return {each.ts for each in await uow.deliveries.all(scope=everything(), limit=500)}
