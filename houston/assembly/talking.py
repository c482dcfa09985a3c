"""How conversations hang together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from houston.access import Access
from houston.agent.approving.approving import Approving
from houston.agent.approving.expiring import Expiring
from houston.agent.conversations.alarm import Alarm
from houston.agent.conversations.answers import Answers
from houston.agent.conversations.briefing import Briefing
from houston.agent.conversations.budgets import Budgets
from houston.agent.conversations.conversations import Conversations
from houston.agent.conversations.hearing import Hearing
from houston.agent.conversations.holding import Holding
from houston.agent.conversations.opinions import Judging
from houston.agent.conversations.past import Past
from houston.agent.conversations.queueing import Queue
from houston.agent.conversations.retracting import Retracting
from houston.agent.conversations.sharing import Sharing
from houston.agent.conversations.turns import Turns
from houston.agent.desk import Desk
from houston.agent.events.before import Before
from houston.agent.events.suggestions import Suggestions
from houston.agent.events.surroundings import Surroundings
from houston.agent.loop.agent import Agent
from houston.agent.messages import ChatModel
from houston.agent.patterns.model import PatternsModel
from houston.agent.tool import Tool
from houston.team.notices import Notices
from store import Store


@dataclass(frozen=True, kw_only=True)
class Talking:
    desk: Desk
    conversations: Conversations
    approving: Approving
    expiring: Expiring
    budgets: Budgets
    judging: Judging
    sharing: Sharing
    surroundings: Surroundings
    suggestions: Suggestions


def talking(
    store: Store,
    *,
    model: ChatModel,
    tools: Sequence[Tool],
    desk: Desk,
    access: Access,
    notices: Notices,
    now: Callable[[], datetime],
) -> Talking:
    fallback = None if isinstance(model, PatternsModel) else PatternsModel()
    agent = Agent(model=model, tools=tools, fallback=fallback)
    writes = {tool.name: tool for tool in tools if tool.needs_approval}
    approving = Approving(store=store, access=access, desk=desk, tools=writes, now=now)
    budgets = Budgets(store=store, now=now)
    surroundings = Surroundings(store=store, before=Before(store=store), now=now)
    conversations = _conversations(
        store, agent, desk, access, approving, surroundings, budgets, Alarm(notices=notices, now=now), now=now
    )
    return Talking(
        desk=desk,
        conversations=conversations,
        approving=approving,
        expiring=Expiring(store=store, now=now),
        budgets=budgets,
        judging=Judging(store=store, now=now),
        sharing=Sharing(store=store, access=access, now=now),
        surroundings=surroundings,
        suggestions=Suggestions(store=store, now=now),
    )


def _conversations(
    store: Store,
    agent: Agent,
    desk: Desk,
    access: Access,
    approving: Approving,
    surroundings: Surroundings,
    budgets: Budgets,
    alarm: Alarm,
    *,
    now: Callable[[], datetime],
) -> Conversations:
    turns, holding = Turns(store=store, now=now), Holding(store=store, now=now)
    hearing = Hearing(store=store, holding=holding, now=now)
    past = Past(store=store, agent=agent, proposals=approving)
    briefing = Briefing(
        agent=agent, desk=desk, past=past, surroundings=surroundings, budgets=budgets, now=now
    )
    answers = Answers(
        agent=agent,
        desk=desk,
        turns=turns,
        holding=holding,
        queue=Queue(),
        briefing=briefing,
        approving=approving,
        budgets=budgets,
        alarm=alarm,
        now=now,
    )
    return Conversations(
        store=store,
        access=access,
        holding=holding,
        hearing=hearing,
        answers=answers,
        turns=turns,
        retracting=Retracting(store=store, holding=holding),
        now=now,
    )
