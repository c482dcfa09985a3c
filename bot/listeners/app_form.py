"""The form for a workspace with a Slack app of its own. Its tokens go from there straight to the seal."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.connect import own_apps
from bot.connect.clients import plain
from bot.listeners.forms import answer, chosen_client, written
from bot.views import own_app as views
from bot.views.blocks import Message, View
from bot.views.text import escape
from bot.whispers import notice
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import HoustonError

Body = dict[str, Any]

WHAT = "connect workspaces"


def register(app: AsyncApp) -> None:
    app.action("own_app")(open_form)
    app.view(views.CALLBACK)(submit)


async def open_form(
    ack: AsyncAck, body: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    await ack()
    (await people.actor(houston, context)).demand_agency(WHAT)
    await client.views_open(trigger_id=body["trigger_id"], view=views.form())


async def submit(
    ack: AsyncAck,
    view: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    changed: Callable[[], None],
) -> None:
    actor = await people.actor(houston, context)
    actor.demand_agency(WHAT)
    work = _connected(houston, client, actor, view)
    await answer(ack, client, view, work, meanwhile=notice(views.CHECKING))
    changed()


async def _connected(houston: Houston, client: AsyncWebClient, actor: Actor, view: Body) -> View:
    assert client.session is not None
    try:
        chosen = await chosen_client(houston, actor, view, "chosen_client")
        workspace = await own_apps.add(
            houston,
            plain(client.session, base_url=client.base_url),
            actor,
            bot_token=written(view, "bot_token"),
            app_token=written(view, "app_token"),
            client=chosen.slug if chosen else None,
        )
    except HoustonError as error:
        return notice(Message(text=f"⚠️ {escape(error.message)}"))
    return notice(views.connected(workspace))
