from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from houston.agent.tool import ToolContext, tool
from houston.records.task_history import JobSeen, RunSeen
from tools.results import counted, given_span, local, owner, period, said, shortened, source

MOST_JOBS = 20


@tool(label="Looking up pipeline runs{client}{period}")
async def task_runs(
    ctx: ToolContext,
    start: date,
    end: date,
    job: str | None = None,
    state: Literal["succeeded", "failed", "dead_letter"] | None = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Says how pipeline jobs ran in a period: counts by state, each job (those that failed most first) with
    its last state, and single runs with their errors, the newest first. Covers the current client, or all
    visible ones where none is chosen.

    Args:
        start: First day, YYYY-MM-DD, in the asker's time zone.
        end: Last day, included.
        job: Only jobs whose name contains this.
        state: Only runs that ended so; dead_letter means given up after its retries.
        limit: How many runs to list at most.
    """
    span = given_span(start, end)
    first, last = span.bounds(ctx.zone)
    found = await ctx.desk.task_history(
        ctx.scope, start=first, end=last, client_id=ctx.client_id, job=job, state=state, limit=limit
    )
    total = found.counts[state] if state else sum(found.counts.values())
    return {
        "period": period(span),
        "counts": found.counts,
        "jobs": [_job(ctx, each) for each in found.jobs[:MOST_JOBS]],
        "job_count": len(found.jobs),
        "runs": [_run(ctx, each) for each in found.runs],
        **counted(total, found.runs),
        "source": source(ctx, rows=total, span=span),
    }


def _job(ctx: ToolContext, seen: JobSeen) -> dict[str, Any]:
    return {
        "job": seen.job,
        "client": owner(seen.client),
        **seen.counts,
        "last_state": seen.last_state,
        "last_run": local(ctx, seen.last_run),
    }


def _run(ctx: ToolContext, seen: RunSeen) -> dict[str, Any]:
    run = seen.run
    return {
        "job": run.job,
        "client": owner(seen.client),
        "run_id": run.run_id,
        "state": run.state,
        "attempt": run.attempt,
        "occurred_at": local(ctx, run.occurred_at),
        **said({"error": shortened(run.error, 300), "url": run.url}),
    }
