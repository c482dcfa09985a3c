"""What somebody filled into a form, and the answer in its place."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from houston.access import Actor
from houston.assembly import Houston
from houston.errors import NotFound
from store.tables import Client

View = dict[str, Any]

PATIENCE = 2.0
"""Seconds. Slack waits three for the answer to a form."""

LONGEST_ID = 18
"""Digits; what is longer is no row's id."""


def chosen_id(view: View, field: str) -> int | None:
    """The row that was picked; None for none."""
    value = str((_input(view, field).get("selected_option") or {}).get("value", ""))
    return int(value) if value.isdecimal() and len(value) <= LONGEST_ID else None


def written(view: View, field: str) -> str:
    """What was typed, without the blanks around it."""
    return str(_input(view, field).get("value") or "").strip()


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


def _input(view: View, field: str) -> dict[str, Any]:
    values: dict[str, Any] = view["state"]["values"]
    found: dict[str, Any] = values.get(field, {}).get(field, {})
    return found
