"""`/houston deliveries`: receipts and dead letters, and trying again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import people
from bot.listeners.handling import delivery_id
from bot.listeners.typed import Typed
from bot.views import deliveries as views
from bot.views.blocks import Message
from bot.views.reader import Reader
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Invalid

Body = dict[str, Any]
DEAD = "dead"


def register(app: AsyncApp) -> None:
    for filtered in ("deliveries", DEAD):
        app.action(f"show_{filtered}")(show)
        app.action(f"{filtered}_older")(turn)
        app.action(f"{filtered}_newer")(turn)
    app.action("replay_delivery")(replay)
    app.action("replay_all")(replay_all)


async def listed(typed: Typed) -> Message:
    """`/houston deliveries`, or `deliveries dead`."""
    if typed.text not in ("", DEAD):
        raise Invalid("deliveries", "Write `/houston deliveries`, then nothing or `dead`.")
    return await _page(typed.houston, typed.actor, typed.now(), only_dead=typed.text == DEAD)


async def show(ack: AsyncAck, body: Body, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor, only_dead = await people.actor(houston, context), action["action_id"].endswith(DEAD)
    message = await _page(houston, actor, context["now"](), only_dead=only_dead)
    await _in_its_place(context, message)


async def turn(
    ack: AsyncAck,
    action: Body,
    context: AsyncBoltContext,
    houston: Houston,
    now: Callable[[], datetime],
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    filtered, _, way = action["action_id"].partition("_")
    where = {"before" if way == "older" else "after": delivery_id(action)}
    await _in_its_place(context, await _page(houston, actor, now(), only_dead=filtered == DEAD, **where))


async def replay(
    ack: AsyncAck, body: Body, action: Body, context: AsyncBoltContext, houston: Houston
) -> None:
    await ack()
    await houston.receipts.replay(await people.actor(houston, context), delivery_id(action))
    await whisper(context, body, views.replayed(1))


async def replay_all(
    ack: AsyncAck, body: Body, action: Body, context: AsyncBoltContext, houston: Houston
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    count = await houston.receipts.replay_all(actor, delivery_id(action))
    await whisper(context, body, views.replayed(count))


async def _page(
    houston: Houston,
    actor: Actor,
    now: datetime,
    *,
    only_dead: bool,
    before: int | None = None,
    after: int | None = None,
) -> Message:
    """One more than is shown is asked for, to know whether the page can be turned."""
    limit = views.PAGE + 1
    found = await houston.receipts.page(actor, only_dead=only_dead, before=before, after=after, limit=limit)
    is_more = len(found) > views.PAGE
    return views.page(
        found[-views.PAGE :] if after is not None else found[: views.PAGE],
        Reader.of(actor, await houston.workspaces.get(str(actor.scope.workspace_id))),
        now,
        only_dead=only_dead,
        has_newer=is_more if after is not None else before is not None,
        has_older=after is not None or is_more,
    )


async def _in_its_place(context: AsyncBoltContext, message: Message) -> None:
    assert context.respond is not None
    await context.respond(
        text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=True
    )
