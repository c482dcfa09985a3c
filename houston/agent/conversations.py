"""Conversations as they are kept: whom to answer, what was said, and which client it is about."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston.access import Access
from houston.agent.agent import Agent
from houston.agent.conversation import (
    Heard,
    Manners,
    PastTurn,
    Question,
    history,
    parse_question,
    should_answer,
)
from houston.agent.facts import ClientName, ThreadAlert
from houston.agent.tool import Desk, ToolContext
from houston.agent.turn import AgentEvent, Failed, Finished, TextAdded, Turn, TurnRecord
from houston.errors import NotFound
from store import Scope, Store, UnitOfWork
from store.tables import Client, Conversation, Event
from store.tables import Turn as KeptTurn


@dataclass(frozen=True, kw_only=True)
class Conversations:
    """Houston's side of every thread. What may be seen is decided anew at each question."""

    store: Store
    agent: Agent
    desk: Desk
    access: Access
    now: Callable[[], datetime]

    async def heeds(self, message: Heard) -> bool:
        """Whether this message is meant for Houston."""
        thread = message.thread_ts or message.ts
        async with self.store.read() as uow:
            found = await uow.conversations.find(
                workspace_id=message.workspace_id, channel=message.channel, thread_ts=thread
            )
        manners = (
            Manners(answered_whom=found.last_member, answered_at=found.last_answered_at) if found else None
        )
        return should_answer(message, manners)

    async def answer(self, question: Question) -> AsyncGenerator[AgentEvent, None]:
        """The answer as it comes; nothing at all where this message was answered before."""
        scope = await self.access.scope(question.workspace_id, question.user_id, question.channel)
        asked = parse_question(question.text)
        opened = await self._open(scope, question, asked.text)
        if opened is None:
            return
        conversation, kept, past, alert = opened
        try:
            client = await self._client(scope, conversation, asked.client)
        except NotFound as unknown:
            yield TextAdded(markdown=unknown.message)
            return
        turn = Turn(
            question=asked.text,
            context=self._context(scope, question, client),
            history=history(past),
            alert=alert,
        )
        async with aclosing(self.agent.answer(turn)) as events:
            async for event in events:
                if isinstance(event, Finished | Failed):
                    await asyncio.shield(self._keep(conversation, kept, event.record, question.user_id))
                yield event

    def _context(self, scope: Scope, question: Question, client: Client | None) -> ToolContext:
        return ToolContext(
            scope=scope,
            client=client,
            member=question.user_name,
            zone=ZoneInfo(question.timezone),
            now=self.now(),
            desk=self.desk,
        )

    async def _open(
        self, scope: Scope, question: Question, text: str
    ) -> tuple[Conversation, KeptTurn, list[PastTurn], ThreadAlert | None] | None:
        """The thread's conversation with a new turn in it; None where this message has one already."""
        async with self.store.begin() as uow:
            event = await _event(uow, scope, question.event_id)
            conversation = await uow.conversations.open(
                workspace_id=question.workspace_id,
                channel=question.channel,
                thread_ts=question.thread_ts,
                client_id=event.client_id if event else None,
                event_id=event.id if event else None,
                now=self.now(),
            )
            assert conversation.id is not None
            turns = await uow.conversations.turns(conversation_id=conversation.id)
            kept = await uow.conversations.ask(
                conversation_id=conversation.id,
                ts=question.ts,
                user_id=question.user_id,
                question=text,
                seen=None if scope.client_ids is None else sorted(scope.client_ids),
                now=self.now(),
            )
            event = event or await _event(uow, scope, conversation.event_id)
            alert = await _alert(uow, scope, event)
            await uow.commit()
        past = [
            PastTurn(question=turn.question, answer=turn.answer, steps=turn.steps)
            for turn in turns
            if shows(scope, turn)
        ]
        return (conversation, kept, past, alert) if kept else None

    async def _client(self, scope: Scope, conversation: Conversation, named: str | None) -> Client | None:
        """The client that is named, else the conversation's, else the only one there is."""
        if named:
            return await self.desk.clients.find(scope, named)
        clients = await self.desk.clients.all(scope)
        current = [client for client in clients if client.id == conversation.client_id]
        return next(iter(current or (clients if len(clients) == 1 else [])), None)

    async def _keep(
        self, conversation: Conversation, kept: KeptTurn, record: TurnRecord, member: str
    ) -> None:
        conversation.client_id = record.client.id if record.client else conversation.client_id
        conversation.last_member, conversation.last_answered_at = member, self.now()
        async with self.store.begin() as uow:
            await uow.conversations.save(conversation=conversation)
            await uow.conversations.answered(
                turn=kept,
                answer=record.answer,
                steps=[message.as_dict() for message in record.messages],
                now=self.now(),
            )
            await uow.commit()


def shows(scope: Scope, turn: KeptTurn) -> bool:
    """Whether all that this turn may speak of lies within a scope."""
    if turn.seen is None:
        return scope.client_ids is None
    return all(scope.allows(id) for id in turn.seen)


async def _event(uow: UnitOfWork, scope: Scope, id: int | None) -> Event | None:
    return await uow.events.find(scope=scope, id=id) if id else None


async def _alert(uow: UnitOfWork, scope: Scope, event: Event | None) -> ThreadAlert | None:
    if event is None or event.type != "outlier" or event.client_id is None:
        return None
    client = await uow.clients.get(scope=scope, id=event.client_id)
    return _thread_alert(event, event.payload, client) if client else None


def _thread_alert(event: Event, facts: Mapping[str, Any], client: Client) -> ThreadAlert:
    return ThreadAlert(
        metric=facts["metric"],
        channel=facts["channel"],
        client=ClientName(slug=client.slug, name=client.name),
        time=event.occurred_at,
        value=facts["value"],
        expected=facts["expected"],
        lower=facts["lower"],
        upper=facts["upper"],
        severity=event.severity,
        reason=facts["reason"],
        unit=facts["unit"],
        definition=facts["definition"],
    )
