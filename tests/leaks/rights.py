"""What is kept and no forged attempt may change: who may see and do what, and what belongs to a client."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.playground.nouns import Json
from store import Store
from store.tables import (
    Alert,
    ApiKey,
    Approval,
    Channel,
    Client,
    Conversation,
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
    Turn,
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
GOING_ON = frozenset({"client_id", "last_member", "last_answered_at"})
"""What an answer changes of the conversation that it is given in."""
LIST = ("workspace_id", "user_id", "client_id")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who acts, and the clients that are theirs: asking adds to what is kept of their own questions.

    `only_in` is the channel of whoever sees them nowhere else: they ask there, and propose nothing.
    """

    user_id: str
    workspace_id: str
    client_ids: frozenset[int | None]
    sees_all: bool
    only_in: str = ""

    def asked(self, turn: Json, place: Json) -> bool:
        is_theirs = turn["user_id"] == self.user_id and place["workspace_id"] == self.workspace_id
        seen = [None] if turn["seen"] is None else turn["seen"]
        is_there = self.only_in in ("", place["channel"])
        clients = self.client_ids if is_there else frozenset[int | None]()
        return is_theirs and (self.sees_all or clients.issuperset(seen))

    def was_proposed(self, approval: Json, own: set[int]) -> bool:
        if self.only_in:
            return False
        return approval["turn_id"] in own and self.client_ids.issuperset({approval["client_id"]} - {None})


async def rights(store: Store) -> dict[str, list[Any]]:
    kept = {
        "channels": [_part(row, CHANNEL) for row in await rows_of(store, Channel)],
        "members": [_part(row, MEMBER) for row in await rows_of(store, Member)],
        "lists": [_part(row, LIST) for row in await rows_of(store, MemberClient)],
    }
    return {name: sorted(row for row in rows if SPARE not in row) for name, rows in kept.items()}


async def belongings(store: Store, *planted: Planted, by: Person | None = None) -> list[str]:
    """What is these clients': their configuration, what goes on, and what was written down for them.

    Without what is kept of questions that `by` asked themselves, about no client but their own.
    """
    clients, workspaces, deliveries, *owned = await rows_of_all(store, (Client, Workspace, Delivery, *OWNED))
    *talks, shared = await _talks(store, by)
    owned += talks
    found = [_as_kept(row) for row in shared]
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
        found += [_as_kept(row) for row in kept]
    return sorted(found)


async def as_laid(store: Store, table: type, id: int) -> set[str]:
    """One row as `belongings` has it."""
    return {_as_kept(row) for row in await rows_of(store, table) if row["id"] == id}


def _as_kept(row: Json) -> str:
    return str({**row, **OF_ITSELF})


async def _talks(store: Store, by: Person | None) -> list[list[Json]]:
    """Conversations, their turns and what was proposed in them, but for this person's own.

    The last are the conversations of others where they are: going on with one is theirs to do.
    """
    talks, turns, approvals = await rows_of_all(store, (Conversation, Turn, Approval))
    places = {row["id"]: row for row in talks}
    own = {row["id"] for row in turns if by and by.asked(row, places[row["conversation_id"]])}
    others = [
        {**row, "workspace_id": places[row["conversation_id"]]["workspace_id"]}
        for row in turns
        if row["id"] not in own
    ]
    proposed = [row for row in approvals if not (by and by.was_proposed(row, own))]
    home = by.workspace_id if by else None
    elsewhere = [row for row in talks if row["workspace_id"] != home]
    me = by.user_id if by else None
    asked = {row["id"] for row in turns if row["user_id"] == me}
    at_home = [row for row in _of_others(talks, turns, asked) if row["workspace_id"] == home]
    shared = [{name: row[name] for name in row if name not in GOING_ON} for row in at_home]
    return [elsewhere, others, proposed, shared]


def _of_others(talks: Iterable[Json], turns: Iterable[Json], own: set[int]) -> list[Json]:
    """The conversations in which anybody else asked anything, or nobody."""
    by_place: dict[int, set[int]] = {}
    for row in turns:
        by_place.setdefault(row["conversation_id"], set()).add(row["id"])
    return [row for row in talks if not (by_place.get(row["id"]) and by_place[row["id"]] <= own)]


def _part(row: Json, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in names)
