from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from houston.reports import cells
from houston.reports.report import ReportSeen
from store.tables import ReportRun
from tools.adding_up import totals
from tools.results import AGENCY, counted, hours_since, local, of_client, rounded, said, shortened, source

MOST, LONGEST_CELL = 30, 200
Limit = Annotated[int, Field(ge=1, le=50)]


@tool(label="Looking up the reports{client}")
async def reports(ctx: ToolContext, query: str | None = None) -> dict[str, Any]:
    """Lists the saved reports (queries of databases): when each was run last, how many rows it gave, how many
    alerts watch it. Of the current client where one is chosen; `of_the_agency` counts others, which can be
    read by name. report_rows reads the rows, run_report asks anew.

    Args:
        query: Part of a report's name.
    """
    found, runs = await ctx.desk.reading.all(ctx.scope)
    named = [each for each in found if not query or query.strip().casefold() in each.report.name.casefold()]
    own = [each for each in named if ctx.client_id in (None, each.report.client_id)]
    shown = [_listed(ctx, each, runs.get(each.report.id or 0)) for each in own[:MOST]]
    return {
        "reports": shown,
        **counted(len(own), shown),
        **of_client(ctx, [each.report.client_id for each in named]),
        "source": source(ctx, rows=len(own)),
    }


@tool(label="Reading the report {report}")
async def report_rows(ctx: ToolContext, report: str, limit: Limit = 20) -> dict[str, Any]:
    """Reads the rows of a report's newest run. `totals` add up all rows that were kept of it, for
    columns that can be added up: never add up rates or averages yourself.

    Args:
        report: Its name or id, from reports.
        limit: How many rows to read at most.
    """
    seen = await ctx.desk.reading.find(ctx.scope, report)
    return _rows(ctx, seen, await ctx.desk.reading.last(ctx.scope, seen), limit)


@tool(label="Running the report {report}")
async def run_report(ctx: ToolContext, report: str, limit: Limit = 20) -> dict[str, Any]:
    """Runs a report now against its database, which can take a while, and reads its rows. Use report_rows
    where a run of the last hours will do.

    Args:
        report: Its name or id, from reports.
        limit: How many rows to read at most.
    """
    seen = await ctx.desk.reading.find(ctx.scope, report)
    return _rows(ctx, seen, await ctx.desk.reading.run(ctx.actor, seen), limit)


def _report(seen: ReportSeen) -> dict[str, Any]:
    report = seen.report
    client = seen.client or AGENCY
    return {"id": str(report.id), "name": report.name, "client": client, **said({"url": report.url})}


def _listed(ctx: ToolContext, seen: ReportSeen, run: ReportRun | None) -> dict[str, Any]:
    shown = _report(seen) | {"alerts": seen.alerts, "last_run": local(ctx, run.at) if run else None}
    if run is None:
        return shown
    shown["hours_old"] = hours_since(ctx, run.at)
    return shown | ({"error": run.error} if run.error else {"rows": run.row_count})


def _rows(ctx: ToolContext, seen: ReportSeen, run: ReportRun, limit: int) -> dict[str, Any]:
    rows = cells.restored(run.rows)
    shown = [dict(zip(run.columns, map(_cell, row), strict=False)) for row in rows[:limit]]
    return {
        "report": _report(seen),
        "run_at": local(ctx, run.at),
        "hours_old": hours_since(ctx, run.at),
        "columns": list(run.columns),
        "rows": shown,
        "row_count": run.row_count,
        "left_out": max(run.row_count - len(shown), 0),
        "is_cut": run.is_cut,
        "totals": totals(run.columns, rows),
        "source": source(ctx, rows=run.row_count, freshness=run.at)
        | {"client": seen.client or (ctx.client.name if ctx.client else None)},
    }


def _cell(cell: object) -> object:
    if isinstance(cell, float):
        return rounded(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return shortened(cell, LONGEST_CELL) if isinstance(cell, str) else cell
