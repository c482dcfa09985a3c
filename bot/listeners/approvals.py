"""The buttons of a change that an answer proposes: its asker says yes or no, once."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import people
from bot.views import approval as views
from bot.views.blocks import Message
from bot.views.filled import row_id
from houston.access import Actor
from houston.assembly import Houston
from store.tables import Approval

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action(views.APPROVE)(approve)
    app.action(views.DECLINE)(decline)


async def approve(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston, now: Callable[[], datetime]
) -> None:
    await ack()
    await _decide(action, context, houston, now, houston.approving.approve)


async def decline(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston, now: Callable[[], datetime]
) -> None:
    await ack()
    await _decide(action, context, houston, now, houston.approving.decline)


async def _decide(
    action: Body,
    context: AsyncBoltContext,
    houston: Houston,
    now: Callable[[], datetime],
    decision: Callable[[Actor, int], Awaitable[Approval]],
) -> None:
    """What became of it stands in the card's place."""
    actor = await people.actor(houston, context)
    approval = await decision(actor, row_id(str(action.get("value") or "")))
    message = await _shown(houston, approval, now())
    assert context.respond is not None
    await context.respond(text=message.text, blocks=message.blocks, replace_original=True)


async def _shown(houston: Houston, approval: Approval, now: datetime) -> Message:
    if approval.state != "waiting":
        return views.ended(approval, now)
    member = await houston.members.find(approval.workspace_id, approval.user_id)
    return views.again(approval, ZoneInfo(member.timezone if member else "UTC"))
