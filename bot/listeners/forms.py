"""What somebody filled into a form, and the answer in its place."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.views import filled
from bot.views.blocks import Message
from bot.views.text import escape
from bot.whispers import notice
from houston.access import Actor
from houston.assembly import Houston
from houston.errors import Conflict, HoustonError, Invalid, InvalidFields, NotFound
from store.tables import Client

View = dict[str, Any]
T = TypeVar("T")

PATIENCE = 1.5
"""Seconds. Slack waits three for the answer to a form, and people would like to know sooner."""


def chosen_id(view: View, field: str) -> int | None:
    """The row that was picked; None for none."""
    return filled.chosen_id(view["state"]["values"], field)


def written(view: View, field: str) -> str:
    """What was typed, without the blanks around it."""
    return filled.written(view["state"]["values"], field)


async def answer(
    ack: AsyncAck, client: AsyncWebClient, view: View, work: Coroutine[Any, Any, View], *, meanwhile: View
) -> None:
    """Show in the form's place what the work comes to; where that takes long, `meanwhile` until then."""
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if task.done():
        await ack(response_action="update", view=task.result())
        return
    await ack(response_action="update", view=meanwhile)
    await client.views_update(view_id=view["id"], view=await task)


async def chosen_client(houston: Houston, actor: Actor, view: View, field: str) -> Client | None:
    """The client that was picked. Raises NotFound for one that is gone, or none of theirs."""
    id = chosen_id(view, field)
    if id is None:
        return None
    for client in await houston.clients.all(actor.scope):
        if client.id == id:
            return client
    raise NotFound("I know no such client. /houston clients lists them.")


async def settled(
    ack: AsyncAck,
    client: AsyncWebClient,
    view: View,
    work: Coroutine[Any, Any, T],
    *,
    meanwhile: Message,
    outcome: Callable[[T], Message],
    names: Mapping[str, str] = MappingProxyType({}),
) -> T | None:
    """What the work of a form comes to, once it is acknowledged; complaints go to their fields.

    Where it takes longer than Slack waits, the form says `meanwhile`, then the outcome, and this is None.
    """
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    if not task.done():
        await ack(response_action="update", view=notice(meanwhile))
        await client.views_update(view_id=view["id"], view=notice(await _told(task, outcome)))
        return None
    error = task.exception()
    if isinstance(error, Invalid | InvalidFields | Conflict):
        await ack(response_action="errors", errors=filled.errors(error, view, names))
        return None
    found = await task
    await ack()
    return found


async def _told(task: "asyncio.Task[T]", outcome: Callable[[T], Message]) -> Message:
    try:
        return outcome(await task)
    except HoustonError as error:
        return Message(text=f"⚠️ {escape(error.message)}")
