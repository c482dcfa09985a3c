"""Jobs that failed, and whether they work again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from store.repository import Repository
from store.scope import Scope
from store.tables import TaskRun

FAILED = ("failed", "dead_letter")
LAST_RUN = func.max(TaskRun.occurred_at)


class FailedTasks(Repository):
    """Spans are start <= time < end."""

    async def failed(
        self, *, scope: Scope, start: datetime, end: datetime
    ) -> Sequence[tuple[int | None, str, int, int, datetime]]:
        """By client and job: how often it failed, how many runs are in dead letter, when last."""
        dead = func.sum(case((col(TaskRun.state) == "dead_letter", 1), else_=0))
        found: tuple[Any, ...] = (TaskRun.client_id, TaskRun.job, func.count(), dead, LAST_RUN)
        query: Any = (
            columns(*found)
            .where(scope.holds(TaskRun.client_id), col(TaskRun.state).in_(FAILED))
            .where(col(TaskRun.occurred_at) >= start, col(TaskRun.occurred_at) < end)
            .group_by(col(TaskRun.client_id), col(TaskRun.job))
        )
        return list(await self._session.exec(query.order_by(func.count().desc(), col(TaskRun.job))))

    async def succeeded(
        self, *, scope: Scope, jobs: Collection[str], since: datetime
    ) -> dict[tuple[int | None, str], datetime]:
        """When each of these jobs last succeeded, by client and job."""
        query = (
            select(TaskRun.client_id, TaskRun.job, LAST_RUN)
            .where(scope.holds(TaskRun.client_id), col(TaskRun.state) == "succeeded")
            .where(col(TaskRun.job).in_(jobs), col(TaskRun.occurred_at) >= since)
            .group_by(col(TaskRun.client_id), col(TaskRun.job))
        )
        return {(client_id, job): at for client_id, job, at in await self._session.exec(query)}
