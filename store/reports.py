from sqlmodel import col, delete, select

from store.repository import Repository
from store.scope import Scope
from store.tables import Alert, Report, ReportRun


class Reports(Repository):
    """Saved queries. The agency's own are for who sees every client."""

    async def all(self, *, scope: Scope) -> list[Report]:
        query = select(Report).where(scope.holds(Report.client_id))
        return list(await self._session.exec(query.order_by(col(Report.name), col(Report.id))))

    async def find(self, *, scope: Scope, id: int) -> Report | None:
        query = select(Report).where(Report.id == id, scope.holds(Report.client_id))
        return (await self._session.exec(query)).first()

    async def alerts(self, *, scope: Scope, id: int) -> list[Alert]:
        """Those on this report, by name."""
        query = select(Alert).where(Alert.report_id == id, scope.holds(Alert.client_id))
        return list(await self._session.exec(query.order_by(col(Alert.name))))

    async def save(self, *, report: Report) -> Report:
        self._session.add(report)
        await self._session.flush()
        return report

    async def delete(self, *, report: Report) -> None:
        """With its runs."""
        await self._session.exec(delete(ReportRun).where(col(ReportRun.report_id) == report.id))
        await self._session.delete(report)
        await self._session.flush()
