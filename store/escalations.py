"""Episodes that go to a second destination, if nobody takes them in time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, literal, not_, or_, update
from sqlmodel import col, select

from store.dispatch import Write
from store.repository import Repository
from store.scope import Scope
from store.tables import Destination, Episode, Escalation, Event, Lifecycle, Rule, Workspace


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """One that is due, with what it is about; `rule` is None where it was deleted."""

    escalation: Escalation
    episode: Episode
    destination: Destination
    rule: Rule | None


class Escalations(Repository):
    """Houston's own: written by the ledger, read by its tick."""

    async def due(self, *, now: datetime, states: Collection[str], limit: int) -> list[Escalated]:
        """Those whose time has come, the oldest first. What somebody has taken waits, as it may be given
        back while it is in one of these states; so does everything while its workspace is paused."""
        waits = and_(col(Episode.state).in_(states), or_(_taken(), _snoozed(now)))
        query = (
            select(Escalation, Episode, Destination, Rule)
            .join(Episode, col(Episode.id) == col(Escalation.episode_id))
            .join(Destination, col(Destination.id) == col(Escalation.destination_id))
            .join(Workspace, col(Workspace.id) == col(Escalation.workspace_id))
            .outerjoin(Rule, col(Rule.id) == col(Escalation.rule_id))
            .outerjoin(Lifecycle, col(Lifecycle.key) == col(Episode.key))
            .where(
                col(Escalation.done_at).is_(None),
                col(Escalation.due_at) <= now,
                not_(waits),
                func.coalesce(col(Workspace.paused_until), now) <= now,
            )
            .order_by(col(Escalation.due_at))
            .limit(limit)
        )
        found = await self._session.exec(query)
        return [
            Escalated(escalation=escalation, episode=episode, destination=destination, rule=rule)
            for escalation, episode, destination, rule in found
        ]

    async def went(
        self, *, scope: Scope, workspace_id: str, episode_id: int
    ) -> list[tuple[Escalation, Destination]]:
        """Where an episode was sent on to from this workspace, the first one first."""
        key = literal("escalation:").concat(cast(col(Escalation.id), String))
        query = (
            select(Escalation, Destination)
            .join(Destination, col(Destination.id) == col(Escalation.destination_id))
            .join(Event, col(Event.dedupe_key) == key)
            .where(
                Escalation.episode_id == episode_id,
                Escalation.workspace_id == workspace_id,
                scope.holds(Event.client_id),
            )
            .order_by(col(Escalation.done_at))
        )
        return [(escalation, destination) for escalation, destination in await self._session.exec(query)]


def _taken() -> ColumnElement[bool]:
    return or_(col(Episode.acknowledged_by) != "", col(Episode.assigned_to) != "")


def _snoozed(now: datetime) -> ColumnElement[bool]:
    """False, not unknown, for what has no lifecycle."""
    lasts = or_(
        col(Lifecycle.snoozed_until_change).is_(True),
        and_(col(Lifecycle.snoozed_until).is_not(None), col(Lifecycle.snoozed_until) > now),
    )
    return and_(col(Lifecycle.key).is_not(None), col(Lifecycle.snoozed_by) != "", lasts)


def done(escalation_id: int, *, at: datetime) -> Write:
    """It went there, or need not any more."""

    def write(connection: Connection) -> None:
        connection.execute(update(Escalation).where(col(Escalation.id) == escalation_id).values(done_at=at))

    return write
