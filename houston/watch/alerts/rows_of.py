"""What conditions are judged on, from results and from what is kept of runs."""

from houston.reports import cells
from houston.watch.alerts.conditions import Rows
from store.sources import Result
from store.tables import ReportRun

MOST = 10_000
"""Rows that are read of a result: where there are so many, nobody knows how many there were."""


def of_result(result: Result) -> Rows:
    count = None if result.is_cut else len(result.rows)
    return Rows(columns=result.columns, rows=result.rows, is_cut=result.is_cut, count=count)


def of_run(run: ReportRun) -> Rows:
    count = run.row_count if run.row_count < MOST else None
    return Rows(columns=run.columns, rows=cells.restored(run.rows), is_cut=run.is_cut, count=count)
