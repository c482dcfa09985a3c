"""One answer, from its place in the queue to what is kept of it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from houston.access import Actor
from houston.agent.approving.approving import Approving
from houston.agent.conversations.alarm import Alarm
from houston.agent.conversations.briefing import Briefing
from houston.agent.conversations.budgets import Budgets
from houston.agent.conversations.conversation import Question, parse_question
from houston.agent.conversations.holding import Holding
from houston.agent.conversations.minutes import Minutes
from houston.agent.conversations.queueing import Queue, position
from houston.agent.conversations.turns import Opened, Turns
from houston.agent.conversations.unsure import ask_which
from houston.agent.conversations.wanted import until
from houston.agent.desk import Desk
from houston.agent.loop.agent import Agent
from houston.agent.turn import (
    AgentEvent,
    ApprovalAsked,
    ChangeProposed,
    Failed,
    Finished,
    Meter,
    StatusChanged,
    Stopped,
)
from houston.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Answers:
    agent: Agent
    desk: Desk
    turns: Turns
    holding: Holding
    queue: Queue
    briefing: Briefing
    approving: Approving
    budgets: Budgets
    alarm: Alarm
    now: Callable[[], datetime]

    async def give(
        self, actor: Actor, question: Question, opened: Opened
    ) -> AsyncGenerator[AgentEvent, None]:
        """The answer as it comes; closing it stops the answer and keeps what was shown."""
        minutes = Minutes(turns=self.turns, opened=opened, question=question.text, now=self.now)
        async with self.holding.held(opened) as unwanted:
            events = until(unwanted, self._events(actor, question, opened, minutes.meter))
            try:
                async with aclosing(events):
                    async for event in events:
                        yield await self._noted(event, question, minutes)
            finally:
                await asyncio.shield(self._settle(question, minutes))
            if unwanted.is_set() and not minutes.is_closed:
                yield Stopped(turn_id=opened.turn_id)

    async def _events(
        self, actor: Actor, question: Question, opened: Opened, meter: Meter
    ) -> AsyncGenerator[AgentEvent, None]:
        thread = (question.workspace_id, question.channel, question.thread_ts)
        with self.queue.join(thread) as place:
            async for ahead in place.waiting():
                yield StatusChanged(text=position(ahead))
            opened = await self.turns.again(opened)
            named = parse_question(question.text).client
            try:
                client = await self.briefing.client(actor.scope, opened.conversation, named)
            except NotFound as unknown:
                clients = await self.desk.clients.all(actor.scope)
                for event in ask_which(unknown, question.text, named or "", clients):
                    yield event
                return
            turn = await self.briefing.turn(actor, question, opened, client, meter)
            async with aclosing(self.agent.answer(turn)) as events:
                async for event in events:
                    yield event

    async def _noted(self, event: AgentEvent, question: Question, minutes: Minutes) -> AgentEvent:
        """The event as a listener gets it, once it is kept."""
        if isinstance(event, ChangeProposed):
            return await self._asked(event, question, minutes)
        if isinstance(event, Finished | Failed):
            event = replace(event, turn_id=minutes.opened.turn_id)
            is_ours = await asyncio.shield(minutes.close(event))
            if event.for_admins:
                await self.alarm.raise_for(event.for_admins)
            return event if is_ours else Stopped(turn_id=minutes.opened.turn_id)
        minutes.note(event)
        return event

    async def _asked(self, proposed: ChangeProposed, question: Question, minutes: Minutes) -> ApprovalAsked:
        approval = await self.approving.propose(
            turn_id=minutes.opened.turn_id,
            workspace_id=question.workspace_id,
            user_id=question.user_id,
            call=proposed.call,
            change=proposed.change,
            client_id=proposed.client_id,
        )
        assert approval.id is not None
        return ApprovalAsked(approval_id=approval.id, change=proposed.change, expires_at=approval.expires_at)

    async def _settle(self, question: Question, minutes: Minutes) -> None:
        """What is owed however it ended: what was shown is kept, what it cost is counted."""
        if not minutes.is_closed:
            await minutes.stop()
        if self.agent.costs:
            await self.budgets.spend(question.workspace_id, question.user_id, minutes.meter.usage)
