"""The App Home, and the prompts of its Messages tab."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect.memberships import offered
from bot.listeners.watching import sections
from bot.views import going_on
from bot.views import home as views
from bot.views.answering import Answering
from bot.views.connection import Connection
from bot.views.digest_settings import DigestTab
from bot.views.home import Content, Overview
from bot.views.notifications import Notifications
from bot.views.place import TABS, Place
from bot.views.preferences import Preferences
from bot.views.reader import Reader
from houston.access import Actor
from houston.assembly import Houston
from store.tables import Channel

Body = dict[str, Any]

DAYS, LATEST = 7, 5


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    for tab in TABS:
        app.action(f"home_{tab}")(choose_tab)
    app.action("home_filter")(choose_type)
    app.action("home_previous")(turn_page)
    app.action("home_next")(turn_page)


async def opened(event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston) -> None:
    member = await people.refreshed(houston, client, str(context.team_id), event["user"])
    if event.get("tab") == "messages":
        actor = await people.actor(houston, context)
        found = await houston.suggestions(actor.scope, ZoneInfo(member.timezone))
        prompts = [{"title": each.title, "message": each.question} for each in found]
        await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)
        return
    await publish(houston, client, context, where(event))


async def choose_tab(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    await publish(houston, client, context, Place.on(action["action_id"].removeprefix("home_")))


async def choose_type(
    ack: AsyncAck, action: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    chosen = action["selected_option"]["value"]
    await publish(houston, client, context, Place(tab="notifications", event_type=chosen))


async def turn_page(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
) -> None:
    await ack()
    here = where(body)
    turned = Place(tab="notifications", page=int(action["value"]), event_type=here.event_type)
    await publish(houston, client, context, turned)


async def publish(houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, place: Place) -> None:
    """Show somebody their App Home as it is now."""
    content = await _content(houston, client, context, place)
    await client.views_publish(user_id=str(context.user_id), view=views.home(place, content))


async def _content(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, place: Place
) -> Content:
    actor = await people.actor(houston, context)
    reader = Reader.of(actor, await houston.workspaces.get(str(context.team_id)))
    if place.tab == "notifications":
        return Notifications(rules=await houston.rules.all(actor.scope), reader=reader)
    if place.tab == "watching":
        return await sections.watching(houston, actor, reader, place.section)
    if place.tab == "digest":
        return DigestTab(settings=await houston.digest_setup.get(actor.scope), reader=reader)
    if place.tab == "preferences":
        return await _preferences(houston, actor, reader)
    channels = await offered(houston, client, actor.scope, actor.user_id)
    if place.tab == "connection":
        return await _connection(houston, context, actor, reader, channels)
    return await _overview(houston, actor, reader, channels, context["now"]())


async def _overview(
    houston: Houston, actor: Actor, reader: Reader, channels: list[Channel], now: datetime
) -> Overview:
    start = now - timedelta(days=DAYS)
    return Overview(
        paused=await houston.pausing.state(actor.scope),
        going_on=await houston.going_on(actor, going_on.SHOWN + 1),
        occurrences=await houston.occurrences.list(actor.scope, start=start, end=now, limit=LATEST),
        rules=await houston.rules.all(actor.scope),
        channels=channels,
        reader=reader,
    )


async def _preferences(houston: Houston, actor: Actor, reader: Reader) -> Preferences:
    seen = None if actor.is_stranger else await houston.preferences.get(actor)
    return Preferences(seen=seen, has_clients=reader.has_clients)


async def _connection(
    houston: Houston, context: AsyncBoltContext, actor: Actor, reader: Reader, channels: list[Channel]
) -> Connection:
    return Connection(
        setup=await houston.setups(actor),
        channels=channels,
        words=context["connection"](str(context.team_id)),
        states=context["states"]() if reader.runs_agency else (),
        reader=reader,
        default=await houston.default_channel(actor.scope),
        destinations=await houston.destinations.all(actor.scope) if reader.is_admin else (),
        answering=await _answering(houston, actor) if reader.is_admin else None,
    )


async def _answering(houston: Houston, actor: Actor) -> Answering:
    return Answering(
        model=houston.status.model,
        budget=await houston.budgets.seen(actor),
        opinions=await houston.judging.opinions(actor),
    )


def where(body: Body) -> Place:
    """Where on their App Home somebody pressed, or came back to."""
    return Place.from_text((body.get("view") or {}).get("private_metadata") or "")
