from datetime import datetime
from typing import Any

from sqlmodel import col, select

from store.repository import Repository
from store.tables import Conversation, Turn


class Conversations(Repository):
    """Threads with Houston, by workspace: what they may see is decided anew at each turn."""

    async def find(self, *, workspace_id: str, channel: str, thread_ts: str) -> Conversation | None:
        query = select(Conversation).where(
            Conversation.workspace_id == workspace_id,
            Conversation.channel == channel,
            Conversation.thread_ts == thread_ts,
        )
        return (await self._session.exec(query)).first()

    async def open(
        self,
        *,
        workspace_id: str,
        channel: str,
        thread_ts: str,
        client_id: int | None,
        event_id: int | None,
        now: datetime,
    ) -> Conversation:
        """The conversation of this thread, made if it is new."""
        found = await self.find(workspace_id=workspace_id, channel=channel, thread_ts=thread_ts)
        if found is None:
            found = Conversation(
                workspace_id=workspace_id,
                channel=channel,
                thread_ts=thread_ts,
                client_id=client_id,
                event_id=event_id,
                created_at=now,
            )
            self._session.add(found)
            await self._session.flush()
        return found

    async def save(self, *, conversation: Conversation) -> None:
        self._session.add(conversation)

    async def turns(self, *, conversation_id: int, limit: int = 20) -> list[Turn]:
        """The newest answered turns, oldest first."""
        query = (
            select(Turn)
            .where(Turn.conversation_id == conversation_id, col(Turn.answered_at).is_not(None))
            .order_by(col(Turn.id).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))[::-1]

    async def turn(self, *, workspace_id: str, id: int) -> tuple[Turn, Conversation] | None:
        """One turn and where it was."""
        query = (
            select(Turn, Conversation)
            .join(Conversation, col(Conversation.id) == col(Turn.conversation_id))
            .where(Turn.id == id, Conversation.workspace_id == workspace_id)
        )
        return (await self._session.exec(query)).first()

    async def asked(self, *, workspace_id: str, channel: str, thread_ts: str, ts: str) -> Turn | None:
        """The turn of one message."""
        conversation = await self.find(workspace_id=workspace_id, channel=channel, thread_ts=thread_ts)
        id = conversation.id if conversation else None
        return (
            await self._session.exec(select(Turn).where(Turn.conversation_id == id, Turn.ts == ts))
        ).first()

    async def ask(
        self,
        *,
        conversation_id: int,
        ts: str,
        user_id: str,
        question: str,
        seen: list[int] | None,
        now: datetime,
    ) -> Turn | None:
        """A new turn, or None where this message has one already."""
        query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.ts == ts)
        if (await self._session.exec(query)).first():
            return None
        turn = Turn(
            conversation_id=conversation_id,
            ts=ts,
            user_id=user_id,
            client_id=seen[0] if seen and len(seen) == 1 else None,
            seen=seen,
            question=question,
            created_at=now,
        )
        self._session.add(turn)
        await self._session.flush()
        return turn

    async def answered(self, *, turn: Turn, answer: str, steps: list[dict[str, Any]], now: datetime) -> None:
        turn.answer, turn.steps, turn.answered_at = answer, steps, now
        self._session.add(turn)
