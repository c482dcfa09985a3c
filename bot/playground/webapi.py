"""From an HTTP request to a Web API call, and from its outcome to Slack's answer."""

import base64
import json

from aiohttp import web

from bot.playground import misbehaving, tokens
from bot.playground.api import METHODS
from bot.playground.api.call import Call, Method, Refusal, client_app
from bot.playground.nouns import App, Installation, Json
from bot.playground.state import Playground


async def answer_call(playground: Playground, request: web.Request) -> web.StreamResponse:
    name = request.match_info["method"]
    arguments = await read_arguments(request) | _client_credentials(request)
    channel = arguments.get("channel") or arguments.get("channel_id")

    async def work() -> web.Response:
        return _answer(playground, name, arguments, _token(request, arguments))

    return await misbehaving.answer(playground, request, name, channel, work)


async def read_arguments(request: web.Request) -> Json:
    """Slack takes arguments from the query, a form and a JSON body alike."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await _read_json(request)
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        arguments |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    return arguments


async def _read_json(request: web.Request) -> Json:
    body = await request.text()
    try:
        found = json.loads(body) if body.strip() else {}
    except ValueError:
        return {"": "invalid_json"}
    return found if isinstance(found, dict) else {"": "json_not_object"}


def _client_credentials(request: web.Request) -> Json:
    """The client id and secret, where they come by HTTP Basic authentication."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}  # without credentials the call is refused as one of an unknown client
    return {"client_id": client_id, "client_secret": secret}


def _token(request: web.Request, arguments: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    given = arguments.get("token")
    return str(given) if given else None


def _answer(playground: Playground, name: str, arguments: Json, token: str | None) -> web.Response:
    try:
        answer = _outcome(playground, name, arguments, token)
    except Refusal as refusal:
        if refusal.retry_after is not None:
            return misbehaving.rate_limited(refusal.retry_after)
        return web.json_response(refusal.answer())
    return web.json_response({"ok": True, **answer}, headers=_granted(playground, token))


def _granted(playground: Playground, token: str | None) -> dict[str, str]:
    """The scopes of a bot token, which Slack names with each answer."""
    found = tokens.find(playground, token) if token else None
    if found is None:
        return {}
    app, bot_token = found
    return {"X-OAuth-Scopes": ",".join(sorted(app.installations[bot_token.workspace_id].scopes))}


def _outcome(playground: Playground, name: str, arguments: Json, token: str | None) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise Refusal("unknown_method", req_method=name)
    if "" in arguments:
        raise Refusal(str(arguments[""]))
    call = _call(playground, method, arguments, token)
    if method.token == "bot":
        call.require(*method.scopes)
        _hold_to_plan(name, call)
    _hold_to_tier(playground, name, method, call)
    return method.answer(call)


def _call(playground: Playground, method: Method, arguments: Json, token: str | None) -> Call:
    installation: Installation | None = None
    if method.token == "none":
        app = App(id="", client_id="", name="", app_token="")
    elif method.token == "client":
        app = client_app(playground, arguments)
        arguments = {"token": token, **arguments}
    else:
        app, installation = _caller(playground, token)
        if (installation is None) != (method.token == "app"):
            raise Refusal("not_allowed_token_type")
    return Call(playground=playground, app=app, installation=installation, arguments=arguments)


def _caller(playground: Playground, token: str | None) -> tuple[App, Installation | None]:
    if not token:
        raise Refusal("not_authed")
    for app in playground.apps.values():
        if app.app_token == token:
            return app, None
    found = tokens.find(playground, token)
    if found is None:
        raise Refusal("invalid_auth")
    app, bot_token = found
    problem = bot_token.problem(playground.now())
    if problem:
        raise Refusal(problem)
    return app, app.installations[bot_token.workspace_id]


def _hold_to_plan(name: str, call: Call) -> None:
    refused_with = call.workspace.refuses.get(name)
    if refused_with is not None:
        raise Refusal(refused_with)


def _hold_to_tier(playground: Playground, name: str, method: Method, call: Call) -> None:
    if not playground.limits_on or method.tier is None:
        return
    owner = call.installation.bot_user_id if call.installation else call.app.id
    retry_after = playground.rates.take_call(name, owner, method.tier)
    if retry_after is not None:
        raise Refusal("ratelimited", retry_after=retry_after)
