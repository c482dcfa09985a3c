"""Reports as those read them who ask: the rows that are kept, or asked for now."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.access import Actor
from houston.errors import HoustonError, NotFound
from houston.reports import report_rows
from houston.reports.report import ReportSeen
from houston.reports.reports import Reports
from houston.watch.captions import listed
from houston.watch.quoting import nearest
from store import Scope, Store
from store.tables import Report, ReportRun

RUN = "run its reports"
MOST_NAMED = 10

FRESH = timedelta(minutes=1)
"""Somebody's database is not asked again for what is as new as this."""

LONGEST = 25.0
"""Seconds that somebody waits for rows, within those that a tool call may take."""

TOO_LONG = "Its data source takes too long to answer. The rows of its last run are there all the same."


class ReportUnread(HoustonError):
    """The report gave no rows; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    store: Store
    reports: Reports
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> tuple[list[ReportSeen], Mapping[int, ReportRun]]:
        """By name; and the newest run of each, also where that failed."""
        seen = await self.reports.all(scope)
        ids = [each.report.id or 0 for each in seen]
        async with self.store.read() as uow:
            return seen, await uow.report_runs.newest(scope=scope, report_ids=ids)

    async def find(self, scope: Scope, called: str) -> ReportSeen:
        """By id or name, whatever the case. Raises NotFound: the same for none and for one outside."""
        async with self.store.read() as uow:
            seen = await report_rows.seen(uow, scope, await uow.reports.all(scope=scope))
        return _called(seen, called)

    async def last(self, scope: Scope, seen: ReportSeen) -> ReportRun:
        """The newest run that went well. Raises NotFound where there is none."""
        id = seen.report.id or 0
        async with self.store.read() as uow:
            runs = await uow.report_runs.newest(scope=scope, report_ids=[id], well=True)
        if id not in runs:
            raise NotFound(f"{seen.report.name} has not been run yet. Run it now with run_report.")
        return runs[id]

    async def run(self, actor: Actor, seen: ReportSeen) -> ReportRun:
        """Ask now, unless it was asked a moment ago. Raises ReportUnread, NotAllowed."""
        actor.demand_colleague(RUN)
        id = seen.report.id or 0
        async with self.store.read() as uow:
            known = (await uow.report_runs.newest(scope=actor.scope, report_ids=[id])).get(id)
        if known and not known.error and known.at > self.now() - FRESH:
            return known
        try:
            async with asyncio.timeout(LONGEST):
                run = await self.reports.run(await self._row(actor.scope, id), self.now())
        except TimeoutError as error:
            raise ReportUnread(TOO_LONG) from error
        if run.error:
            raise ReportUnread(run.error)
        return run

    async def _row(self, scope: Scope, id: int) -> Report:
        """Whole: what is seen of one may lack its query. Raises NotFound."""
        async with self.store.read() as uow:
            return await report_rows.found(uow, scope, id)


def _called(seen: Sequence[ReportSeen], called: str) -> ReportSeen:
    wanted = called.strip().casefold()
    named = {each.report.name: each for each in seen}
    for each in seen:
        if wanted in (str(each.report.id), each.report.name.casefold()):
            return each
    near = nearest(called, named)
    if near:
        return named[near]
    there = listed(named, most=MOST_NAMED) or "none yet"
    raise NotFound(f"I know no report called {called.strip()[:80]!r}. There are: {there}.")
