"""Outlier definitions, checked as if it were later."""

import asyncio
from datetime import datetime

from houston.access import everything
from houston.assembly import Houston
from tests.patience import PATIENCE


async def checked(houston: Houston, at: datetime) -> None:
    """A house ticks by itself too: a definition that it takes in hand at this moment, as it does with each
    new one, is not looked at here. It is due again until then, and taken now."""
    async with asyncio.timeout(PATIENCE):
        await houston.checks.due(at)
        while await _is_any_due(houston, at):
            await houston.checks.due(at)


async def _is_any_due(houston: Houston, at: datetime) -> bool:
    async with houston.store.read() as uow:
        return bool(await uow.definitions.due(scope=everything(), now=at))
