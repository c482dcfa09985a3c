"""What an answer begins with: its client and event, what was said before, what it may cost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.agent.conversations.budgets import Budgets
from houston.agent.conversations.conversation import Question, parse_question
from houston.agent.conversations.past import Past
from houston.agent.conversations.turns import Opened
from houston.agent.desk import Desk
from houston.agent.events.surroundings import Surroundings
from houston.agent.loop.agent import Agent
from houston.agent.tool import ToolContext
from houston.agent.turn import Meter, Turn
from store import Scope
from store.tables import Client, Conversation


@dataclass(frozen=True, kw_only=True)
class Briefing:
    agent: Agent
    desk: Desk
    past: Past
    surroundings: Surroundings
    budgets: Budgets
    now: Callable[[], datetime]

    async def client(self, scope: Scope, conversation: Conversation, named: str | None) -> Client | None:
        """The client that is named, else the conversation's, else the only one there is. Raises NotFound."""
        if named:
            return await self.desk.clients.called(scope, named)
        clients = await self.desk.clients.all(scope)
        current = [client for client in clients if client.id == conversation.client_id]
        return next(iter(current or (clients if len(clients) == 1 else [])), None)

    async def turn(
        self, actor: Actor, question: Question, opened: Opened, client: Client | None, meter: Meter
    ) -> Turn:
        zone = ZoneInfo(question.timezone)
        under = opened.conversation.event_id
        event_ids = question.event_ids or ((under,) if under else ())
        costs = self.agent.costs and await self.budgets.of(question.workspace_id, question.user_id)
        context = self._context(actor, question, client)
        turn = Turn(
            question=context.question,
            context=context,
            events=await self.surroundings.events(actor.scope, event_ids, zone),
            thread=question.thread,
            rules_note=costs.note if costs else "",
            meter=meter,
        )
        memory = await self.past.of(actor.scope, opened, turn)
        return replace(turn, history=memory.history, summary=memory.summary, summed_up=memory.summed_up)

    def _context(self, actor: Actor, question: Question, client: Client | None) -> ToolContext:
        return ToolContext(
            actor=actor,
            client=client,
            member=question.user_name,
            channel=question.channel,
            question=parse_question(question.text).text,
            zone=ZoneInfo(question.timezone),
            now=self.now(),
            desk=self.desk,
        )
