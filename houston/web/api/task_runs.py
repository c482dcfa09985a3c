from typing import Annotated, Literal

from pydantic import Field

from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import ClientSlug, Created, Moment, Request, Words


class TaskRunReport(Request):
    """How one run of a pipeline job ended."""

    job: Words
    run_id: Words
    state: Literal["succeeded", "failed", "dead_letter"]
    attempt: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    error: Words = ""
    url: Words = ""
    client: ClientSlug = None
    occurred_at: Moment | None = None


async def report(call: Call, body: TaskRunReport) -> Created:
    reported = await call.houston.task_runs.report(
        call.scope,
        client_id=await call.client_id(body.client),
        **body.model_dump(exclude={"client"}),
    )
    return Created.of(reported)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/task-runs",
        summary="Report a run, once; a job that fails is told, and so is the success that ends it.",
        handle=report,
        body=TaskRunReport,
        answer=Created,
    ),
)
