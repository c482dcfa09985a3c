"""Alerts: `/houston alerts`, and the buttons on *Watching*. Adding and editing has a form."""

from slack_bolt.async_app import AsyncApp

from bot.listeners.typed import Typed
from bot.listeners.watching.pressed import Pressed, pressing
from bot.views.blocks import Message
from bot.views.watching import alerts
from bot.views.watching.listing import deleted


def register(app: AsyncApp) -> None:
    app.action("check_alert")(pressing(check))
    app.action("pause_alert")(pressing(pause))
    app.action("resume_alert")(pressing(resume))
    app.action("delete_alert")(pressing(delete))


async def listed(typed: Typed) -> Message:
    """`/houston alerts`."""
    found = await typed.houston.alerts.all(typed.scope)
    known = await typed.houston.reports.all(typed.scope)
    return alerts.listed(found, typed.reader, has_reports=bool(known))


async def check(by: Pressed) -> None:
    await by.show(alerts.kept(await by.houston.alerts.check(by.actor, by.id), "Checked"))


async def pause(by: Pressed) -> None:
    await by.show(alerts.kept(await by.houston.alerts.pause(by.actor, by.id), "Paused"))


async def resume(by: Pressed) -> None:
    await by.show(alerts.kept(await by.houston.alerts.resume(by.actor, by.id), "Resumed"))


async def delete(by: Pressed) -> None:
    gone = await by.houston.alerts.delete(by.actor, by.id)
    await by.show(deleted(gone.name, "alert"))
