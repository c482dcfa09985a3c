from datetime import datetime

from store.repository import Repository
from store.tables import Member


class Members(Repository):
    """Slack users as Houston knows them. They are no client's data, so they take no scope."""

    async def find(self, *, workspace_id: str, user_id: str) -> Member | None:
        return await self._session.get(Member, (workspace_id, user_id))

    async def seen(
        self, *, workspace_id: str, user_id: str, name: str, timezone: str, now: datetime
    ) -> Member:
        member = await self.find(workspace_id=workspace_id, user_id=user_id)
        if member is None:
            member = Member(workspace_id=workspace_id, user_id=user_id, seen_at=now)
        member.name, member.timezone, member.seen_at = name, timezone, now
        self._session.add(member)
        return member
