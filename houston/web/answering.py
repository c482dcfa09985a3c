"""From a request to an answer: authenticate, look for an earlier answer, validate, do the work."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Collection
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import web
from pydantic import ValidationError

from houston.access import Actor
from houston.assembly import Houston
from houston.web import limits
from houston.web.endpoint import Call, Endpoint, check_path
from houston.web.limits import Limits
from houston.web.problems import Problem, of_validation
from houston.web.slack import SlackSide
from store.tables import ApiKey

HOUSTON = web.AppKey("houston", Houston)
SLACK = web.AppKey("slack", SlackSide)
LIMITS = web.AppKey("limits", Limits)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Told = tuple[int, dict[str, Any] | None]
Work = Callable[[web.Request, Call], Awaitable[Told]]


def answering(endpoint: Endpoint) -> Handler:
    """The endpoint as aiohttp wants it."""
    work = validated(endpoint)
    if endpoint.method == "POST":
        work = idempotent(work, endpoint.once)
    return authenticated(work)


def authenticated(work: Work) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        key, actor = await _holder(request)
        limits.demand(request.app[LIMITS].by_key.take(key.id))
        path = dict(request.match_info)
        check_path(path)
        call = Call(houston=request.app[HOUSTON], key=key, actor=actor, path=path, slack=request.app[SLACK])
        status, answer = await work(request, call)
        return web.Response(status=status) if answer is None else web.json_response(answer, status=status)

    return handle


async def _holder(request: web.Request) -> tuple[ApiKey, Actor]:
    """Whose request it is; an address that fails too often is told to wait."""
    bearer = bearer_of(request)
    known = await request.app[HOUSTON].api_keys.holder(bearer) if bearer else None
    if known is None:
        limits.demand(request.app[LIMITS].failures.take(request.remote))
        raise Problem(
            401,
            "Send a key that `app.py api-key create` printed: Authorization: Bearer hk_….",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return known


def bearer_of(request: web.Request) -> str:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else ""


def idempotent(work: Work, once: Collection[str] = ()) -> Work:
    """The same Idempotency-Key gets the same answer, but for what is shown once; the work is done once."""
    under_way: WeakValueDictionary[tuple[int | None, str], asyncio.Lock] = WeakValueDictionary()

    async def answer(request: web.Request, call: Call) -> Told:
        if "Idempotency-Key" not in request.headers:
            return await work(request, call)
        idempotency_key = _idempotency_key(request)
        lock = under_way.setdefault((call.key.id, idempotency_key), asyncio.Lock())
        async with lock:
            return await _once(work, request, call, idempotency_key, once)

    return answer


async def _once(
    work: Work, request: web.Request, call: Call, idempotency_key: str, once: Collection[str]
) -> Told:
    keys, fingerprint = call.houston.api_keys, await _fingerprint(request)
    earlier = await keys.answered(call.key, idempotency_key)
    if earlier is None:
        status, answer = await work(request, call)
        kept = {name: None if name in once else value for name, value in (answer or {}).items()}
        await keys.keep_answer(call.key, idempotency_key, fingerprint=fingerprint, status=status, answer=kept)
        return status, answer
    if earlier.fingerprint != fingerprint:
        raise Problem(422, "This Idempotency-Key came with another request before: use a new one.")
    return earlier.status, earlier.answer


def validated(endpoint: Endpoint) -> Work:
    async def answer(request: web.Request, call: Call) -> Told:
        try:
            query = endpoint.query.model_validate(dict(request.query))
            body = endpoint.body.model_validate_json(await request.read()) if endpoint.body else None
        except ValidationError as error:
            raise _problem(error) from error
        answer = await endpoint.handle(call, query if body is None else body)
        return endpoint.status, answer.model_dump(mode="json") if answer else None

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
