"""URLs that apps post to without a token: incoming webhooks and response URLs."""

import json
from typing import Any

from aiohttp import web

from bot.playground import blocks, messages, misbehaving, responding
from bot.playground.nouns import Json, Webhook
from bot.playground.state import Playground


async def answer_webhook(playground: Playground, request: web.Request) -> web.StreamResponse:
    body = await _body(request)
    webhook = playground.webhooks.get(request.match_info["webhook"])

    async def work() -> web.Response:
        return _post(playground, webhook, request.match_info["secret"], body)

    channel = webhook.channel if webhook else None
    return await misbehaving.answer(playground, request, "webhook", channel, work)


async def answer_response_url(playground: Playground, request: web.Request) -> web.StreamResponse:
    body = await _body(request)

    async def work() -> web.Response:
        return _respond(playground, request.path, body)

    return await misbehaving.answer(playground, request, "response_url", None, work)


async def _body(request: web.Request) -> Any:
    """The JSON sent, plain or as the form field `payload`; None if it is neither."""
    if request.content_type == "application/x-www-form-urlencoded":
        text = str((await request.post()).get("payload", ""))
    else:
        text = await request.text()
    try:
        return json.loads(text)
    except ValueError:
        return None


def _post(playground: Playground, webhook: Webhook | None, secret: str, body: Any) -> web.Response:
    if webhook is None or webhook.secret != secret or not webhook.is_active:
        return web.Response(status=404, text="no_service")
    if playground.apps[webhook.app_id].installations[webhook.workspace_id].refused_with:
        return web.Response(status=403, text="invalid_token")
    room = playground.channels[webhook.channel]
    if room.is_archived:
        return web.Response(status=410, text="channel_is_archived")
    retry_after = playground.rates.take_post(webhook.id) if playground.limits_on else None
    if retry_after is not None:
        return web.Response(status=429, text="rate_limited", headers={"Retry-After": str(retry_after)})
    problem = _problem(playground, body)
    if problem:
        return web.Response(status=400, text=problem)
    messages.post(playground, room, **_fields(playground, webhook, body))
    return web.Response(text="ok")


def _problem(playground: Playground, body: Any) -> str | None:
    if not isinstance(body, dict):
        return "invalid_payload"
    if not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return "no_text"
    if blocks.validate(body.get("blocks") or [], "message", blocks.file_check(playground)):
        return "invalid_blocks"
    return None


def _fields(playground: Playground, webhook: Webhook, body: Json) -> Json:
    app = playground.apps[webhook.app_id]
    return {
        "text": str(body.get("text") or ""),
        "blocks": list(body.get("blocks") or []),
        "attachments": list(body.get("attachments") or []),
        "thread_ts": body.get("thread_ts"),
        "subtype": "bot_message",
        "bot_id": app.installations[webhook.workspace_id].bot_id,
        "app_id": app.id,
    }


def _respond(playground: Playground, path: str, body: Any) -> web.Response:
    if not isinstance(body, dict):
        return web.Response(status=400, text="invalid_payload")
    grant = playground.grants.use_response_url(path)
    if isinstance(grant, str):
        return web.json_response({"ok": False, "error": grant}, status=404)
    problem = responding.respond(playground, playground.apps[grant.app_id], grant, body)
    if problem:
        return web.json_response({"ok": False, "error": problem}, status=404)
    return web.Response(text="ok")
