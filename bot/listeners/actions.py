"""Buttons in messages."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import about
from bot.answers.streams import Answers
from bot.listeners.commands import latest_outliers
from bot.views import rules
from bot.views.filled import row_id
from bot.views.reader import Reader
from bot.whispers import whisper
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("ask_houston")(ask_houston)
    app.action("show_rules")(show_rules)
    app.action("show_outliers")(show_outliers)
    app.action(re.compile(".*"))(acknowledge)


async def ask_houston(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
) -> None:
    event_id = row_id(str(action.get("value") or ""))
    await about.ask(houston, client, context, answers, ack, body, action, event_id=event_id)


async def show_rules(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor = await people.actor(houston, context)
    actor.demand_colleague("see its notifications")
    reader = Reader.of(actor, await houston.workspaces.get(str(context.team_id)))
    await whisper(context, body, rules.listed(await houston.rules.all(actor.scope), reader))


async def show_outliers(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston, now: Callable[[], datetime]
) -> None:
    await ack()
    scope = await people.scope(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    await whisper(context, body, await latest_outliers(houston, scope, workspace, now()))


async def acknowledge(ack: AsyncAck) -> None:
    """Links, and whatever old messages still hold: the press is taken and does nothing here."""
    await ack()
