"""Episodes, and what people do about them: who has taken one, and who gives it back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, update
from sqlmodel import col, select

from store.posts import changed
from store.repository import Repository
from store.scope import Scope
from store.tables import Episode

MOST = 1000
"""That are looked through at once."""


class Episodes(Repository):
    """Written on the outbox's thread, read here."""

    async def get(self, *, scope: Scope, id: int) -> Episode | None:
        query = select(Episode).where(Episode.id == id, scope.holds(Episode.client_id))
        return (await self._session.exec(query)).first()

    async def of_ids(self, *, scope: Scope, ids: Collection[int]) -> list[Episode]:
        """The oldest first."""
        query = select(Episode).where(col(Episode.id).in_(ids), scope.holds(Episode.client_id))
        return list(await self._session.exec(query.order_by(col(Episode.id))))

    async def began(self, *, scope: Scope, keys: Collection[str], since: datetime) -> dict[str, int]:
        """How many began since then, by key."""
        query = (
            select(Episode.key, func.count())
            .where(col(Episode.key).in_(keys), scope.holds(Episode.client_id))
            .where(col(Episode.opened_at) >= since)
            .group_by(col(Episode.key))
        )
        return dict((await self._session.exec(query)).all())

    async def of_type(
        self, *, scope: Scope, type: str, states: Collection[str], client_ids: Collection[int]
    ) -> list[Episode]:
        """Those of these clients that are in one of these states, the oldest first."""
        query = select(Episode).where(
            Episode.type == type,
            col(Episode.state).in_(states),
            col(Episode.client_id).in_(client_ids),
            scope.holds(Episode.client_id),
        )
        return list(await self._session.exec(query.order_by(col(Episode.id))))

    async def in_states(
        self, *, scope: Scope, states: Collection[str], limit: int | None = None
    ) -> list[Episode]:
        """Those that nobody has taken first, then the newest first."""
        taken = or_(col(Episode.acknowledged_by) != "", col(Episode.assigned_to) != "")
        query = select(Episode).where(col(Episode.state).in_(states), scope.holds(Episode.client_id))
        return list(await self._session.exec(query.order_by(taken, col(Episode.id).desc()).limit(limit)))

    async def all(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        type: str | None = None,
        states: Collection[str] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Episode]:
        """The newest first; `before` is the last one of the page before."""
        wanted = [scope.holds(Episode.client_id)]
        wanted += [col(Episode.client_id) == client_id] if client_id is not None else []
        wanted += [col(Episode.type) == type] if type else []
        wanted += [col(Episode.state).in_(states)] if states is not None else []
        wanted += [col(Episode.id) < before] if before is not None else []
        query = select(Episode).where(*wanted).order_by(col(Episode.id).desc())
        return list(await self._session.exec(query.limit(limit)))

    async def lately(
        self,
        *,
        scope: Scope,
        client_id: int | None,
        states: Collection[str] | None,
        start: datetime | None,
        end: datetime | None,
    ) -> list[Episode]:
        """Those that went on at some time with start <= time < end, the newest first."""
        wanted = [scope.holds(Episode.client_id)]
        wanted += [col(Episode.client_id) == client_id] if client_id is not None else []
        wanted += [col(Episode.state).in_(states)] if states is not None else []
        wanted += [col(Episode.opened_at) < end] if end else []
        over = col(Episode.resolved_at)
        wanted += [or_(over.is_(None), over >= start)] if start else []
        query = select(Episode).where(*wanted).order_by(col(Episode.opened_at).desc())
        return list(await self._session.exec(query.limit(MOST)))

    async def dismiss(self, *, scope: Scope, id: int, by: str, name: str) -> None:
        """Note who said that it is no outlier, `T1/U1`, or '' where nobody does any more."""
        told = update(Episode).where(col(Episode.id) == id, scope.holds(Episode.client_id))
        await self._session.exec(told.values(dismissed_by=by, dismissed_name=name))
        for statement in changed(id):
            await self._session.exec(statement)


class Taking:
    """A change of who has episodes, for the outbox's thread: it asks and changes in one, so that of two
    people who press at once one is first. Afterwards `changed` are those that it was in time for."""

    def __init__(self, episode_ids: Sequence[int], only: ColumnElement[bool], values: dict[str, Any]) -> None:
        self._statement = (
            update(Episode)
            .where(col(Episode.id).in_(episode_ids), only)
            .values(**values)
            .returning(col(Episode.id))
        )
        self.changed: list[int] = []

    def __call__(self, connection: Connection) -> None:
        self.changed = sorted(connection.execute(self._statement).scalars())
        for id in self.changed:
            for statement in changed(id):
                connection.execute(statement)


def acknowledging(episode_ids: Sequence[int], *, by: str, name: str, at: datetime) -> Taking:
    """`by` is `T1/U1`."""
    values = {"acknowledged_by": by, "acknowledged_name": name, "acknowledged_at": at}
    return Taking(episode_ids, col(Episode.acknowledged_by) == "", values)


def unacknowledging(episode_ids: Sequence[int]) -> Taking:
    values = {"acknowledged_by": "", "acknowledged_name": "", "acknowledged_at": None}
    return Taking(episode_ids, col(Episode.acknowledged_by) != "", values)


def assigning(episode_ids: Sequence[int], *, to: str, name: str, by: str) -> Taking:
    """`to` and `by` are `T1/U1`."""
    values = {"assigned_to": to, "assigned_name": name, "assigned_by": by}
    return Taking(episode_ids, col(Episode.assigned_to) == "", values)


def unassigning(episode_ids: Sequence[int]) -> Taking:
    values = {"assigned_to": "", "assigned_name": "", "assigned_by": ""}
    return Taking(episode_ids, col(Episode.assigned_to) != "", values)
