from typing import Annotated, Literal

from pydantic import Field

from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import ClientSlug, Created, Moment, Request, Words


class ErrorReport(Request):
    """An error of one of your programs."""

    title: Words
    message: Words
    fingerprint: Annotated[
        Words, Field(description="Errors with the same one are one fault; by default service and title.")
    ] = ""
    service: Words = ""
    severity: Literal["info", "warning", "critical"] = "critical"
    url: Words = ""
    client: ClientSlug = None
    occurred_at: Moment | None = None


async def report(call: Call, body: ErrorReport) -> Created:
    reported = await call.houston.faults.report(
        call.scope,
        client_id=await call.client_id(body.client),
        **body.model_dump(exclude={"client"}),
    )
    return Created.of(reported)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/errors",
        summary="Report an error; the same fault is counted always and told as one, until a day without it.",
        handle=report,
        body=ErrorReport,
        answer=Created,
    ),
)
