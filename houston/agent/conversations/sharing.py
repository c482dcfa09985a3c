"""Answers that one person got alone, and may show to a channel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Access, Actor
from houston.agent.conversations.conversation import Question
from houston.agent.conversations.past import shows
from houston.errors import NotAllowed, NotFound
from houston.team import audit
from store import Scope, Store
from store.tables import Conversation, Turn


@dataclass(frozen=True, kw_only=True)
class Shareable:
    """An answer, and the one who got it with what they may see now where it was given."""

    turn: Turn
    conversation: Conversation
    actor: Actor


@dataclass(frozen=True, kw_only=True)
class Sharing:
    store: Store
    access: Access
    now: Callable[[], datetime]

    async def turn_of(self, question: Question) -> int | None:
        """The id of the turn that answered this question, in its newest wording."""
        async with self.store.read() as uow:
            turns = await uow.turns.of_message(
                workspace_id=question.workspace_id,
                channel=question.channel,
                thread_ts=question.thread_ts,
                ts=question.ts,
            )
        return turns[-1].id if turns else None

    async def spoken(self, question: Question) -> Scope | None:
        """What the answer to this question may speak of; None where its asker, or the channel, shows less
        by now. Raises NotFound for a workspace that is not connected."""
        actor = await self.access.actor(question.workspace_id, question.user_id, question.channel)
        async with self.store.read() as uow:
            channel = await uow.channels.find(workspace_id=question.workspace_id, id=question.channel)
            turns = await uow.turns.of_message(
                workspace_id=question.workspace_id,
                channel=question.channel,
                thread_ts=question.thread_ts,
                ts=question.ts,
            )
        is_closed = channel is not None and not channel.is_open
        if is_closed or not turns or not shows(actor.scope, turns[-1]):
            return None
        seen = turns[-1].seen
        return actor.scope if seen is None else actor.scope.within(frozenset(seen))

    async def find(self, workspace_id: str, user_id: str, turn_id: int) -> Shareable:
        """Somebody's own answer. Raises NotFound; NotAllowed where it says more than is allowed there."""
        async with self.store.read() as uow:
            found = await uow.turns.get(workspace_id=workspace_id, id=turn_id)
            channel = found and await uow.channels.find(workspace_id=workspace_id, id=found[1].channel)
        if found is None or found[0].user_id != user_id or found[0].state != "answered":
            raise NotFound("I know no answer of yours like this. Ask again.")
        turn, conversation = found
        actor = await self.access.actor(workspace_id, user_id, conversation.channel)
        if not shows(actor.scope, turn) or (channel and not channel.is_open):
            raise NotAllowed(
                "This answer may show more than you or this channel may see now. "
                "Ask again here, then share that."
            )
        return Shareable(turn=turn, conversation=conversation, actor=actor)

    async def record(self, answer: Shareable, *, kept_out: int) -> None:
        """The audit is told before anybody else: `kept_out` people read what they may not see otherwise."""
        async with self.store.begin() as uow:
            await audit.record(
                uow,
                answer.actor,
                "answer.shared",
                f"answer {answer.turn.id}",
                after={"channel": answer.conversation.channel, "kept_out": kept_out},
                clients=answer.turn.seen or (),
                now=self.now(),
            )
            await uow.commit()
