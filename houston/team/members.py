from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from store import Store
from store.tables import Member


@dataclass(frozen=True, kw_only=True)
class Members:
    """Slack users as Houston knows them."""

    store: Store
    now: Callable[[], datetime]

    async def find(self, workspace_id: str, user_id: str) -> Member | None:
        async with self.store.read() as uow:
            return await uow.members.find(workspace_id=workspace_id, user_id=user_id)

    async def seen(self, workspace_id: str, user_id: str, name: str, timezone: str) -> Member:
        async with self.store.begin() as uow:
            member = await uow.members.seen(
                workspace_id=workspace_id, user_id=user_id, name=name, timezone=timezone, now=self.now()
            )
            await uow.commit()
            return member
