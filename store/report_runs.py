from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, delete, select

from store.repository import Repository
from store.scope import Scope
from store.tables import ReportRun


class ReportRuns(Repository):
    async def save(self, *, run: ReportRun) -> None:
        self._session.add(run)
        await self._session.flush()

    async def between(
        self, *, scope: Scope, report_id: int, start: datetime, end: datetime, limit: int
    ) -> list[ReportRun]:
        """The newest that went well, with start <= at < end, oldest first."""
        query = select(ReportRun).where(
            *_well(scope, report_id), col(ReportRun.at) >= start, col(ReportRun.at) < end
        )
        found = await self._session.exec(query.order_by(col(ReportRun.at).desc()).limit(limit))
        return list(found)[::-1]

    async def nearest(
        self, *, scope: Scope, report_id: int, start: datetime, at: datetime, end: datetime
    ) -> ReportRun | None:
        """Of those that went well with start <= at < end, the one nearest to a moment."""
        well = select(ReportRun).where(*_well(scope, report_id))
        before = well.where(col(ReportRun.at) >= start, col(ReportRun.at) <= at)
        after = well.where(col(ReportRun.at) > at, col(ReportRun.at) < end)
        found = [
            (await self._session.exec(before.order_by(col(ReportRun.at).desc()).limit(1))).first(),
            (await self._session.exec(after.order_by(col(ReportRun.at)).limit(1))).first(),
        ]
        return min((each for each in found if each), key=lambda each: abs(each.at - at), default=None)

    async def with_rows(self, *, scope: Scope, report_id: int, before: datetime) -> ReportRun | None:
        """The newest that gave any row."""
        query = select(ReportRun).where(
            *_well(scope, report_id), col(ReportRun.at) < before, col(ReportRun.row_count) > 0
        )
        return (await self._session.exec(query.order_by(col(ReportRun.at).desc()).limit(1))).first()

    async def newest(
        self, *, scope: Scope, report_ids: Collection[int], well: bool = False
    ) -> dict[int, ReportRun]:
        """The newest of each report; with `well` of those that did not fail."""
        which = [col(ReportRun.report_id).in_(report_ids), scope.holds(ReportRun.client_id)]
        which += [col(ReportRun.error) == ""] if well else []
        newest = select(func.max(ReportRun.id)).where(*which).group_by(col(ReportRun.report_id))
        query = select(ReportRun).where(col(ReportRun.id).in_(newest))
        return {run.report_id: run for run in await self._session.exec(query)}

    async def clear(self, *, report_id: int) -> None:
        """Forget all that a report said."""
        await self._session.exec(delete(ReportRun).where(col(ReportRun.report_id) == report_id))

    async def purge(self, *, before: datetime, limit: int) -> int:
        """Delete some of the oldest; how many."""
        old = select(ReportRun.id).where(col(ReportRun.at) < before).order_by(col(ReportRun.id)).limit(limit)
        done = await self._session.exec(delete(ReportRun).where(col(ReportRun.id).in_(old)))
        deleted: int = done.rowcount
        return deleted


def _well(scope: Scope, report_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ReportRun.report_id) == report_id,
        col(ReportRun.error) == "",
        scope.holds(ReportRun.client_id),
    )
