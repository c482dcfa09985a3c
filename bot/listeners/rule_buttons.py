"""The buttons of a rule: pause, resume, delete. Editing has a form."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.views import rules
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.notify.rules.rules import RuleSeen

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    app.action("pause_rule")(pause_rule)
    app.action("resume_rule")(resume_rule)
    app.action("delete_rule")(delete_rule)


async def pause_rule(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await _change(body, context, client, houston, houston.rules.pause, "Paused")


async def resume_rule(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await _change(body, context, client, houston, houston.rules.resume, "Resumed")


async def delete_rule(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await _change(body, context, client, houston, houston.rules.delete, "Deleted")


async def _change(
    body: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    change: Callable[[Actor, int], Awaitable[RuleSeen]],
    what: str,
) -> None:
    """Change the rule of the button that was pressed, and show how things are now."""
    actor = await people.actor(houston, context)
    number = (await houston.rules.get(actor.scope, int(body["actions"][0]["value"]))).number
    rule = await change(actor, number)
    if (body.get("view") or {}).get("type") == "home":
        await home.publish(houston, client, context, home.where(body))
    else:
        workspace = await houston.workspaces.get(str(context.team_id))
        await whisper(context, body, rules.confirmed(rule, what, workspace))
