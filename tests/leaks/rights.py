"""What is kept and no forged attempt may change: who may see and do what, and what belongs to a client."""

from typing import Any

from bot.playground.nouns import Json
from store import Store
from store.tables import (
    ApiKey,
    Channel,
    Client,
    Destination,
    Invitation,
    Member,
    MemberClient,
    Note,
    OutlierDefinition,
    Rule,
    Workspace,
)
from tests.leaks.rows import SPARE, Planted
from tests.leaks.tables import rows_of, rows_of_all

CHANNEL = ("workspace_id", "id", "is_shared", "approved_by", "client_id")
MEMBER = ("workspace_id", "user_id", "role", "is_slack_admin", "is_guest", "sees_all", "active")
OWNED = (Rule, Destination, OutlierDefinition, Note, ApiKey, Channel, Member, Invitation)
OF_ITSELF = dict.fromkeys(("seen_at", "error", "due_at", "rotating_until", "token_expires_at"))
"""What Houston writes while it works, whoever asks for what: lanes, checks, leases, first sights."""
LIST = ("workspace_id", "user_id", "client_id")


async def rights(store: Store) -> dict[str, list[Any]]:
    kept = {
        "channels": [_part(row, CHANNEL) for row in await rows_of(store, Channel)],
        "members": [_part(row, MEMBER) for row in await rows_of(store, Member)],
        "lists": [_part(row, LIST) for row in await rows_of(store, MemberClient)],
    }
    return {name: sorted(row for row in rows if SPARE not in row) for name, rows in kept.items()}


async def belongings(store: Store, planted: Planted) -> list[str]:
    """What is a client's: its configuration, and what was written down for it."""
    mine = {"client_id": planted.client_id, "workspace_id": planted.workspace_id}
    found = await rows_of_all(store, OWNED)
    kept = [row for rows in found for row in rows if any(row.get(name) == id for name, id in mine.items())]
    clients, workspaces = await rows_of_all(store, (Client, Workspace))
    kept += [row for row in clients if row["id"] == planted.client_id]
    kept += [row for row in workspaces if row["id"] == planted.workspace_id]
    return sorted(str({**row, **OF_ITSELF}) for row in kept)


def _part(row: Json, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in names)
