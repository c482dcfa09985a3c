"""One look: the report is run, and its rows are judged."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from houston import access
from houston.errors import HoustonError
from houston.reports import timing
from houston.reports.running import Running
from houston.watch.alerts.conditions import Judgement, Rows, judge, seen
from houston.watch.alerts.history import History
from houston.watch.alerts.rows_of import of_result, of_run
from houston.watch.alerts.watched import Watched, key, watched
from houston.watch.rows import Sighting
from store import Store
from store.tables import Alert, Report

FRESH = timedelta(minutes=1)
"""A run as old as this is as good as a new one, for who writes an alert."""

TOO_LONG = "Its data source took too long to answer. Ask for fewer rows, or less often."


class ReportFailed(HoustonError):
    """The report could not be run; the message is the data source's."""


@dataclass(frozen=True, kw_only=True)
class Looking:
    store: Store
    running: Running
    history: History

    async def look(self, alert: Alert, report: Report, now: datetime) -> Judgement:
        """Raises nothing that a person can mend: that is the verdict `error`."""
        severity = "warning"
        try:
            what = watched(alert)
            severity = what.severity
            async with asyncio.timeout(timing.LONGEST_TURN):
                return await self.judged(report, what, await self.rows(report, now), now)
        except HoustonError as error:
            return failed(error.message, severity)
        except TimeoutError:
            return failed(TOO_LONG, severity)

    async def judged(self, report: Report, what: Watched, rows: Rows, now: datetime) -> Judgement:
        """Raises HoustonError where an earlier run had to be asked and could not."""
        baselines = await self.history.baselines(report, what, now)
        return await asyncio.to_thread(judge, what.rules, what.match, rows, baselines, now, what.zone)

    async def rows(self, report: Report, now: datetime) -> Rows:
        """Run it. Raises ReportFailed."""
        ran = await self.running.run(report, now)
        if ran.result is None:
            raise ReportFailed(ran.run.error)
        return of_result(ran.result)

    async def recent_rows(self, report: Report, now: datetime) -> Rows:
        """Of a run of the last minute, if all of it was kept; else it is run. Raises ReportFailed."""
        moment = timedelta(microseconds=1)
        async with self.store.read() as uow:
            known = await uow.report_runs.between(
                scope=access.everything(),
                report_id=report.id or 0,
                start=now - FRESH,
                end=now + moment,
                limit=1,
            )
        return of_run(known[0]) if known and not known[0].is_cut else await self.rows(report, now)


def failed(error: str, severity: str) -> Judgement:
    return Judgement(verdict="error", severity=severity, findings=(), error=error)


def sighting(alert: Alert, report: Report, judgement: Judgement, at: datetime) -> Sighting:
    return Sighting(
        key=key(alert.id),
        type="data_alert",
        client_id=alert.client_id,
        subject=alert.name,
        at=at,
        verdict=judgement.verdict,
        severity=judgement.severity,
        is_recovered=judgement.is_recovered,
        payload=_payload(alert, report, judgement),
    )


def _payload(alert: Alert, report: Report, judgement: Judgement) -> Mapping[str, Any]:
    """Of a failure the owner is told apart, so it mentions nobody."""
    is_failure = judgement.verdict == "error"
    return {
        "alert": alert.name,
        "alert_id": alert.id,
        "report": report.name,
        "report_id": report.id,
        "url": report.url,
        "runbook": alert.runbook,
        "owner": "" if is_failure else alert.owner,
        "owner_name": alert.owner_name,
        "rules": seen(judgement),
        "error": judgement.error,
    }
