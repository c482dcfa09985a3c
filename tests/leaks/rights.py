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
from tests.leaks.planting import SPARE, Planted
from tests.leaks.tables import rows_of

CHANNEL = ("workspace_id", "id", "is_shared", "approved_by", "client_id")
MEMBER = ("workspace_id", "user_id", "role", "is_slack_admin", "is_guest", "sees_all", "active")
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
    found = [await rows_of(store, table) for table in (Rule, Destination, OutlierDefinition, Note, ApiKey)]
    found += [await rows_of(store, table) for table in (Channel, Member, Invitation)]
    clients = [row for row in await rows_of(store, Client) if row["id"] == planted.client_id]
    workspaces = [row for row in await rows_of(store, Workspace) if row["id"] == planted.workspace_id]
    kept = [row for rows in found for row in rows if any(row.get(name) == id for name, id in mine.items())]
    return sorted(str(row | {"seen_at": None}) for row in (*kept, *clients, *workspaces))


def _part(row: Json, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in names)
