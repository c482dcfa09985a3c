"""Questions whose answer somebody began and nobody is writing any more."""

from datetime import datetime, timedelta

from houston.agent.conversations.conversation import Question
from houston.agent.conversations.holding import Holding
from store import Store, UnitOfWork
from store.tables import Conversation, Turn

FORGOTTEN = timedelta(minutes=15)
"""A question that was interrupted longer ago is not taken up any more."""


async def interrupted(store: Store, holding: Holding, now: datetime) -> list[Question]:
    """Each to be asked anew as it was."""
    async with store.read() as uow:
        left = await uow.turns.left(since=now - FORGOTTEN)
        free = [(turn, conversation) for turn, conversation in left if holding.is_free(turn)]
        return [await _again(uow, turn, conversation) for turn, conversation in free]


async def _again(uow: UnitOfWork, turn: Turn, conversation: Conversation) -> Question:
    home = conversation.workspace_id
    member = await uow.members.find(workspace_id=home, user_id=turn.user_id)
    workspace = await uow.workspaces.find(id=home)
    wordings = await uow.turns.of_message(
        workspace_id=home, channel=conversation.channel, thread_ts=conversation.thread_ts, ts=turn.ts
    )
    zone = (member.timezone if member else None) or (workspace.timezone if workspace else None) or "UTC"
    return Question(
        workspace_id=home,
        user_id=turn.user_id,
        user_name=member.name if member else turn.user_id,
        timezone=zone,
        channel=conversation.channel,
        thread_ts=conversation.thread_ts,
        ts=turn.ts,
        text=turn.question,
        event_ids=(conversation.event_id,) if conversation.event_id else (),
        edited=turn.edited,
        shown=tuple(ts for each in wordings for ts in each.posted),
    )
