"""The buttons that choose a section of the tab *Watching*, and turn its pages."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners import home
from bot.views.filled import row_id
from bot.views.place import SECTIONS, Place
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    for section in SECTIONS:
        app.action(f"watching_{section}")(choose)
    app.action("watching_previous")(turn_page)
    app.action("watching_next")(turn_page)


async def choose(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    chosen = next(each for each in SECTIONS if action["action_id"] == f"watching_{each}")
    await home.publish(houston, client, context, Place.watching(chosen))


async def turn_page(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    here = home.where(body)
    await home.publish(houston, client, context, Place.watching(here.section, row_id(action["value"])))
