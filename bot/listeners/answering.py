"""Channels that get alerts only: `/houston answers`, and the *Connection* tab."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect.memberships import offered
from bot.listeners import home
from bot.listeners.typed import Typed
from bot.views import alerts_only, place_options
from bot.views.blocks import Message
from houston.assembly import Houston
from houston.errors import Invalid

Body = dict[str, Any]

WORDS = {"on": True, "off": False}


def register(app: AsyncApp) -> None:
    app.options(alerts_only.SWITCH)(offer)
    app.action(alerts_only.SWITCH)(switch)


async def of_channel(typed: Typed) -> Message:
    """Says whether Houston answers here, or switches it."""
    wanted = typed.text.strip().casefold()
    if not wanted:
        return alerts_only.shown(
            await typed.houston.answering.of(typed.scope, typed.channel_id), typed.reader
        )
    if wanted not in WORDS:
        raise Invalid("answers", "Write `/houston answers on` or `/houston answers off`.")
    channel = await typed.houston.answering.switch(typed.actor, typed.channel_id, on=WORDS[wanted])
    return alerts_only.changed(channel)


async def offer(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    """The channels that Houston is in; of private ones the asker's own."""
    actor, query = await people.actor(houston, context), body.get("value") or ""
    channels = await offered(houston, client, actor.scope, actor.user_id, query)
    await ack(options=place_options.offered(channels, [], query))


async def switch(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    chosen = str((action.get("selected_option") or {}).get("value") or "")
    await houston.answering.toggle(await people.actor(houston, context), chosen)
    await home.publish(houston, client, context, home.where(body))
