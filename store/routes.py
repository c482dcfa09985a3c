"""The ways for events to addresses: what routing needs of rules, preferences and default channels."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlmodel import col

from store.dispatch import Route
from store.tables import (
    Channel,
    Destination,
    Member,
    MemberClient,
    Preference,
    Rule,
    RuleDestination,
    Workspace,
)


def routes(connection: Connection, types: set[str]) -> list[Route]:
    """For events of these types; those of rules come first, in the order in which they were made."""
    return [*_rules(connection, types), *_preferences(connection, types), *_catching(connection, types)]


def _rules(connection: Connection, types: set[str]) -> list[Route]:
    query = (
        select(
            col(Rule.id).label("rule_id"),
            col(Rule.event_type),
            col(Rule.subject),
            col(Rule.client_id),
            col(Rule.minimum_severity),
            col(Rule.quiet_hours),
            col(Rule.escalate_minutes),
            col(Rule.escalate_to),
            *PLACE,
        )
        .join(RuleDestination, col(RuleDestination.rule_id) == col(Rule.id))
        .join(Destination, col(Destination.id) == col(RuleDestination.destination_id))
        .where(col(Rule.event_type).in_(sorted(types)), col(Rule.active).is_(True))
        .order_by(col(Rule.id), col(Destination.id))
    )
    found = connection.execute(_placed(query)).mappings()
    return [_route(row, event_types=frozenset({row["event_type"]})) for row in found]


def _preferences(connection: Connection, types: set[str]) -> list[Route]:
    query = (
        select(
            col(Preference.user_id),
            col(Preference.event_types),
            col(Preference.client_ids),
            col(Preference.minimum_severity),
            col(Preference.quiet_hours),
            col(Preference.daily_at),
            col(Member.timezone),
            *PLACE,
        )
        .join(Destination, col(Destination.id) == col(Preference.destination_id))
        .join(
            Member,
            and_(
                col(Member.workspace_id) == col(Preference.workspace_id),
                col(Member.user_id) == col(Preference.user_id),
            ),
        )
        .where(col(Preference.active).is_(True), col(Member.active).is_(True))
    )
    found = [
        row for row in connection.execute(_placed(query)).mappings() if types.intersection(row["event_types"])
    ]
    people = {(row["workspace_id"], row["user_id"]) for row in found}
    own = {row["workspace_id"] for row in found if row["workspace_client_id"] is not None}
    seen = _seen(connection, people, own)
    return [
        _route(row, client_ids=_both(row["client_ids"], seen[row["workspace_id"], row["user_id"]]))
        for row in found
    ]


def _catching(connection: Connection, types: set[str]) -> list[Route]:
    return defaults(connection, types, col(Workspace.catches_all).is_(True))


def defaults(connection: Connection, types: set[str], *only: ColumnElement[bool]) -> list[Route]:
    """Workspaces' default channels, whether or not they get what no rule matches."""
    query = (
        select(*PLACE)
        .select_from(Destination)
        .where(col(Destination.id) == col(Workspace.default_destination_id), *only)
    )
    found = connection.execute(_placed(query)).mappings()
    return [_route(row, event_types=frozenset(types), catches_all=True) for row in found]


def _placed(query: Select[Any]) -> Select[Any]:
    """With the destination's workspace and channel, where the workspace is connected."""
    return (
        query.join(Workspace, col(Workspace.id) == col(Destination.workspace_id))
        .outerjoin(
            Channel,
            and_(
                col(Destination.kind) == "channel",
                col(Channel.workspace_id) == col(Destination.workspace_id),
                col(Channel.id) == col(Destination.address),
            ),
        )
        .where(col(Workspace.active).is_(True))
    )


PLACE: tuple[Any, ...] = (
    col(Destination.workspace_id),
    col(Workspace.client_id).label("workspace_client_id"),
    col(Workspace.paused_until),
    col(Channel.client_id).label("channel_client_id"),
    or_(
        func.coalesce(col(Channel.is_shared), False).is_(False),
        func.coalesce(col(Channel.approved_by), "") != "",
    ).label("is_open"),
    col(Destination.id).label("destination_id"),
    (col(Destination.kind) + ":" + col(Destination.address)).label("address"),
    col(Destination.paused_at).is_not(None).label("is_paused"),
)


def _route(row: Any, **more: Any) -> Route:
    kept = {name: value for name, value in row.items() if name in ROUTE_FIELDS}
    kept |= {"event_types": frozenset(row["event_types"])} if "event_types" in row else {}
    return Route(**{**kept, **more})


ROUTE_FIELDS = frozenset(Route.__dataclass_fields__)


def _seen(
    connection: Connection, people: set[tuple[str, str]], own: set[str]
) -> dict[tuple[str, str], frozenset[int] | None]:
    """The clients that each of these may see; None all that their workspace does. Those of `own` are
    clients' workspaces, where there is one client for everybody."""
    if not people:
        return {}
    members = connection.execute(
        select(Member.__table__).where(col(Member.user_id).in_({user_id for _, user_id in people}))  # type: ignore[attr-defined]
    ).mappings()
    listed: dict[tuple[str, str], set[int]] = {}
    for row in connection.execute(
        select(col(MemberClient.workspace_id), col(MemberClient.user_id), col(MemberClient.client_id))
    ):
        listed.setdefault((row.workspace_id, row.user_id), set()).add(row.client_id)
    found: dict[tuple[str, str], frozenset[int] | None] = {}
    for member in (Member(**row) for row in members):
        key = (member.workspace_id, member.user_id)
        sees_all = key[0] in own or member.sees_all or member.is_admin
        found[key] = None if sees_all and not member.is_stranger else frozenset(listed.get(key, ()))
    return found


def _both(wanted: list[int] | None, seen: frozenset[int] | None) -> frozenset[int] | None:
    if wanted is None:
        return seen
    return frozenset(wanted) if seen is None else seen & frozenset(wanted)
