"""The active rules as routes: what routing needs of a rule, its destination and its workspace."""

from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlmodel import col

from store.dispatch import Route
from store.tables import Channel, Destination, Rule, RuleDestination, Workspace


def routes(connection: Connection, types: set[str]) -> list[Route]:
    query = (
        select(Rule, Destination, Workspace)
        .join(RuleDestination, col(RuleDestination.rule_id) == col(Rule.id))
        .join(Destination, col(Destination.id) == col(RuleDestination.destination_id))
        .join(Workspace, col(Workspace.id) == col(Rule.workspace_id))
        .outerjoin(
            Channel,
            and_(
                col(Destination.kind) == "channel",
                col(Channel.workspace_id) == col(Destination.workspace_id),
                col(Channel.id) == col(Destination.address),
            ),
        )
        .where(
            col(Rule.event_type).in_(sorted(types)),
            col(Rule.active).is_(True),
            col(Workspace.active).is_(True),
        )
        .order_by(col(Rule.id))
        .with_only_columns(*ROUTE_COLUMNS)
    )
    return [Route(**row) for row in connection.execute(query).mappings()]


ROUTE_COLUMNS: tuple[Any, ...] = (
    col(Rule.id).label("rule_id"),
    col(Rule.workspace_id),
    col(Workspace.client_id).label("workspace_client_id"),
    col(Channel.client_id).label("channel_client_id"),
    or_(
        func.coalesce(col(Channel.is_shared), False).is_(False),
        func.coalesce(col(Channel.approved_by), "") != "",
    ).label("is_open"),
    col(Rule.event_type),
    col(Rule.subject),
    col(Rule.client_id),
    col(Rule.minimum_severity),
    col(Destination.id).label("destination_id"),
    (col(Destination.kind) + ":" + col(Destination.address)).label("address"),
)
