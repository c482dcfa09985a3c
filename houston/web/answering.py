"""From a request to an answer: authenticate, look for an earlier answer, validate, do the work."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import web
from pydantic import ValidationError

from houston.assembly import Houston
from houston.web.endpoint import Call, Endpoint
from houston.web.problems import Problem, of_validation

HOUSTON = web.AppKey("houston", Houston)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Work = Callable[[web.Request, Call], Awaitable[tuple[int, dict[str, Any]]]]


def answering(endpoint: Endpoint) -> Handler:
    """The endpoint as aiohttp wants it."""
    work = validated(endpoint)
    if endpoint.method == "POST":
        work = idempotent(work)
    return authenticated(work)


def authenticated(work: Work) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        houston = request.app[HOUSTON]
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        known = await houston.api_keys.scope_of(bearer.strip()) if scheme.lower() == "bearer" else None
        if known is None:
            raise Problem(
                401,
                "Send a key that `app.py api-key create` printed: Authorization: Bearer hk_….",
                headers={"WWW-Authenticate": "Bearer"},
            )
        key, scope = known
        call = Call(houston=houston, key=key, scope=scope, path=dict(request.match_info))
        status, answer = await work(request, call)
        return web.json_response(answer, status=status)

    return handle


def idempotent(work: Work) -> Work:
    """The same Idempotency-Key gets the same answer; the work is done once."""
    under_way: WeakValueDictionary[tuple[int | None, str], asyncio.Lock] = WeakValueDictionary()

    async def answer(request: web.Request, call: Call) -> tuple[int, dict[str, Any]]:
        if "Idempotency-Key" not in request.headers:
            return await work(request, call)
        idempotency_key = _idempotency_key(request)
        lock = under_way.setdefault((call.key.id, idempotency_key), asyncio.Lock())
        async with lock:
            return await _once(work, request, call, idempotency_key)

    return answer


async def _once(
    work: Work, request: web.Request, call: Call, idempotency_key: str
) -> tuple[int, dict[str, Any]]:
    keys, fingerprint = call.houston.api_keys, await _fingerprint(request)
    earlier = await keys.answered(call.key, idempotency_key)
    if earlier is None:
        status, answer = await work(request, call)
        await keys.keep_answer(
            call.key, idempotency_key, fingerprint=fingerprint, status=status, answer=answer
        )
        return status, answer
    if earlier.fingerprint != fingerprint:
        raise Problem(422, "This Idempotency-Key came with another request before: use a new one.")
    return earlier.status, earlier.answer


def validated(endpoint: Endpoint) -> Work:
    async def answer(request: web.Request, call: Call) -> tuple[int, dict[str, Any]]:
        try:
            query = endpoint.query.model_validate(dict(request.query))
            body = endpoint.body.model_validate_json(await request.read()) if endpoint.body else None
        except ValidationError as error:
            raise _problem(error) from error
        answer = await endpoint.handle(call, query if body is None else body)
        return endpoint.status, answer.model_dump(mode="json")

    return answer


def _problem(error: ValidationError) -> Problem:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return Problem(400, f"The body is not JSON: {first['ctx']['error']}.")
    return of_validation(error)


def _idempotency_key(request: web.Request) -> str:
    given = request.headers["Idempotency-Key"]
    if not re.fullmatch(r"[\x21-\x7e]{1,255}", given):
        raise Problem(400, "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.")
    return given


async def _fingerprint(request: web.Request) -> str:
    told = f"{request.method} {request.path_qs}\n".encode() + await request.read()
    return hashlib.sha256(told).hexdigest()
