"""Who may see and do what, as it is kept: no attempt may change it."""

from typing import Any

from bot.playground.nouns import Json
from store import Store
from store.tables import Channel, Member, MemberClient
from tests.leaks.planting import SPARE
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


def _part(row: Json, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in names)
