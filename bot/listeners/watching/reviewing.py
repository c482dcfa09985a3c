"""*Not an outlier*, under an alert: a change is proposed, shown and applied when the person agrees."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners.handling import delivery_id
from bot.posting import open_views, pictures
from bot.views.blocks import Message
from bot.views.text import escape
from bot.views.watching import review_form as views
from bot.whispers import notice
from houston.assembly import Houston
from houston.errors import HoustonError
from houston.watch.reviewing import Proposals

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("not_an_outlier")(propose)
    app.action("undo_not_an_outlier")(undo)
    app.action(views.FIELD)(choose)
    app.view(views.CALLBACK)(submit)


async def propose(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    """The form opens at once, since Slack waits three seconds and the backtests may take longer."""
    await ack()
    opened = await client.views_open(trigger_id=body["trigger_id"], view=notice(views.LOOKING))
    actor, id = await people.actor(houston, context), delivery_id(action)
    try:
        proposals = await houston.reviewing.propose(actor, id)
    except HoustonError as error:
        shown = notice(Message(text=f"⚠️ {escape(error.message)}"))
    else:
        files = await _charts(client, proposals)
        shown = views.form(id, proposals, files, may_change=actor.is_admin)
    await open_views.update(client, opened["view"]["id"], shown)


async def choose(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    view = body["view"]
    actor, id = await people.actor(houston, context), views.delivery_id(view)
    proposals = await houston.reviewing.propose(actor, id)
    kind = views.kind(view["state"]["values"])
    form = views.form(id, proposals, views.files(view), kind, may_change=actor.is_admin)
    await open_views.update(client, view["id"], form)


async def submit(ack: AsyncAck, view: Body, context: AsyncBoltContext, houston: Houston) -> None:
    """What was done is seen in the message itself."""
    actor = await people.actor(houston, context)
    await houston.reviewing.apply(actor, views.delivery_id(view), views.kind(view["state"]["values"]))
    await ack()


async def undo(ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    await houston.reviewing.undo(await people.actor(houston, context), delivery_id(action))


async def _charts(client: AsyncWebClient, proposals: Proposals) -> dict[str, str]:
    drawn = [each for each in proposals.options if each.chart]
    files = await asyncio.gather(*(pictures.upload(client, each.chart) for each in drawn if each.chart))
    return {each.kind: file for each, file in zip(drawn, files, strict=True) if file}
