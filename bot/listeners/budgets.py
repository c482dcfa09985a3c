"""The *Answers* part of the *Connection* tab: budgets, and what people think of answers."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.views import answering, filled
from bot.views.place import Place
from houston.agent.conversations.budgets import CHANGE
from houston.assembly import Houston
from houston.errors import Invalid

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action(answering.EDIT)(edit)
    app.view(answering.FORM)(submit)
    app.action(answering.OPINIONS)(show_opinions)


async def edit(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_admin(CHANGE)
    workspace = await houston.workspaces.get(str(context.team_id))
    await client.views_open(trigger_id=body["trigger_id"], view=answering.form(workspace))


async def submit(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor, values = await people.actor(houston, context), view["state"]["values"]
    try:
        daily, member = (answering.tokens(filled.written(values, name), name) for name in answering.FIELDS)
        await houston.budgets.set(actor, daily=daily, member=member)
    except Invalid as wrong:
        await ack(response_action="errors", errors=filled.errors(wrong, view))
        return
    await ack()
    await home.publish(houston, client, context, Place.on("connection"))


async def show_opinions(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    found = await houston.judging.opinions(await people.actor(houston, context))
    workspace = await houston.workspaces.get(str(context.team_id))
    view = answering.opinions(found, ZoneInfo(workspace.timezone))
    await client.views_open(trigger_id=body["trigger_id"], view=view)
