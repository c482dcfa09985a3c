"""Pause everything, and go on: the commands and the button."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.listeners.typed import Typed
from bot.views import pausing as views
from bot.views.blocks import Message
from bot.whispers import whisper
from houston.assembly import Houston
from houston.notify import pausing

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("resume_everything")(resume_everything)


async def pause(typed: Typed) -> Message:
    typed.actor.demand_admin(pausing.CHANGE)
    found = await typed.houston.pausing.pause(typed.actor, pausing.length(typed.text))
    return views.begun(found, typed.reader)


async def resume(typed: Typed) -> Message:
    return views.ended(await typed.houston.pausing.resume(typed.actor))


async def resume_everything(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    was = await houston.pausing.resume(await people.actor(houston, context))
    if (body.get("view") or {}).get("type") == "home":
        await home.publish(houston, client, context, home.where(body))
    else:
        await whisper(context, body, views.ended(was))
