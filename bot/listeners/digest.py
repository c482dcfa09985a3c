"""The daily digest: `/houston digest`, and the tab *Digest* of the App Home."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.listeners import home
from bot.listeners.typed import Subcommand, Typed, chosen
from bot.views import digest, digest_settings
from bot.views.blocks import Message
from bot.views.place import Place
from bot.views.reader import Reader
from bot.whispers import whisper
from houston.assembly import Houston
from houston.errors import Invalid

Body = dict[str, Any]

USAGE = "Write `/houston digest`, then nothing, `on`, `off`, `now` or `at HH:MM`."


def register(app: AsyncApp) -> None:
    app.action("digest_on")(switch)
    app.action("digest_off")(switch)
    app.action("digest_at")(choose_time)
    app.action("digest_preview")(preview)


async def switch(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await houston.digest_setup.switch(actor, on=action["action_id"] == "digest_on")
    await home.publish(houston, client, context, Place.on("digest"))


async def choose_time(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await houston.digest_setup.set_time(actor, action["selected_option"]["value"])
    await home.publish(houston, client, context, Place.on("digest"))


async def preview(ack: AsyncAck, body: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor = await people.actor(houston, context)
    reader = Reader.of(actor, await houston.workspaces.get(str(context.team_id)))
    await whisper(context, body, digest.previewed(await houston.digests.preview(actor), reader.zone))


async def settings(typed: Typed) -> Message | None:
    """`/houston digest` and what follows it."""
    if not typed.text:
        typed.actor.demand_colleague("see its digest")
        return digest_settings.told(await typed.houston.digest_setup.get(typed.scope), typed.reader)
    return await chosen(DIGEST, typed, otherwise=_unknown)


async def _unknown(typed: Typed) -> Message:
    raise Invalid("digest", USAGE)


async def _on(typed: Typed) -> Message:
    return digest_settings.told(await typed.houston.digest_setup.switch(typed.actor, on=True), typed.reader)


async def _off(typed: Typed) -> Message:
    return digest_settings.told(await typed.houston.digest_setup.switch(typed.actor, on=False), typed.reader)


async def _at(typed: Typed) -> Message:
    found = await typed.houston.digest_setup.set_time(typed.actor, typed.text)
    return digest_settings.told(found, typed.reader)


async def _now(typed: Typed) -> Message:
    return digest.previewed(await typed.houston.digests.preview(typed.actor), typed.reader.zone)


DIGEST: dict[str, Subcommand] = {"on": _on, "off": _off, "at": _at, "now": _now}
