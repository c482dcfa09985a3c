"""The API's description, made from the same tables and models that answer."""

import functools
import re
from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from houston.web.api import ENDPOINTS, PREFIX
from houston.web.endpoint import PLACES, Endpoint
from houston.web.shapes import Answer

REF = "#/components/schemas/{model}"
DESCRIPTION = (
    "Send a key of `app.py api-key create` as `Authorization: Bearer hk_…`. A key of a client sees and "
    "writes that client only. Ids are text, since they may exceed 2^53. A POST may carry an "
    "`Idempotency-Key`: its repeat gets the same answer and does nothing. Times are ISO 8601. A key may "
    "ask 100 times at once and 20 times a second."
)


REFUSALS = {
    400: "The body is not JSON, or the Idempotency-Key is none.",
    401: "No key of ours, or a revoked one.",
    403: "The key may not do this.",
    404: "What was named is not there, or not for this key.",
    409: "It is there already, or in use, or somebody changed it at this moment.",
    413: "The body is too large.",
    422: "A field holds something that cannot be kept; `errors` names it.",
    429: "Too many requests; `Retry-After` says when to try again.",
    500: "Houston failed; the detail's reference is in its log.",
    502: "The data source did not answer; the detail says what to do.",
    503: "The database does not answer.",
}
RETRY_AFTER = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}


class FieldProblem(Answer):
    field: str = Field(description="The field, with dots: `points.3.value`.")
    message: str


class ProblemDetails(Answer):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]


async def serve(request: web.Request) -> web.Response:
    return web.json_response(document())


@functools.cache
def document() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(PREFIX + endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Houston", "version": "1", "description": DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _schemas() -> dict[str, Any]:
    bodies = [(endpoint.body, "validation") for endpoint in ENDPOINTS if endpoint.body]
    answered = {each.answer for each in ENDPOINTS if each.answer} | {ProblemDetails}
    models: list[Any] = [*bodies, *((model, "serialization") for model in answered)]
    _, schema = models_json_schema(models, ref_template=REF)
    return dict(sorted(schema["$defs"].items()))


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "parameters": _parameters(endpoint),
        "responses": {str(endpoint.status): _done(endpoint)}
        | {str(status): _refused(status) for status in _refusals(endpoint)},
    }
    if endpoint.body:
        operation["requestBody"] = {"required": True, "content": _media("application/json", endpoint.body)}
    return operation


def _done(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answer is None:
        return {"description": "Done."}
    return _content("Done.", "application/json", endpoint.answer)


def _refused(status: int) -> dict[str, Any]:
    refused = _content(REFUSALS[status], "application/problem+json", ProblemDetails)
    return refused | {"headers": RETRY_AFTER} if status == 429 else refused


def _refusals(endpoint: Endpoint) -> list[int]:
    """Every status that a refused request of this endpoint may get."""
    statuses = {401, 422, 429, 500, 503, *endpoint.refuses}
    if endpoint.method != "GET":
        statuses.add(409)
    if endpoint.method != "GET" or "{" in endpoint.path:
        statuses.add(404)
    if endpoint.method == "POST":
        statuses.add(400)
    if endpoint.body:
        statuses |= {400, 413}
    return sorted(statuses)


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", **PLACES[name]}}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    schema = endpoint.query.model_json_schema()
    found += [
        {"name": name, "in": "query", "required": False, "schema": field}
        for name, field in schema.get("properties", {}).items()
    ]
    if endpoint.method == "POST":
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
            }
        )
    return found


def _content(description: str, media: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"description": description, "content": _media(media, model)}


def _media(media: str, model: type[BaseModel]) -> dict[str, Any]:
    return {media: {"schema": {"$ref": REF.format(model=model.__name__)}}}
