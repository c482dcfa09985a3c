"""Turns as they are kept, and what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from houston.agent.conversations.conversation import Question
from store import Store, UnitOfWork
from store.tables import Conversation, Turn


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A turn that is ours to answer, and its thread."""

    conversation: Conversation
    turn: Turn

    @property
    def turn_id(self) -> int:
        assert self.turn.id is not None
        return self.turn.id


@dataclass(frozen=True, kw_only=True)
class Turns:
    store: Store
    now: Callable[[], datetime]

    async def again(self, opened: Opened) -> Opened:
        """With the conversation as it is now: the question may have waited for others of its thread."""
        place = opened.conversation
        async with self.store.read() as uow:
            found = await uow.conversations.find(
                workspace_id=place.workspace_id, channel=place.channel, thread_ts=place.thread_ts
            )
        return replace(opened, conversation=found or place)

    async def end(
        self, opened: Opened, state: str, values: Mapping[str, Any], *, client_id: int | None
    ) -> bool:
        """Keep how it ended; False where it was stopped or superseded meanwhile."""
        async with self.store.begin() as uow:
            is_ours = await uow.turns.end(id=opened.turn_id, state=state, values=values, now=self.now())
            if is_ours:
                await uow.conversations.answered(
                    id=opened.conversation.id or 0,
                    client_id=client_id or opened.conversation.client_id,
                    member=opened.turn.user_id,
                    now=self.now(),
                )
            await uow.commit()
        return is_ours

    async def posted(self, turn_id: int, ts: str) -> bool:
        """Note a message that shows the answer; False where its question was edited or deleted meanwhile."""
        async with self.store.begin() as uow:
            turn = await uow.turns.one(id=turn_id)
            if turn and ts not in turn.posted:
                await uow.turns.keep(id=turn_id, values={"posted": [*turn.posted, ts]})
                await uow.commit()
            return turn is not None and turn.state != "superseded"

    async def was_asked(self, workspace_id: str, channel: str, thread_ts: str, ts: str) -> bool:
        place = {"workspace_id": workspace_id, "channel": channel, "thread_ts": thread_ts}
        async with self.store.read() as uow:
            return bool(await uow.turns.of_message(**place, ts=ts))

    async def stop(self, workspace_id: str, channel: str, thread_ts: str, user_id: str = "") -> bool:
        """Whether anything was under way in that thread, of this asker's or of anybody's."""
        place = {"workspace_id": workspace_id, "channel": channel, "thread_ts": thread_ts}
        async with self.store.begin() as uow:
            turns = await uow.turns.answering(**place)
            stopped = [turn for turn in turns if user_id in ("", turn.user_id)]
            for turn in stopped:
                await uow.turns.end(id=turn.id or 0, state="stopped", values={}, now=self.now())
            await uow.commit()
        return bool(stopped)


async def make_way(uow: UnitOfWork, question: Question) -> bool:
    """For a message that was edited: what answers it so far ends. False where it was edited again since."""
    turns = await uow.turns.of_message(
        workspace_id=question.workspace_id,
        channel=question.channel,
        thread_ts=question.thread_ts,
        ts=question.ts,
    )
    for turn in turns:
        if said(turn.edited) < said(question.edited):
            await uow.turns.keep(id=turn.id or 0, values={"state": "superseded", "held_until": None})
    return all(said(turn.edited) <= said(question.edited) for turn in turns)


def said(edited: str) -> float:
    """When a wording was, in seconds since 1970: the first one before all others."""
    return float(edited or 0)
