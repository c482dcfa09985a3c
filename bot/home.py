"""The App Home, and the prompts of its Messages tab."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.memberships import private_channels
from bot.views import home as views
from bot.views import rules
from bot.views.home import Connection, Notifications, Overview, Place
from bot.whispers import whisper
from houston.assembly import Houston
from houston.notify.rules import RuleSeen
from store.scope import Scope
from store.tables import Channel, Workspace

Body = dict[str, Any]

PROMPTS = (
    ("What was unusual?", "What was unusual in the last 7 days?"),
    ("Revenue last week", "How did revenue do last week compared to the week before?"),
    ("Open notes", "Which notes are open?"),
    ("Best customers", "Who are the top 5 customers by revenue?"),
)
"""Title and question; the manifest offers the same."""

DAYS, LATEST = 7, 5


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    for tab in views.TABS:
        app.action(f"home_{tab}")(choose_tab)
    app.action("home_filter")(choose_type)
    app.action("home_previous")(turn_page)
    app.action("home_next")(turn_page)
    app.action("pause_rule")(pause_rule)
    app.action("resume_rule")(resume_rule)
    app.action("delete_rule")(delete_rule)


async def opened(event: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston) -> None:
    await people.refreshed(houston, client, str(context.team_id), event["user"])
    if event.get("tab") == "messages":
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)
        return
    place = Place.from_text((event.get("view") or {}).get("private_metadata") or "")
    await publish(houston, client, context, place)


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
    here = _place(body)
    place = Place(tab="notifications", page=int(action["value"]), event_type=here.event_type)
    await publish(houston, client, context, place)


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


async def publish(houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, place: Place) -> None:
    """Show somebody their App Home as it is now."""
    content = await _content(houston, client, context, place)
    await client.views_publish(user_id=str(context.user_id), view=views.home(place, content))


async def _content(
    houston: Houston, client: AsyncWebClient, context: AsyncBoltContext, place: Place
) -> Overview | Notifications | Connection:
    scope = await people.scope(houston, context)
    workspace = await houston.workspaces.get(str(context.team_id))
    if place.tab == "notifications":
        has_clients = workspace.has_clients
        return Notifications(rules=await houston.rules.all(scope), has_clients=has_clients)
    private = await private_channels(client, str(context.user_id))
    channels = await houston.channels.offered(scope, "", private)
    if place.tab == "connection":
        return Connection(workspace=workspace, channels=channels, connection=context["connection"]())
    return await _overview(houston, scope, workspace, channels, context["now"]())


async def _overview(
    houston: Houston, scope: Scope, workspace: Workspace, channels: list[Channel], now: datetime
) -> Overview:
    found = await houston.occurrences.list(scope, start=now - timedelta(days=DAYS), end=now, limit=LATEST)
    return Overview(
        occurrences=found,
        rules=await houston.rules.all(scope),
        channels=channels,
        zone=ZoneInfo(workspace.timezone),
    )


async def _change(
    body: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    change: Callable[[Scope, int], Awaitable[RuleSeen]],
    what: str,
) -> None:
    """Change the rule of the button that was pressed, and show how things are now."""
    scope = await people.scope(houston, context)
    rule = await change(scope, (await houston.rules.get(scope, int(body["actions"][0]["value"]))).number)
    if (body.get("view") or {}).get("type") == "home":
        await publish(houston, client, context, _place(body))
    else:
        workspace = await houston.workspaces.get(str(context.team_id))
        await whisper(context, body, rules.confirmed(rule, what, has_clients=workspace.has_clients))


def _place(body: Body) -> Place:
    return Place.from_text((body.get("view") or {}).get("private_metadata") or "")
