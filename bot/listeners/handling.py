"""The buttons under alerts: who takes care of it, until when it is quiet, which rule sent it.

What was done is seen in the message itself; only what was refused, or asked for, is whispered.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import people
from bot.answers import about
from bot.answers.streams import Answers
from bot.views import buttons
from bot.views import handling as views
from bot.views.blocks import Message
from bot.views.filled import row_id
from bot.whispers import whisper
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Conflict, Invalid, NotFound
from houston.notify.handling.handling import Handling

Body = dict[str, Any]

DEEDS: Mapping[str, Callable[[Handling, Actor, int], Awaitable[None]]] = MappingProxyType(
    {
        "acknowledge": Handling.acknowledge,
        "unacknowledge": Handling.unacknowledge,
        "unassign": Handling.unassign,
        "unsnooze": Handling.unsnooze,
    }
)


def register(app: AsyncApp) -> None:
    for action_id in (*DEEDS, *ANSWERS, "more"):
        app.action(action_id)(press)
    app.action("assign")(assign)
    app.action("snooze")(snooze)
    app.view(views.ASSIGN_FORM)(submit_assignee)


async def press(
    ack: AsyncAck,
    body: Body,
    action: Body,
    context: AsyncBoltContext,
    client: AsyncWebClient,
    houston: Houston,
    answers: Answers,
) -> None:
    """A button, or an entry of *more*."""
    word = _chosen(action) if action["action_id"] == "more" else action["action_id"]
    if word == "ask":
        await about.ask(houston, client, context, answers, ack, body, action)
        return
    await ack()
    if word == "assign":
        await _open_form(client, body, action)
        return
    actor = await people.actor(houston, context)
    if word in DEEDS:
        await DEEDS[word](houston.handling, actor, delivery_id(action))
    elif word in ANSWERS:
        await whisper(context, body, await ANSWERS[word](houston, actor, delivery_id(action)))


async def assign(ack: AsyncAck, body: Body, action: Body, client: AsyncWebClient) -> None:
    await ack()
    await _open_form(client, body, action)


async def snooze(ack: AsyncAck, action: Body, context: AsyncBoltContext, houston: Houston) -> None:
    await ack()
    actor = await people.actor(houston, context)
    await houston.handling.snooze(actor, delivery_id(action), _chosen(action))


async def submit_assignee(
    ack: AsyncAck, view: Body, context: AsyncBoltContext, client: AsyncWebClient, houston: Houston
) -> None:
    actor = await people.actor(houston, context)
    try:
        user_id = str(view["state"]["values"][views.ASSIGNEE][views.ASSIGNEE]["selected_user"] or "")
        await people.member(houston, client, str(context.team_id), user_id)
        await houston.handling.assign(actor, row_id(view["private_metadata"]), user_id)
    except (Conflict, Invalid, NotFound) as refused:
        await ack(response_action="errors", errors={views.ASSIGNEE: refused.message})
        return
    await ack()


def delivery_id(action: Body) -> int:
    """Which message it is under; 0, which is none, for what no message of ours holds."""
    value = action.get("value")
    return row_id(str(value)) if value else buttons.delivery_of(str(action.get("block_id") or ""))


def _chosen(action: Body) -> str:
    return str((action.get("selected_option") or {}).get("value") or "")


async def _open_form(client: AsyncWebClient, body: Body, action: Body) -> None:
    await client.views_open(trigger_id=body["trigger_id"], view=views.assign_form(delivery_id(action)))


async def _why(houston: Houston, actor: Actor, id: int) -> Message:
    found = await houston.muting.why(actor, id)
    return views.why(found, has_clients=await _has_clients(houston, actor))


async def _mute(houston: Houston, actor: Actor, id: int) -> Message:
    found = await houston.muting.mute(actor, id)
    return views.muted(found, id, has_clients=await _has_clients(houston, actor))


async def _unmute(houston: Houston, actor: Actor, id: int) -> Message:
    found = await houston.muting.unmute(actor, id)
    return views.unmuted(found, id, has_clients=await _has_clients(houston, actor))


async def _has_clients(houston: Houston, actor: Actor) -> bool:
    return (await houston.workspaces.get(str(actor.scope.workspace_id))).has_clients


ANSWERS: Mapping[str, Callable[[Houston, Actor, int], Awaitable[Message]]] = MappingProxyType(
    {"why": _why, "mute_rule": _mute, "unmute_rule": _unmute}
)
