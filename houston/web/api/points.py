from typing import Annotated

from pydantic import Field, FiniteFloat

from houston.errors import Invalid, InvalidFields
from houston.records.checks import moment, text
from houston.records.rows import Reading, SeriesName
from houston.web.endpoint import Call, Endpoint
from houston.web.shapes import Answer, ClientSlug, Moment, Request, Words


class NewPoint(Request):
    metric: Words
    channel: Words = ""
    client: ClientSlug = None
    time: Moment
    value: FiniteFloat


class NewPoints(Request):
    """Points of any metrics; a new metric is made, a point of the same time is corrected."""

    points: Annotated[list[NewPoint], Field(min_length=1, max_length=10_000)]


class Taken(Answer):
    taken: int


async def put(call: Call, body: NewPoints) -> Taken:
    errors: dict[str, str] = {}
    readings: list[Reading] = []
    slugs = await _slugs(call)
    for number, point in enumerate(body.points):
        try:
            readings.append(_reading(call, point, slugs))
        except Invalid as error:
            errors[f"points.{number}.{error.field}"] = error.message
    if errors:
        raise InvalidFields(errors)
    await call.houston.imports.points(call.scope, readings)
    return Taken(taken=len(readings))


async def _slugs(call: Call) -> dict[str | None, str]:
    """The clients in sight by slug; None stands for the key's own."""
    clients = await call.houston.clients.all(call.scope)
    slugs: dict[str | None, str] = {client.slug: client.slug for client in clients}
    slugs.update((None, client.slug) for client in clients if client.id == call.key.client_id)
    return slugs


def _reading(call: Call, point: NewPoint, slugs: dict[str | None, str]) -> Reading:
    if point.client not in slugs:
        said = (
            f"I know no client called {point.client[:80]!r}."
            if point.client
            else "client is missing: add it."
        )
        raise Invalid("client", said)
    return Reading(
        series=SeriesName(
            client=slugs[point.client],
            metric=text("metric", point.metric, most=200, required=True),
            channel=text("channel", point.channel, most=200),
        ),
        unit="",
        aggregate="",
        time=moment("time", point.time, now=call.houston.imports.now()),
        value=point.value,
    )


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/points",
        summary="Send points, all or none of them taken.",
        handle=put,
        body=NewPoints,
        answer=Taken,
    ),
)
