"""What somebody filled into a form."""

from typing import Any

from houston.access import Actor
from houston.assembly import Houston
from houston.errors import NotFound
from store.tables import Client

View = dict[str, Any]

LONGEST_ID = 18
"""Digits; what is longer is no row's id."""


def chosen_id(view: View, field: str) -> int | None:
    """The row that was picked; None for none."""
    value = str((_input(view, field).get("selected_option") or {}).get("value", ""))
    return int(value) if value.isdecimal() and len(value) <= LONGEST_ID else None


def written(view: View, field: str) -> str:
    """What was typed, without the blanks around it."""
    return str(_input(view, field).get("value") or "").strip()


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
