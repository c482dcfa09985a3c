"""From a question to its turn: each wording of a message is answered once, whatever happens."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from houston.agent.conversations.conversation import Question
from houston.agent.conversations.holding import Holding
from houston.agent.conversations.turns import Opened, make_way
from store import Scope, Store, UnitOfWork
from store.tables import Conversation, Turn

Wording = tuple[str, str, str, str]
"""Workspace, channel, the message's ts, when it was edited."""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    store: Store
    holding: Holding
    now: Callable[[], datetime]
    _heard: dict[Wording, Opened] = field(default_factory=dict)
    """The turns of what this process is to answer."""

    async def hear(self, scope: Scope, question: Question) -> bool:
        """Keep a new question before anything that takes time is done for it: a crash does not lose it.

        `open` goes on with it; what is not answered after all, `let_go` ends. False where it is not new.
        """
        opened = await self._opened(scope, question)
        if opened is None:
            return False
        self.holding.own.add(opened.turn_id)
        self._heard[_wording(question)] = opened
        return True

    async def move(self, question: Question, to: Question) -> None:
        """What was heard goes on as another message, maybe in another thread; nothing where it was not."""
        heard = self._heard.pop(_wording(question), None)
        if heard is None:
            return
        subject = {"client_id": heard.conversation.client_id, "event_id": heard.conversation.event_id}
        async with self.store.begin() as uow:
            conversation = await uow.conversations.open(
                workspace_id=to.workspace_id,
                channel=to.channel,
                thread_ts=to.thread_ts,
                **subject,
                now=self.now(),
            )
            values = {"conversation_id": conversation.id, "ts": to.ts}
            await uow.turns.keep(id=heard.turn_id, values=values)
            await uow.conversations.drop_empty(id=heard.conversation.id or 0)
            await uow.commit()
        self._heard[_wording(to)] = replace(heard, conversation=conversation)

    async def let_go(self, question: Question) -> None:
        """What was heard, unless it was opened."""
        heard = self._heard.pop(_wording(question), None)
        if heard is None:
            return
        self.holding.own.discard(heard.turn_id)
        async with self.store.begin() as uow:
            await uow.turns.end(id=heard.turn_id, state="stopped", values={}, now=self.now())
            await uow.commit()

    async def open(self, scope: Scope, question: Question) -> Opened | None:
        """The question's turn, ours to answer; None where this wording was, or is being, answered."""
        heard = self._heard.pop(_wording(question), None)
        return await (self._go_on(scope, heard) if heard else self._opened(scope, question))

    async def _go_on(self, scope: Scope, heard: Opened) -> Opened | None:
        """None where it was stopped or superseded meanwhile, or taken over by another replica."""
        async with self.store.begin() as uow:
            is_wanted = await uow.turns.hold(id=heard.turn_id, until=self.holding.until())
            await uow.turns.keep(id=heard.turn_id, values=_sight(scope))
            turn = await uow.turns.one(id=heard.turn_id)
            if turn and is_wanted and turn.tries == heard.turn.tries:
                await uow.commit()
                return replace(heard, turn=turn)
        self.holding.own.discard(heard.turn_id)
        return None

    async def _opened(self, scope: Scope, question: Question) -> Opened | None:
        async with self.store.begin() as uow:
            if question.heard and await uow.turns.was_heard(
                workspace_id=question.workspace_id, heard=question.heard
            ):
                return None
            if question.edited and not await make_way(uow, question):
                return None
            conversation = await uow.conversations.open(
                workspace_id=question.workspace_id,
                channel=question.channel,
                thread_ts=question.thread_ts,
                **await _subject(uow, scope, question),
                now=self.now(),
            )
            turn = await self._asked(uow, conversation, question, _sight(scope)["seen"])
            await uow.commit()
        return Opened(conversation=conversation, turn=turn) if turn else None

    async def _asked(
        self, uow: UnitOfWork, conversation: Conversation, question: Question, seen: list[int] | None
    ) -> Turn | None:
        assert conversation.id is not None
        new = await uow.turns.ask(
            conversation_id=conversation.id,
            ts=question.ts,
            edited=question.edited,
            heard=question.heard,
            user_id=question.user_id,
            question=question.text,
            seen=seen,
            held_until=self.holding.until(),
            now=self.now(),
        )
        if new:
            return new
        kept = await uow.turns.find(conversation_id=conversation.id, ts=question.ts, edited=question.edited)
        return await self._taken_over(uow, kept, seen) if kept else None

    async def _taken_over(self, uow: UnitOfWork, kept: Turn, seen: list[int] | None) -> Turn | None:
        """None where somebody else answers it, or has."""
        if not self.holding.is_free(kept):
            return None
        is_ours = await uow.turns.take_over(
            id=kept.id or 0, held_until=kept.held_until, until=self.holding.until(), seen=seen
        )
        return kept if is_ours else None


def _wording(question: Question) -> Wording:
    return question.workspace_id, question.channel, question.ts, question.edited


def _sight(scope: Scope) -> dict[str, Any]:
    """What a turn may speak of, as its row keeps it."""
    seen = None if scope.client_ids is None else sorted(scope.client_ids)
    return {"seen": seen, "client_id": seen[0] if seen and len(seen) == 1 else None}


async def _subject(uow: UnitOfWork, scope: Scope, question: Question) -> dict[str, int | None]:
    """The event that a conversation hangs under, and whose it is."""
    for id in question.event_ids:
        if event := await uow.events.find(scope=scope, id=id):
            return {"client_id": event.client_id, "event_id": event.id}
    return {"client_id": None, "event_id": None}
