"""Writes that answers propose, and how each was decided: once, whoever presses how often."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from store.repository import Repository
from store.tables import Approval, Conversation, Turn


class Approvals(Repository):
    """Of one workspace: only the asker decides, and what they may see is decided anew when they do."""

    async def add(self, *, approval: Approval) -> Approval:
        self._session.add(approval)
        await self._session.flush()
        return approval

    async def find(self, *, workspace_id: str, id: int) -> tuple[Approval, Turn, Conversation] | None:
        """A proposal, the turn that made it, and where that was."""
        query = (
            select(Approval, Turn, Conversation)
            .join(Turn, col(Turn.id) == col(Approval.turn_id))
            .join(Conversation, col(Conversation.id) == col(Turn.conversation_id))
            .where(Approval.id == id, Approval.workspace_id == workspace_id)
        )
        return (await self._session.exec(query)).first()

    async def of_conversation(self, *, conversation_id: int) -> list[Approval]:
        """The oldest first."""
        query = (
            select(Approval)
            .join(Turn, col(Turn.id) == col(Approval.turn_id))
            .where(Turn.conversation_id == conversation_id)
            .order_by(col(Approval.id))
        )
        return list(await self._session.exec(query))

    async def claim(self, *, id: int, now: datetime) -> bool:
        """Whether it was still waiting, and in time: of several at once one gets it."""
        waiting = (col(Approval.state) == "waiting", col(Approval.expires_at) > now)
        return await self._change(id, *waiting, state="approved", decided_at=now)

    async def settle(self, *, id: int, was: str, state: str, outcome: str = "", now: datetime) -> bool:
        """Whether it stood as `was` until now."""
        stood = col(Approval.state) == was
        return await self._change(id, stood, state=state, outcome=outcome, decided_at=now)

    async def expire(self, *, now: datetime) -> None:
        """All that nobody decided in time."""
        over = (col(Approval.state) == "waiting", col(Approval.expires_at) <= now)
        await self._session.exec(update(Approval).where(*over).values(state="expired", decided_at=now))

    async def unshown(self, *, since: datetime) -> list[tuple[Approval, Conversation]]:
        """Expired since then, while their cards may not say so yet."""
        query = (
            select(Approval, Conversation)
            .join(Turn, col(Turn.id) == col(Approval.turn_id))
            .join(Conversation, col(Conversation.id) == col(Turn.conversation_id))
            .where(Approval.state == "expired", Approval.message_ts != "", col(Approval.decided_at) >= since)
        )
        return list(await self._session.exec(query.order_by(col(Approval.id))))

    async def posted(self, *, workspace_id: str, id: int, ts: str) -> None:
        """The message that shows it; '' once it shows how it ended."""
        await self._change(id, col(Approval.workspace_id) == workspace_id, message_ts=ts)

    async def _change(self, id: int, *only: ColumnElement[bool], **values: str | datetime) -> bool:
        changing = update(Approval).where(col(Approval.id) == id, *only).values(**values)
        changed = await self._session.exec(changing.returning(col(Approval.id)))
        return changed.first() is not None
