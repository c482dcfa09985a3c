"""What pipelines reported of their jobs, for those who ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import TaskRun

Tally = tuple[int | None, str, str, int, datetime]
"""Client, job, state, how many runs, when the last."""


class TaskHistory(Repository):
    """Spans are start <= time < end. A job is named by a part of its name."""

    async def search(
        self,
        *,
        scope: Scope,
        start: datetime,
        end: datetime,
        client_id: int | None = None,
        job: str | None = None,
        state: str | None = None,
        limit: int = 20,
    ) -> list[TaskRun]:
        """The newest first."""
        wanted = _wanted(scope, start, end, client_id, job)
        wanted += [col(TaskRun.state) == state] if state else []
        query = select(TaskRun).where(*wanted).order_by(col(TaskRun.occurred_at).desc(), col(TaskRun.id))
        return list(await self._session.exec(query.limit(limit)))

    async def tally(
        self,
        *,
        scope: Scope,
        start: datetime,
        end: datetime,
        client_id: int | None = None,
        job: str | None = None,
    ) -> Sequence[Tally]:
        """By client, job and state."""
        named: tuple[Any, ...] = (TaskRun.client_id, TaskRun.job, TaskRun.state)
        query: Any = columns(*named, func.count(), func.max(TaskRun.occurred_at))
        query = query.where(*_wanted(scope, start, end, client_id, job)).group_by(*named)
        return list(await self._session.exec(query.order_by(col(TaskRun.job), col(TaskRun.state))))


def _wanted(
    scope: Scope, start: datetime, end: datetime, client_id: int | None, job: str | None
) -> list[ColumnElement[bool]]:
    wanted = [
        scope.holds(TaskRun.client_id),
        col(TaskRun.occurred_at) >= start,
        col(TaskRun.occurred_at) < end,
    ]
    wanted += [col(TaskRun.client_id) == client_id] if client_id is not None else []
    wanted += [col(TaskRun.job).icontains(job, autoescape=True)] if job else []
    return wanted
