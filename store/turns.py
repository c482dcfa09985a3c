from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_
from sqlmodel import col, select, update

from store.repository import Repository
from store.tables import Conversation, Turn

ANSWERING = "answering"


class Turns(Repository):
    """Questions and answers, by conversation: what they may see is decided anew at each turn."""

    async def find(self, *, conversation_id: int, ts: str, edited: str) -> Turn | None:
        """The turn of one wording of one message."""
        query = select(Turn).where(
            Turn.conversation_id == conversation_id, Turn.ts == ts, Turn.edited == edited
        )
        return (await self._session.exec(query)).first()

    async def ask(
        self,
        *,
        conversation_id: int,
        ts: str,
        edited: str,
        heard: str,
        user_id: str,
        question: str,
        seen: list[int] | None,
        held_until: datetime,
        now: datetime,
    ) -> Turn | None:
        """A new turn, or None where this wording of this message has one already."""
        turn = Turn(
            conversation_id=conversation_id,
            ts=ts,
            edited=edited,
            heard=heard,
            user_id=user_id,
            client_id=seen[0] if seen and len(seen) == 1 else None,
            seen=seen,
            question=question,
            held_until=held_until,
            created_at=now,
        )
        key, values = ("conversation_id", "ts", "edited"), turn.model_dump(exclude={"id"})
        is_new = await self._adds(Turn, values, key=key)
        return await self.find(conversation_id=conversation_id, ts=ts, edited=edited) if is_new else None

    async def was_heard(self, *, workspace_id: str, heard: str) -> bool:
        """Whether this event of Slack's brought a question already."""
        query = (
            select(Turn.id)
            .join(Conversation, col(Conversation.id) == col(Turn.conversation_id))
            .where(Turn.heard == heard, Conversation.workspace_id == workspace_id)
        )
        return (await self._session.exec(query.limit(1))).first() is not None

    async def take_over(
        self, *, id: int, held_until: datetime | None, until: datetime, seen: list[int] | None
    ) -> bool:
        """Whether a turn that nobody answers any more is now ours; it is taken over once."""
        same = and_(col(Turn.held_until) == held_until, col(Turn.tries) == 1)
        return await self._changes(_under_way(id).where(same).values(held_until=until, tries=2, seen=seen))

    async def hold(self, *, id: int, until: datetime) -> bool:
        """Whether the answer is still wanted; it is held until then."""
        return await self._changes(_under_way(id).values(held_until=until))

    async def end(self, *, id: int, state: str, values: Mapping[str, Any], now: datetime) -> bool:
        """Keep how it ended; False where it was stopped or superseded meanwhile."""
        ended = {"state": state, "held_until": None, "answered_at": now, **values}
        return await self._changes(_under_way(id).values(**ended))

    async def keep(self, *, id: int, values: Mapping[str, Any]) -> None:
        """What was said, whatever became of it."""
        await self._session.exec(update(Turn).where(col(Turn.id) == id).values(**values))

    async def one(self, *, id: int) -> Turn | None:
        return await self._session.get(Turn, id)

    async def state(self, *, id: int) -> str | None:
        return (await self._session.exec(select(Turn.state).where(Turn.id == id))).first()

    async def past(self, *, conversation_id: int, before: int, limit: int = 100) -> list[Turn]:
        """The newest ended turns before one, oldest first; not those that were superseded."""
        query = (
            select(Turn)
            .where(Turn.conversation_id == conversation_id, col(Turn.answered_at).is_not(None))
            .where(Turn.state != "superseded", col(Turn.id) < before)
            .order_by(col(Turn.id).desc())
            .limit(limit)
        )
        return list(await self._session.exec(query))[::-1]

    async def get(self, *, workspace_id: str, id: int) -> tuple[Turn, Conversation] | None:
        """One turn and where it was."""
        query = _placed(workspace_id).where(Turn.id == id)
        found: tuple[Turn, Conversation] | None = (await self._session.exec(query)).first()
        return found

    async def of_message(self, *, workspace_id: str, channel: str, thread_ts: str, ts: str) -> list[Turn]:
        """The turns of one message, a wording each, oldest first."""
        query = _placed(workspace_id).where(
            Conversation.channel == channel, Conversation.thread_ts == thread_ts, Turn.ts == ts
        )
        return [turn for turn, _ in await self._session.exec(query.order_by(col(Turn.id)))]

    async def answering(self, *, workspace_id: str, channel: str, thread_ts: str) -> list[Turn]:
        """Those of a thread that are under way, oldest first."""
        query = _placed(workspace_id).where(
            Conversation.channel == channel, Conversation.thread_ts == thread_ts, Turn.state == ANSWERING
        )
        return [turn for turn, _ in await self._session.exec(query.order_by(col(Turn.id)))]

    async def left(self, *, since: datetime) -> list[tuple[Turn, Conversation]]:
        """Under way since no earlier and not tried again yet, oldest first."""
        join = col(Conversation.id) == col(Turn.conversation_id)
        begun = and_(col(Turn.created_at) >= since, col(Turn.tries) == 1)
        query = select(Turn, Conversation).join(Conversation, join).where(Turn.state == ANSWERING, begun)
        return list(await self._session.exec(query.order_by(col(Turn.id))))

    async def superseded(self) -> list[tuple[Turn, Conversation]]:
        """Those whose answers are still to be taken away, oldest first."""
        join = col(Conversation.id) == col(Turn.conversation_id)
        waiting = and_(col(Turn.state) == "superseded", col(Turn.held_until).is_not(None))
        query = select(Turn, Conversation).join(Conversation, join).where(waiting)
        return list(await self._session.exec(query.order_by(col(Turn.id))))

    async def opinions(self, *, workspace_id: str, since: datetime) -> Sequence[Turn]:
        """The turns that somebody judged, the newest opinion first."""
        query = _placed(workspace_id).where(Turn.opinion != "", col(Turn.opinion_at) >= since)
        return [turn for turn, _ in await self._session.exec(query.order_by(col(Turn.opinion_at).desc()))]


def _placed(workspace_id: str) -> Any:
    join = col(Conversation.id) == col(Turn.conversation_id)
    home = col(Conversation.workspace_id) == workspace_id
    return select(Turn, Conversation).join(Conversation, join).where(home)


def _under_way(id: int) -> Update:
    return update(Turn).where(col(Turn.id) == id, col(Turn.state) == ANSWERING)
