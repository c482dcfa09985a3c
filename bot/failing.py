"""The one error handler: the log and the person get the same short reference."""

import logging
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.refusals import FAILURES, code, failure
from bot.views.blocks import Message, section
from bot.views.text import escape
from bot.whispers import notice, whisper
from houston.assembly import Houston
from houston.errors import HoustonError

log = logging.getLogger(__name__)

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired"})


class Acknowledged(AsyncListenerCompletionHandler):
    """Bolt forgets an acknowledgement when the listener fails before it was sent: Slack would repeat
    the event, or tell the person that Houston did not answer."""

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        if request.context.ack.response is None:
            request.context.ack.response = request.context.get("acknowledged")


async def failed(
    error: Exception, body: dict[str, Any], context: AsyncBoltContext, response: BoltResponse | None
) -> BoltResponse | None:
    """`response` is None where the listener had acknowledged already."""
    context["acknowledged"] = context.ack.response
    message = Message(text=await _words(error, body, context))
    shown = Message(text=message.text, blocks=[section(message.text)])
    if body.get("type") == "view_submission" and response is not None:
        return await _acknowledge(context, response_action="update", view=notice(shown))
    try:
        await whisper(context, body, shown)
    except FAILURES as mute:
        log.warning("the person could not be told: %s", failure(mute).message)
    return await _acknowledge(context) if response is not None else None


async def _words(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> str:
    if isinstance(error, HoustonError):
        log.info("refused in %s: %s", _where(body), type(error).__name__)
        return f"⚠️ {error.message}"
    if isinstance(error, SlackApiError) and code(error) in TOO_LATE:
        return "⌛ That took too long for Slack. Please try again."
    houston: Houston = context["houston"]
    reference = await houston.faults.unhandled(error, _where(body))
    return f"Something went wrong (reference {escape(reference)})."


async def _acknowledge(context: AsyncBoltContext, **answer: Any) -> BoltResponse:
    acknowledged: BoltResponse = await context.ack(**answer)
    return acknowledged


def _where(body: dict[str, Any]) -> str:
    """What was going on, without anything that people wrote."""
    if "command" in body:
        return f"{body['command']}"
    if "event" in body:
        return f"event {body['event'].get('type')}"
    acted = [str(action.get("action_id")) for action in body.get("actions") or ()]
    named = acted or [str((body.get("view") or {}).get("callback_id") or body.get("action_id") or "")]
    return f"{body.get('type', 'request')} {named[0]}".strip()
