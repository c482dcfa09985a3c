from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from store.repository import Repository, upsert
from store.tables import TokenUse


class TokenUses(Repository):
    """What questions cost, by workspace, member and day. No client's data, so it takes no scope."""

    async def add(self, *, workspace_id: str, user_id: str, day: date, tokens: int) -> None:
        """One more turn."""
        row = {"workspace_id": workspace_id, "user_id": user_id, "day": day, "tokens": tokens, "turns": 1}
        dialect = self._session.get_bind().dialect.name
        also = {"tokens": col(TokenUse.tokens) + tokens, "turns": col(TokenUse.turns) + 1}
        key = ("workspace_id", "user_id", "day")
        await self._session.exec(upsert(dialect, TokenUse, row, key=key, also=also), params=[row])

    async def used(self, *, workspace_id: str, day: date, user_id: str | None = None) -> int:
        """Tokens of a workspace, or of one member there."""
        query = select(func.coalesce(func.sum(TokenUse.tokens), 0)).where(
            TokenUse.workspace_id == workspace_id, TokenUse.day == day
        )
        if user_id is not None:
            query = query.where(TokenUse.user_id == user_id)
        return int((await self._session.exec(query)).one())
