"""Earlier runs, which conditions compare with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston import access
from houston.reports.running import Running
from houston.watch.alerts.conditions import Baselines, Rows, Wish, stretch, wishes
from houston.watch.alerts.conditions.kinds import Silence
from houston.watch.alerts.rows_of import of_result, of_run
from houston.watch.alerts.watched import Watched, uses_now
from store import Store, UnitOfWork
from store.tables import Report

REMEMBERED = timedelta(days=90)
NEAR = timedelta(minutes=30)
"""A run as far from the moment that is meant will do, however often it is looked."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Of the runs with start <= at < end the one nearest to `ideal` is meant."""

    start: datetime
    ideal: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class History:
    store: Store
    running: Running

    async def baselines(self, report: Report, watched: Watched, now: datetime) -> Baselines:
        """What stands in the runs; what does not is asked, where the report can be asked as of another
        time. Raises HoustonError where that fails."""
        found = {wish: await self._earlier(report, watched, wish, now) for wish in all_wishes(watched)}
        rows_at = None
        if any(isinstance(each, Silence) for each in watched.conditions):
            async with self.store.read() as uow:
                rows_at = await _rows_at(uow, report, now)
        return Baselines(**found, rows_at=rows_at, watched_since=watched.since)

    async def _earlier(self, report: Report, watched: Watched, wish: Wish, now: datetime) -> Rows | None:
        where = window(watched, wish, now)
        async with self.store.read() as uow:
            run = await uow.report_runs.nearest(
                scope=access.everything(),
                report_id=report.id or 0,
                start=where.start,
                at=where.ideal,
                end=where.end,
            )
        if run:
            return of_run(run)
        if not uses_now(report.sql):
            return None
        return of_result(await self.running.ask(report, where.ideal))


def window(watched: Watched, wish: Wish, now: datetime) -> Window:
    """Of the previous look: at least half a period ago, since others may have run the report meanwhile."""
    period = watched.period(now)
    found = stretch(wish, now, watched.zone)
    if found is None:
        return Window(start=now - REMEMBERED, ideal=now - period, end=now - period / 2)
    reach = max(period / 2, NEAR)
    start, end = found.ideal - reach, found.ideal + reach
    return Window(start=max(found.start, start), ideal=found.ideal, end=min(found.end, end))


def all_wishes(watched: Watched) -> frozenset[Wish]:
    needed: Iterable[frozenset[Wish]] = (wishes(condition) for condition in watched.conditions)
    return frozenset[Wish]().union(*needed)


async def _rows_at(uow: UnitOfWork, report: Report, now: datetime) -> datetime | None:
    run = await uow.report_runs.with_rows(scope=access.everything(), report_id=report.id or 0, before=now)
    return run.at if run else None
