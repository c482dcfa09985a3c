"""What is kept and no forged attempt may change: who may see and do what, and what belongs to a client."""

from typing import Any

from bot.playground.nouns import Json
from store import Store
from store.tables import (
    Alert,
    ApiKey,
    Channel,
    Client,
    DataSource,
    Delivery,
    Destination,
    Episode,
    Invitation,
    Lifecycle,
    Member,
    MemberClient,
    MetricFeed,
    Note,
    OutlierDefinition,
    Preference,
    Report,
    Review,
    Rule,
    Workspace,
)
from tests.leaks.rows import SPARE, Planted
from tests.leaks.tables import rows_of, rows_of_all

CHANNEL = ("workspace_id", "id", "is_shared", "approved_by", "client_id")
MEMBER = ("workspace_id", "user_id", "role", "is_slack_admin", "is_guest", "sees_all", "active")
OWNED = (
    *(Rule, Destination, OutlierDefinition, Note, ApiKey, Channel, Member, Invitation),
    *(Episode, Lifecycle, Preference),
    *(DataSource, Report, Alert, MetricFeed, Review),
)
OF_ITSELF = dict.fromkeys(
    ("seen_at", "error", "due_at", "rotating_until", "token_expires_at", "checked_at", "failures")
)
"""What Houston writes while it works, whoever asks for what: lanes, checks, leases, first sights."""
LIST = ("workspace_id", "user_id", "client_id")


async def rights(store: Store) -> dict[str, list[Any]]:
    kept = {
        "channels": [_part(row, CHANNEL) for row in await rows_of(store, Channel)],
        "members": [_part(row, MEMBER) for row in await rows_of(store, Member)],
        "lists": [_part(row, LIST) for row in await rows_of(store, MemberClient)],
    }
    return {name: sorted(row for row in rows if SPARE not in row) for name, rows in kept.items()}


async def belongings(store: Store, *planted: Planted) -> list[str]:
    """What is these clients': their configuration, what goes on, and what was written down for them."""
    clients, workspaces, deliveries, *owned = await rows_of_all(store, (Client, Workspace, Delivery, *OWNED))
    found = []
    for each in planted:
        mine = {"client_id": each.client_id, "workspace_id": each.workspace_id}
        kept = [
            row for rows in owned for row in rows if any(row.get(name) == id for name, id in mine.items())
        ]
        kept = [row for row in kept if not str(row.get("key")).startswith("fault:")]
        kept += [row for row in clients if row["id"] == each.client_id]
        kept += [row for row in workspaces if row["id"] == each.workspace_id]
        ids = set(each.ids.values())
        kept += [{"delivery": row["id"], "state": row["state"]} for row in deliveries if row["id"] in ids]
        found += [str({**row, **OF_ITSELF}) for row in kept]
    return sorted(found)


def _part(row: Json, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in names)
