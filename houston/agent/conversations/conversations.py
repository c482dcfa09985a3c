"""Houston's side of every thread: whom to answer, and what of it can be asked for again."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from houston.access import Access, Actor
from houston.agent.conversations.answers import Answers
from houston.agent.conversations.conversation import Heard, Manner, Manners, Question, should_answer
from houston.agent.conversations.hearing import Hearing
from houston.agent.conversations.holding import Holding
from houston.agent.conversations.interrupted import interrupted
from houston.agent.conversations.past import shows
from houston.agent.conversations.retracting import Retracting, Retraction
from houston.agent.conversations.turns import Turns
from houston.agent.turn import AgentEvent
from houston.errors import NotFound
from store import Store
from store.tables import Conversation


@dataclass(frozen=True, kw_only=True)
class Conversations:
    """What may be seen is decided anew at each question."""

    store: Store
    access: Access
    holding: Holding
    hearing: Hearing
    answers: Answers
    turns: Turns
    retracting: Retracting
    now: Callable[[], datetime]

    async def manner(self, message: Heard) -> Manner:
        """Whether this message is meant for Houston, and whether it may answer there."""
        thread = message.thread_ts or message.ts
        async with self.store.read() as uow:
            found = await uow.conversations.find(
                workspace_id=message.workspace_id, channel=message.channel, thread_ts=thread
            )
            channel = await uow.channels.find(workspace_id=message.workspace_id, id=message.channel)
        known = found and Manners(answered_whom=found.last_member, answered_at=found.last_answered_at)
        if not should_answer(message, known or None):
            return "ignore"
        is_closed = message.channel_kind == "channel" and channel is not None and not channel.answers
        return "alerts_only" if is_closed else "answer"

    async def hear(self, question: Question) -> bool:
        """Keep what is to be answered, in little time, before Slack is told that it was heard.

        False where it is not new. Raises NotFound for a workspace that is not connected.
        """
        scope = await self.access.scope(question.workspace_id, question.user_id, question.channel)
        return await self.hearing.hear(scope, question)

    async def move(self, question: Question, to: Question) -> None:
        """What was heard goes on as another message, which is there by now."""
        await self.hearing.move(question, to)

    async def was_asked(self, workspace_id: str, channel: str, thread_ts: str, ts: str) -> bool:
        """Whether this message is, or was before it was edited, a question."""
        return await self.turns.was_asked(workspace_id, channel, thread_ts, ts)

    async def let_go(self, question: Question) -> None:
        """What was heard and is not to be answered after all; nothing where it was."""
        await self.hearing.let_go(question)

    async def answer(self, question: Question) -> AsyncGenerator[AgentEvent, None]:
        """The answer as it comes; nothing where this wording of this message is or was answered.

        Closing it stops the answer and keeps what was shown. Raises NotFound for a workspace that is
        not connected.
        """
        actor = await self.access.actor(question.workspace_id, question.user_id, question.channel)
        opened = await self.hearing.open(actor.scope, question)
        if opened is None:
            return
        async with aclosing(self.answers.give(actor, question, opened)) as events:
            async for event in events:
                yield event

    async def posted(self, turn_id: int, ts: str) -> bool:
        """Note a message that shows the answer; False where its question was edited or deleted meanwhile.

        Whoever is cancelled meanwhile has posted it all the same, so it is noted all the same.
        """
        return await asyncio.shield(self.turns.posted(turn_id, ts))

    async def supersede(
        self, workspace_id: str, channel: str, thread_ts: str, ts: str, *, edited: str = ""
    ) -> tuple[str, ...]:
        """A question was deleted, or `edited` then: the messages that show what was answered to it before.

        They are `retractions` until they are `retracted`.
        """
        question = Retraction(workspace_id=workspace_id, channel=channel, thread_ts=thread_ts, ts=ts)
        return (await self.retracting.begin(question, edited)).shown

    async def retracted(self, workspace_id: str, channel: str, thread_ts: str, ts: str) -> None:
        """What was answered to a superseded question was taken away."""
        await self.retracting.end(
            Retraction(workspace_id=workspace_id, channel=channel, thread_ts=thread_ts, ts=ts)
        )

    async def retractions(self) -> list[Retraction]:
        """Questions whose answers a crash left standing when they were superseded."""
        return await self.retracting.left()

    async def stop(self, workspace_id: str, channel: str, thread_ts: str, user_id: str = "") -> bool:
        """Whether any answer was under way in that thread, of this asker's or of anybody's."""
        return await self.turns.stop(workspace_id, channel, thread_ts, user_id)

    async def interrupted(self) -> list[Question]:
        """Questions whose answer a crash broke off, each to be answered once more as any other."""
        return await interrupted(self.store, self.holding, self.now())

    async def choice(self, actor: Actor, channel: str, turn_id: int, index: int) -> tuple[str, Conversation]:
        """What a button below an answer says, and where. Raises NotFound."""
        async with self.store.read() as uow:
            found = await uow.turns.get(workspace_id=actor.scope.workspace_id or "", id=turn_id)
        if found is None or found[1].channel != channel or not shows(actor.scope, found[0]):
            raise NotFound("I do not find that question any more. Ask it again.")
        turn, conversation = found
        if not 0 <= index < len(turn.choices):
            raise NotFound("That choice is not there any more. Ask again.")
        return turn.choices[index], conversation
