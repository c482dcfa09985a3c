"""Alerts: `/houston alerts`, and the buttons on *Watching*. Adding and editing has a form."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.typed import Typed
from bot.listeners.watching.pressed import pressed
from bot.views.blocks import Message
from bot.views.watching import alerts
from bot.views.watching.listing import deleted
from houston.assembly import Houston

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("check_alert")(check)
    app.action("pause_alert")(pause)
    app.action("resume_alert")(resume)
    app.action("delete_alert")(delete)


async def listed(typed: Typed) -> Message:
    """`/houston alerts`."""
    found = await typed.houston.alerts.all(typed.scope)
    known = await typed.houston.reports.all(typed.scope)
    return alerts.listed(found, typed.reader, has_reports=bool(known))


async def check(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await by.show(alerts.kept(await houston.alerts.check(by.actor, by.id), "Checked"))


async def pause(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await by.show(alerts.kept(await houston.alerts.pause(by.actor, by.id), "Paused"))


async def resume(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    await by.show(alerts.kept(await houston.alerts.resume(by.actor, by.id), "Resumed"))


async def delete(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    by = await pressed(body, context, client, houston)
    gone = await houston.alerts.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "alert"))
