"""The API's description, made from the same tables and models that answer."""

import functools
import re
from typing import Any

from aiohttp import web
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from houston.web.api import ENDPOINTS, PREFIX
from houston.web.endpoint import Answer, Endpoint

REF = "#/components/schemas/{model}"
DESCRIPTION = (
    "Send a key of `app.py api-key create` as `Authorization: Bearer hk_…`. A key of a client sees and "
    "writes that client only. Ids are text, since they may exceed 2^53. A POST may carry an "
    "`Idempotency-Key`: its repeat gets the same answer and does nothing. Times are ISO 8601."
)


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
    answers = [(model, "serialization") for model in {each.answer for each in ENDPOINTS} | {ProblemDetails}]
    models: list[Any] = [*bodies, *answers]
    _, schema = models_json_schema(models, ref_template=REF)
    return dict(sorted(schema["$defs"].items()))


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "parameters": _parameters(endpoint),
        "responses": {
            str(endpoint.status): _content("Done.", "application/json", endpoint.answer),
            "4XX": _content("Refused.", "application/problem+json", ProblemDetails),
            "5XX": _content("Failed.", "application/problem+json", ProblemDetails),
        },
    }
    if endpoint.body:
        operation["requestBody"] = {"required": True, "content": _media("application/json", endpoint.body)}
    return operation


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    schema = endpoint.query.model_json_schema()
    found += [
        {"name": name, "in": "query", "required": False, "schema": field}
        for name, field in schema.get("properties", {}).items()
    ]
    if endpoint.method == "POST":
        found.append(
            {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 255}}
        )
    return found


def _content(description: str, media: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"description": description, "content": _media(media, model)}


def _media(media: str, model: type[BaseModel]) -> dict[str, Any]:
    return {media: {"schema": {"$ref": REF.format(model=model.__name__)}}}
