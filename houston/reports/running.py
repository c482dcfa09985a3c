"""A report's query is asked here, and what it said is kept."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston import access
from houston.errors import HoustonError
from houston.reports import cells
from houston.reports.sources import DataSources
from store import Store
from store.sources import Result
from store.tables import Report, ReportRun

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A run as it is kept, and all that it gave; None where it failed, as `run.error` says."""

    run: ReportRun
    result: Result | None


@dataclass(frozen=True, kw_only=True)
class Running:
    store: Store
    sources: DataSources
    now: Callable[[], datetime]

    async def ask(self, report: Report, at: datetime) -> Result:
        """What it gives as of a moment; nothing is kept. Raises HoustonError."""
        return await self.sources.run(
            access.everything(), report.source_id, report.sql, at, for_client=report.client_id
        )

    async def run(self, report: Report, now: datetime) -> Ran:
        """Ask, and keep what was said. Raises nothing that a person can mend."""
        try:
            result = await self.ask(report, now)
        except HoustonError as error:
            log.warning("report %s could not be run: %s", report.id, type(error).__name__)
            return Ran(
                run=await self._kept(_run(report, self.store.ids.next(), now, error.message)), result=None
            )
        run = _run(report, self.store.ids.next(), now)
        run.columns, run.rows = list(result.columns), cells.kept(result.rows)
        run.row_count, run.seconds = len(result.rows), result.seconds
        run.is_cut = result.is_cut or len(run.rows) < len(result.rows)
        return Ran(run=await self._kept(run), result=result)

    async def _kept(self, run: ReportRun) -> ReportRun:
        async with self.store.begin() as uow:
            await uow.report_runs.save(run=run)
            await uow.commit()
        return run


def _run(report: Report, id: int, at: datetime, error: str = "") -> ReportRun:
    return ReportRun(
        id=id, report_id=report.id or 0, client_id=report.client_id, at=at, columns=[], rows=[], error=error
    )
