"""The default channel, chosen on the *Connection* tab."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home, modals
from bot.views.default_channel import CATCHES_ALL, DEFAULT, NO_DEFAULT
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.options(DEFAULT)(modals.offer_channels)
    app.action(DEFAULT)(choose)
    app.action(NO_DEFAULT)(choose)
    app.action(CATCHES_ALL)(switch)


async def choose(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    """The channel that was picked; the button picks none."""
    await ack()
    chosen = (action.get("selected_option") or {}).get("value")
    await houston.default_channel.choose(await people.actor(houston, context), chosen)
    await home.publish(houston, client, context, home.where(body))


async def switch(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    is_on = bool(action.get("selected_options"))
    await houston.default_channel.catch_all(await people.actor(houston, context), is_on)
    await home.publish(houston, client, context, home.where(body))
