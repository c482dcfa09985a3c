"""Problem details (RFC 9457): the one shape of every answer that is no success."""

import http
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from houston.errors import (
    Conflict,
    DatabaseError,
    HoustonError,
    Invalid,
    InvalidFields,
    NotAllowed,
    NotFound,
)
from houston.team.invitations import InstallRefused
from store.errors import SourceFailed, SourceRefused

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[type[HoustonError], int] = {
    Invalid: 422,
    InvalidFields: 422,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    InstallRefused: 409,
    SourceRefused: 422,
    SourceFailed: 502,
    DatabaseError: 503,
}

MESSAGES = {
    "missing": "is missing: add it.",
    "extra_forbidden": "is not a field of this request: leave it out.",
    "string_type": "must be text in quotation marks.",
    "int_type": "must be a whole number, without quotation marks.",
    "float_type": "must be a number, without quotation marks.",
    "bool_type": "must be true or false.",
    "list_type": "must be a list.",
    "finite_number": "must be a finite number.",
    "model_type": "must be an object.",
    "datetime_type": "must be text such as 2026-11-14T09:30:00Z.",
    "datetime_parsing": "is not a date: write one such as 2026-11-14T09:30:00Z.",
    "datetime_from_date_parsing": "is not a date: write one such as 2026-11-14T09:30:00Z.",
}


class Problem(Exception):
    """An answer that ends the request."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})

    def response(self) -> web.Response:
        body = {
            "type": "about:blank",
            "title": http.HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "errors": self.errors,
        }
        return web.json_response(body, status=self.status, headers=self.headers, content_type=MEDIA_TYPE)


def of_houston(error: HoustonError) -> Problem:
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    fields = error.errors if isinstance(error, InvalidFields) else {}
    fields = {error.field: error.message} if isinstance(error, Invalid) else fields
    errors = [{"field": field, "message": message} for field, message in fields.items()]
    return Problem(status, error.message, errors=errors)


def of_http(error: web.HTTPException) -> Problem:
    """aiohttp's own refusals: no such path, no such method, too large a body."""
    allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
    details = {
        404: "There is nothing at this address; /api/v1/openapi.json lists what there is.",
        405: f"This address does not take that method; it takes {allow.get('Allow', 'others')}.",
        413: "The body is too large: send less at once.",
    }
    return Problem(error.status, details.get(error.status, error.reason), headers=allow)


def of_validation(error: ValidationError) -> Problem:
    """Every field that is wrong, and how to mend it."""
    found = [_field(each) for each in error.errors()]
    said = " ".join(f"{each['field']} {each['message']}" for each in found[:3])
    return Problem(422, said, errors=found)


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    name = ".".join(str(part) for part in error["loc"]) or "body"
    otherwise = str(error["msg"]).removeprefix("Value error, ")
    return {"field": name, "message": MESSAGES.get(error["type"], f"is wrong: {otherwise}.")}
