from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Workspace


class Workspaces(Repository):
    """The Slack teams that Houston serves. They are no client's data, so they take no scope."""

    async def find(self, *, id: str) -> Workspace | None:
        return await self._session.get(Workspace, id)

    async def all_active(self) -> list[Workspace]:
        query = select(Workspace).where(col(Workspace.active).is_(True)).order_by(col(Workspace.created_at))
        return list(await self._session.exec(query))

    async def connect(
        self, *, id: str, name: str, bot_user_id: str, timezone: str | None, now: datetime
    ) -> Workspace:
        """The workspace as it is now; what its people changed stays."""
        workspace = await self.find(id=id)
        if workspace is None:
            workspace = Workspace(id=id, name=name, timezone=timezone or "UTC", created_at=now)
        workspace.name, workspace.bot_user_id, workspace.active = name, bot_user_id, True
        self._session.add(workspace)
        await self._session.flush()
        return workspace

    async def take_rule_number(self, *, id: str) -> int:
        """The next rule's number; a number is never given twice."""
        statement = (
            update(Workspace)
            .where(col(Workspace.id) == id)
            .values(next_rule_number=col(Workspace.next_rule_number) + 1)
            .returning(col(Workspace.next_rule_number))
        )
        taken: int = (await self._session.exec(statement)).scalar_one()
        return taken - 1

    async def set_timezone(self, *, id: str, timezone: str) -> None:
        await self._session.exec(update(Workspace).where(col(Workspace.id) == id).values(timezone=timezone))
