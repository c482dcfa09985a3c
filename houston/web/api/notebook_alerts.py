from typing import Literal

from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import ClientSlug, Created, Request, Words


class NotebookAlert(Request):
    """A message of one of your notebooks."""

    notebook: Words
    status: Literal["success", "warning", "failure"]
    message: Words
    url: Words = ""
    client: ClientSlug = None


async def report(call: Call, body: NotebookAlert) -> Created:
    reported = await call.houston.notebook_alerts.report(
        call.scope,
        client_id=await call.client_id(body.client),
        **body.model_dump(exclude={"client"}),
    )
    return Created.of(reported)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/notebook-alerts",
        summary="Tell a notebook's message: of severity info, warning or critical, by its status.",
        handle=report,
        body=NotebookAlert,
        answer=Created,
    ),
)
