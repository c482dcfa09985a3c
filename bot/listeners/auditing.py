"""`/houston audit`, and its buttons that turn the page."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import people
from bot.listeners.typed import Typed
from bot.views import audit as views
from bot.views.blocks import Message
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import NotFound

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("audit_older")(older)
    app.action("audit_newer")(newer)


async def latest(typed: Typed) -> Message:
    return await _page(typed.houston, typed.actor)


async def older(ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await _turned(context, await _page(houston, actor, before=int(action["value"])))


async def newer(ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await _turned(context, await _page(houston, actor, after=int(action["value"])))


async def _page(
    houston: Houston, actor: Actor, *, before: int | None = None, after: int | None = None
) -> Message:
    """One entry more than is shown is asked for, to know whether the page can be turned."""
    found = await houston.audits.page(actor, before, views.PAGE + 1, after=after)
    is_more = len(found) > views.PAGE
    shown = found[-views.PAGE :] if after is not None else found[: views.PAGE]
    return views.page(
        shown,
        await _zone(houston, actor),
        has_newer=is_more if after is not None else before is not None,
        has_older=after is not None or is_more,
        has_clients=await _has_clients(houston, actor),
    )


async def _turned(context: AsyncBoltContext, message: Message) -> None:
    """In place of the page before."""
    assert context.respond is not None
    await context.respond(
        text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=True
    )


async def _has_clients(houston: Houston, actor: Actor) -> bool:
    return (await houston.workspaces.get(str(actor.scope.workspace_id))).has_clients


async def _zone(houston: Houston, actor: Actor) -> ZoneInfo:
    """The reader's own."""
    member = await houston.members.find(str(actor.scope.workspace_id), actor.user_id)
    if member is None:
        raise NotFound("I do not know you yet. Please try again.")
    return ZoneInfo(member.timezone)
