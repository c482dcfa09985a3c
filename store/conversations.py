from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists
from sqlmodel import col, select, update

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
        """The conversation of this thread, made if it is new; whoever else makes it at this moment."""
        place: dict[str, Any] = {"workspace_id": workspace_id, "channel": channel, "thread_ts": thread_ts}
        about = {"client_id": client_id, "event_id": event_id, "created_at": now}
        row = Conversation.model_validate(place | about).model_dump(exclude={"id"})
        await self._adds(Conversation, row, key=list(place))
        found = await self.find(**place)
        assert found is not None
        return found

    async def drop_empty(self, *, id: int) -> None:
        """A thread in which nothing is asked after all."""
        is_empty = ~exists().where(col(Turn.conversation_id) == id)
        await self._session.exec(delete(Conversation).where(col(Conversation.id) == id, is_empty))

    async def answered(self, *, id: int, client_id: int | None, member: str, now: datetime) -> None:
        """Whom Houston answered last there, and about which client."""
        values = {"client_id": client_id, "last_member": member, "last_answered_at": now}
        await self._session.exec(update(Conversation).where(col(Conversation.id) == id).values(**values))

    async def summed_up(self, *, id: int, summary: str, seen: Sequence[int] | None, up_to: int) -> None:
        """What was said up to this turn, in short, and the clients that it may speak of."""
        values = {"summary": summary, "summary_seen": seen, "summed_up_to": up_to}
        await self._session.exec(update(Conversation).where(col(Conversation.id) == id).values(**values))
