"""Saved queries: tried before they are kept, run and remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict, Invalid, InvalidFields
from houston.reports import report_rows
from houston.reports.ownership import made_by, source_of
from houston.reports.report import Preview, ReportDraft, ReportSeen
from houston.reports.running import Running
from houston.reports.sources import DataSources
from store import Scope, Store
from store.errors import SourceError
from store.tables import Report, ReportRun

__all__ = ["CHANGE", "Preview", "ReportDraft", "ReportSeen", "Reports"]

CHANGE = "change reports"
FIRST_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class Reports:
    store: Store
    sources: DataSources
    running: Running
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[ReportSeen]:
        """By name."""
        async with self.store.read() as uow:
            return await report_rows.seen(uow, scope, await uow.reports.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> ReportSeen:
        """Raises NotFound."""
        async with self.store.read() as uow:
            return (await report_rows.seen(uow, scope, [await report_rows.found(uow, scope, id)]))[0]

    async def preview(self, actor: Actor, source_id: int, sql: str) -> Preview:
        """Raises InvalidFields by `sql` and `source`, NotAllowed."""
        actor.demand_admin(CHANGE)
        try:
            async with self.store.read() as uow:
                await source_of(uow, actor.scope, source_id)
            result = await self.sources.run(actor.scope, source_id, sql, self.now())
        except Invalid as error:
            raise InvalidFields({error.field: error.message}) from error
        except SourceError as error:
            raise InvalidFields({"sql": error.message}) from error
        return Preview(
            columns=result.columns,
            rows=result.rows[:FIRST_ROWS],
            row_count=len(result.rows),
            is_cut=result.is_cut,
            seconds=result.seconds,
        )

    async def add(self, actor: Actor, draft: ReportDraft) -> ReportSeen:
        """Run once before it is kept. Raises InvalidFields by `name`, `source`, `sql`, `url` and
        `client`, NotAllowed."""
        actor.demand_admin(CHANGE)
        await self._try(actor, self._new(actor, draft), draft)
        async with self.store.begin() as uow:
            report = self._new(actor, draft)
            await report_rows.fill(uow, actor, report, draft)
            await uow.reports.save(report=report)
            await report_rows.keep(uow, actor, "report.added", report, None, now=self.now())
        return await self.get(actor.scope, report.id or 0)

    async def edit(self, actor: Actor, id: int, draft: ReportDraft) -> ReportSeen:
        """Another query has no history. Raises as `add`, and NotFound."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            report = await report_rows.found(uow, actor.scope, id)
        is_new = (report.sql, report.source_id) != (draft.sql.strip(), draft.source_id)
        await self._try(actor, Report(**report.model_dump()), draft, runs=is_new)
        async with self.store.begin() as uow:
            report = await report_rows.found(uow, actor.scope, id)
            before, owner = await report_rows.told(uow, report), report.client_id
            await report_rows.fill(uow, actor, report, draft)
            await uow.reports.save(report=report)
            if is_new or report.client_id != owner:
                await uow.report_runs.clear(report_id=id)
            await report_rows.keep(uow, actor, "report.edited", report, before, now=self.now())
        return await self.get(actor.scope, id)

    async def delete(self, actor: Actor, id: int) -> Report:
        """With its runs. Raises Conflict, which names its alerts, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            report = await report_rows.found(uow, actor.scope, id)
            if alerts := await uow.reports.alerts(scope=actor.scope, id=id):
                names = ", ".join(each.name for each in alerts)
                raise Conflict(f"{report.name} is watched by {names}. Delete what watches it first.")
            before = await report_rows.told(uow, report)
            await uow.reports.delete(report=report)
            await report_rows.keep(uow, actor, "report.deleted", report, before, now=self.now())
        return report

    async def run(self, report: Report, now: datetime) -> ReportRun:
        """Ask its data source, as of `now`, and keep what it said. Raises nothing: `error` says."""
        return (await self.running.run(report, now)).run

    async def _try(self, actor: Actor, report: Report, draft: ReportDraft, *, runs: bool = True) -> None:
        """Raises InvalidFields for what could not be kept."""
        async with self.store.read() as uow:
            await report_rows.fill(uow, actor, report, draft)
        if runs:
            await self.preview(actor, draft.source_id, draft.sql)

    def _new(self, actor: Actor, draft: ReportDraft) -> Report:
        return Report(
            workspace_id=actor.scope.workspace_id,
            source_id=draft.source_id,
            name=draft.name,
            sql=draft.sql,
            created_by=made_by(actor),
            created_at=self.now(),
        )
