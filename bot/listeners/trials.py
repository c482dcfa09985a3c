"""`/houston test` and the button *Send test*: does a message arrive there, and if not, why?"""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect.memberships import offered
from bot.listeners import home
from bot.listeners.typed import Typed
from bot.views import destinations as views
from bot.views.blocks import Message
from bot.whispers import whisper
from houston.assembly import Houston
from houston.errors import Invalid, NotFound
from houston.notify.places.trials import CHANGE, Trial

Body = dict[str, Any]

USAGE = "Write where to: `/houston test #channel`, the name of a destination, or `@me`."
CHANNEL = re.compile(r"<#([A-Z0-9]+)(\|[^>]*)?>|#?(.+)", re.DOTALL)
"""A channel as Slack writes it, or as people do."""


def register(app: AsyncApp) -> None:
    app.action("test_destination")(press)


async def press(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    trial = await houston.trials.of(actor, int(action["value"]))
    await whisper(context, body, views.tried(trial))
    if (body.get("view") or {}).get("type") == "home":
        await home.publish(houston, client, context, home.where(body))


async def typed(typed: Typed) -> Message:
    typed.actor.demand_colleague(CHANGE)
    if not typed.text:
        raise Invalid("test", USAGE)
    if typed.text.casefold() in ("@me", "me", f"<@{typed.user_id}>".casefold()):
        return views.tried(await typed.houston.trials.at(typed.actor, "dm", typed.user_id, "you"))
    typed.actor.demand_admin(CHANGE)
    return views.tried(await _destination(typed) or await _channel(typed))


async def _destination(typed: Typed) -> Trial | None:
    """The one of that name."""
    wanted = typed.text.casefold()
    for each in await typed.houston.destinations.all(typed.scope):
        if each.id is not None and wanted in (each.alias.casefold(), f"<#{each.address}>".casefold()):
            return await typed.houston.trials.of(typed.actor, each.id)
    return None


async def _channel(typed: Typed) -> Trial:
    """One that Houston is in and the asker may know of. Raises NotFound."""
    found = CHANNEL.fullmatch(typed.text)
    assert found is not None
    wanted = found[1] or found[3]
    for each in await offered(typed.houston, typed.client, typed.scope, typed.user_id, wanted):
        if wanted in (each.id, each.name):
            return await typed.houston.trials.at(typed.actor, "channel", each.id, f"#{each.name}")
    raise NotFound(
        f"Houston is in no channel and knows no destination called {wanted[:80]!r}. If it is a channel, "
        "type /invite @Houston there first."
    )
