from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Event, Workspace


class Events(Repository):
    """Written by the ledger, read here. One that is a workspace's own is for nobody elsewhere."""

    async def find(self, *, scope: Scope, id: int) -> Event | None:
        query = select(Event).where(Event.id == id, *_within(scope))
        return (await self._session.exec(query)).first()

    async def first_of(self, *, scope: Scope, episode_id: int) -> Event | None:
        """The event that told of an episode first."""
        query = select(Event).where(Event.episode_id == episode_id, *_within(scope))
        return (await self._session.exec(query.order_by(col(Event.id)).limit(1))).first()

    async def all(
        self,
        *,
        scope: Scope,
        client_id: int | None = None,
        type: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[Event]:
        """The newest first; `before` is the last one of the page before."""
        wanted = [*_within(scope)]
        wanted += [col(Event.client_id) == client_id] if client_id is not None else []
        wanted += [col(Event.type) == type] if type else []
        wanted += [col(Event.id) < before] if before is not None else []
        query = select(Event).where(*wanted).order_by(col(Event.id).desc())
        return list(await self._session.exec(query.limit(limit)))


def _within(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    home = col(Event.workspace_id)
    return scope.holds(Event.client_id), or_(home.is_(None), _is_home(home, scope))


def _is_home(workspace_id: Any, scope: Scope) -> ColumnElement[bool]:
    if scope.workspace_id is None and scope.client_ids is None:
        return true()
    homes = select(Workspace.id).where(scope.holds(Workspace.client_id))
    condition: ColumnElement[bool] = (
        workspace_id.in_(homes) if scope.workspace_id is None else workspace_id == scope.workspace_id
    )
    return condition
