"""What is held back, and when it is let go."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, literal_column, select, text, update
from sqlmodel import col

from store.leases import CLAIMING
from store.tables import Delivery, Destination, Workspace
from store.tables.notify import DUE, HELD

IS_HELD = col(Delivery.state) == literal_column(str(HELD))
PAUSE, PAUSED = "pause", "paused"
FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""When a paused destination works again, nobody knows."""


def let_go(connection: Connection, now: datetime) -> int:
    """Make due what was held until now. What something else holds by now stays."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({CLAIMING})"))
    query = (
        select(
            col(Delivery.id),
            col(Delivery.bundle),
            col(Workspace.paused_until),
            col(Destination.paused_at),
        )
        .join(Workspace, col(Workspace.id) == col(Delivery.workspace_id))
        .join(Destination, col(Destination.id) == col(Delivery.destination_id))
        .where(IS_HELD, col(Delivery.due_at) <= now)
    )
    found = connection.execute(query).all()
    for row in found:
        connection.execute(update(Delivery).where(col(Delivery.id) == row.id).values(**_next(row, now)))
    return len(found)


def _next(row: Any, now: datetime) -> dict[str, Any]:
    """One bundle for all that is let go together for one reason."""
    why = row.bundle.partition(":")[0]
    if row.paused_at is not None:
        return {"due_at": FAR, "bundle": f"{PAUSED}:"}
    if row.paused_until is not None and row.paused_until > now:
        return {"due_at": row.paused_until, "bundle": f"{PAUSE}:{row.paused_until:%Y%m%dT%H%M%S}"}
    return {"state": DUE, "due_at": now, "bundle": f"{why}:{now:%Y%m%dT%H%M%S}"}
