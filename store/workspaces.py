from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Workspace


class Workspaces(Repository):
    """The Slack teams that Houston serves. They are no client's data, so they take no scope."""

    async def find(self, *, id: str) -> Workspace | None:
        return await self._session.get(Workspace, id)

    async def all(self) -> list[Workspace]:
        """Also those that are no longer connected, the oldest first."""
        query = select(Workspace).order_by(col(Workspace.created_at), col(Workspace.id))
        return list(await self._session.exec(query))

    async def all_active(self) -> list[Workspace]:
        query = select(Workspace).where(col(Workspace.active).is_(True)).order_by(col(Workspace.created_at))
        return list(await self._session.exec(query))

    async def any_agency(self) -> bool:
        """Whether an agency's workspace was ever connected."""
        query = select(Workspace.id).where(Workspace.kind == "agency").limit(1)
        return (await self._session.exec(query)).first() is not None

    async def save(self, *, workspace: Workspace) -> Workspace:
        self._session.add(workspace)
        await self._session.flush()
        return workspace

    async def connect(
        self, *, id: str, name: str, bot_user_id: str, timezone: str | None, now: datetime
    ) -> Workspace:
        """The workspace as it is now; what its people changed stays."""
        workspace = await self.find(id=id)
        if workspace is None:
            workspace = Workspace(id=id, name=name, timezone=timezone or "UTC", created_at=now)
        workspace.name, workspace.bot_user_id = name, bot_user_id
        workspace.active, workspace.inactive_reason = True, ""
        return await self.save(workspace=workspace)

    async def deactivate(self, *, id: str, reason: str) -> bool:
        """Whether it was active until now."""
        statement = update(Workspace).where(col(Workspace.id) == id, col(Workspace.active).is_(True))
        values = {"active": False, "inactive_reason": reason, "rotating_until": None}
        return await self._changes(statement.values(**values))

    async def lease_rotation(self, *, id: str, now: datetime, until: datetime) -> bool:
        """Whether the next rotation of this workspace's token is ours; nobody else's until then."""
        is_free = or_(col(Workspace.rotating_until).is_(None), col(Workspace.rotating_until) <= now)
        statement = update(Workspace).where(col(Workspace.id) == id, col(Workspace.active).is_(True), is_free)
        return await self._changes(statement.values(rotating_until=until))

    async def rotated(self, *, id: str, expires_at: datetime | None) -> None:
        """Note until when the token is good, and let go of the lease."""
        statement = update(Workspace).where(col(Workspace.id) == id)
        await self._session.exec(statement.values(token_expires_at=expires_at, rotating_until=None))

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

    async def digests_due(self, *, now: datetime) -> list[Workspace]:
        """Those whose daily digest is due."""
        query = select(Workspace).where(
            col(Workspace.digest_due_at) <= now,
            col(Workspace.digest_on).is_(True),
            col(Workspace.active).is_(True),
        )
        return list(await self._session.exec(query.order_by(col(Workspace.digest_due_at))))

    async def move_digest(self, *, id: str, due_at: datetime, to: datetime) -> bool:
        """Whether the next digest was due at `due_at` until now."""
        is_there = (col(Workspace.id) == id, col(Workspace.digest_due_at) == due_at)
        return await self._changes(update(Workspace).where(*is_there).values(digest_due_at=to))
