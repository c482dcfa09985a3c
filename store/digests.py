"""What a daily digest is made of: counts and the few rows that it names, each under a scope."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import col, select

from store.dispatch import Route
from store.ids import first_at
from store.repository import Repository
from store.routes import defaults, routes
from store.scope import Scope
from store.tables import Delivery, Destination, Episode, Event, Lifecycle, Note, Post, Workspace
from store.tables.notify import DEAD

FAULT, DIGEST = "system_error", "daily_digest"
LONG_AGO = timedelta(days=45)
RANK = case((col(Episode.severity) == "critical", 0), (col(Episode.severity) == "warning", 1), else_=2)


class Digests(Repository):
    """Spans are start <= time < end."""

    async def notes(
        self, *, scope: Scope, start: datetime, end: datetime
    ) -> Sequence[tuple[int | None, str, int]]:
        """New notes by client and status; private ones are left out."""
        query = (
            select(Note.client_id, Note.status, func.count())
            .where(scope.holds(Note.client_id), col(Note.private).is_(False))
            .where(col(Note.created_at) >= start, col(Note.created_at) < end)
            .group_by(col(Note.client_id), col(Note.status))
        )
        return list(await self._session.exec(query))

    async def fired(
        self, *, scope: Scope, start: datetime, end: datetime, types: Collection[str]
    ) -> Sequence[tuple[int | None, str, int, int]]:
        """Episodes that began, by client and severity, and how many of them are over."""
        over = func.sum(case((col(Episode.resolved_at).is_not(None), 1), else_=0))
        query = (
            select(Episode.client_id, Episode.severity, func.count(), over)
            .where(*_began(scope, start, end, types))
            .group_by(col(Episode.client_id), col(Episode.severity))
        )
        return list(await self._session.exec(query))

    async def worst(
        self, *, scope: Scope, start: datetime, end: datetime, types: Collection[str], each: int
    ) -> list[Episode]:
        """Of each client the `each` most severe episodes that began, the worst and newest first."""
        place = func.row_number().over(
            partition_by=col(Episode.client_id), order_by=[RANK, col(Episode.opened_at).desc()]
        )
        ranked = select(col(Episode.id), place.label("place")).where(*_began(scope, start, end, types))
        found = ranked.subquery()
        query = select(Episode).join(found, found.c.id == col(Episode.id)).where(found.c.place <= each)
        return list(await self._session.exec(query.order_by(RANK, col(Episode.opened_at).desc())))

    async def going_on(
        self, *, scope: Scope, states: Collection[str], seen_since: datetime, limit: int = 1000
    ) -> list[tuple[Episode, Lifecycle | None]]:
        """Episodes in these states with who snoozes them, the oldest first. A fault never resolves, so
        one that was not seen since then is over."""
        query = (
            select(Episode, Lifecycle)
            .outerjoin(Lifecycle, col(Lifecycle.key) == col(Episode.key))
            .where(scope.holds(Episode.client_id), col(Episode.state).in_(states))
            .where(or_(col(Episode.type) != FAULT, col(Episode.seen_at) >= seen_since))
            .order_by(col(Episode.opened_at), col(Episode.id))
        )
        return list(await self._session.exec(query.limit(limit)))

    async def undelivered(
        self, *, scope: Scope, start: datetime, end: datetime, since: datetime
    ) -> Sequence[tuple[str, str, int]]:
        """Messages to this workspace that were given up: to where, a reason, how many. Those made
        before `since` are not looked at."""
        query = (
            select(Destination.alias, func.max(Delivery.error), func.count())
            .join(Destination, col(Destination.id) == col(Delivery.destination_id))
            .where(Delivery.workspace_id == scope.workspace_id, scope.holds(Delivery.client_id))
            .where(Delivery.state == DEAD, col(Delivery.id) > first_at(since))
            .where(col(Delivery.due_at) >= start, col(Delivery.due_at) < end)
            .group_by(col(Destination.alias))
        )
        return list(await self._session.exec(query.order_by(func.count().desc())))

    async def threads(self, *, scope: Scope, episode_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        """Channel and ts of a message in this workspace's channels that shows each episode."""
        query = (
            select(Post.episode_id, Post.channel, Post.ts)
            .join(Episode, col(Episode.id) == col(Post.episode_id))
            .where(Post.workspace_id == scope.workspace_id, scope.holds(Episode.client_id))
            .where(col(Post.episode_id).in_(episode_ids), col(Post.address).startswith("channel:"))
            .where(Post.ts != "")
        )
        return {id: (channel, ts) for id, channel, ts in await self._session.exec(query)}

    async def last(self, *, scope: Scope, before: datetime) -> datetime | None:
        """The time of this workspace's newest digest before that one, if it was not long ago."""
        query = select(func.max(Event.occurred_at)).where(
            col(Event.id) > first_at(before - LONG_AGO),
            Event.workspace_id == scope.workspace_id,
            Event.type == DIGEST,
            col(Event.occurred_at) < before,
        )
        return (await self._session.exec(query)).one()

    async def routes(self, *, workspace_id: str) -> list[Route]:
        """Where this workspace's rules and members want digests; without a rule, its default channel."""
        connection = await self._session.connection()
        found = await connection.run_sync(routes, {DIGEST})
        ours = [each for each in found if each.workspace_id == workspace_id and not each.catches_all]
        if not any(each.rule_id for each in ours):
            default = await connection.run_sync(defaults, {DIGEST}, col(Workspace.id) == workspace_id)
            ours += default
        return ours


def _began(
    scope: Scope, start: datetime, end: datetime, types: Collection[str]
) -> tuple[ColumnElement[bool], ...]:
    return (
        scope.holds(Episode.client_id),
        col(Episode.type).in_(types),
        col(Episode.opened_at) >= start,
        col(Episode.opened_at) < end,
    )
