"""What Slack's refusals mean: worth another try or not, and what somebody can do about them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from houston.errors import NotDelivered, PermanentFailure, TemporaryFailure

REINSTALL = "Reinstall the Houston app in Slack and update SLACK_BOT_TOKEN."
INVITE = "Type /invite @Houston there."


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`uncertain`: Slack failed on its own side, and the message may be there all the same."""

    means: str
    temporary: bool = False
    uncertain: bool = False


REFUSALS = {
    "not_in_channel": Refusal(means=f"Houston is not in this channel. {INVITE}"),
    "channel_not_found": Refusal(
        means=f"Slack shows Houston no such channel: it was deleted, or it is private. {INVITE}"
    ),
    "is_archived": Refusal(means="This channel is archived. Unarchive it, or choose another channel."),
    "restricted_action": Refusal(
        means="A workspace rule keeps Houston from posting in this channel. An admin can allow it there."
    ),
    "restricted_action_read_only_channel": Refusal(
        means="This channel is read-only. Allow Houston to post there, or choose another channel."
    ),
    "restricted_action_thread_only_channel": Refusal(
        means="This channel takes replies only. Choose another channel."
    ),
    "ekm_access_denied": Refusal(means="Your organization has suspended posting to this channel."),
    "team_access_not_granted": Refusal(means=f"Houston may not post in this workspace. {REINSTALL}"),
    "user_not_found": Refusal(means="Slack knows no such person. Choose another destination."),
    "user_disabled": Refusal(means="This person's account is deactivated. Choose another destination."),
    "cannot_dm_bot": Refusal(means="Slack does not let Houston write to a bot. Choose another destination."),
    "messages_tab_disabled": Refusal(
        means="Direct messages to Houston are switched off. Switch the Messages tab on in the app's settings."
    ),
    "not_authed": Refusal(means=f"Slack got no token. {REINSTALL}"),
    "invalid_auth": Refusal(means=f"Slack does not accept Houston's token. {REINSTALL}"),
    "token_revoked": Refusal(means=f"Houston's token was revoked. {REINSTALL}"),
    "token_expired": Refusal(means=f"Houston's token has expired. {REINSTALL}"),
    "account_inactive": Refusal(means=f"Houston was removed from this workspace. {REINSTALL}"),
    "org_login_required": Refusal(means="The workspace is moving to an organization.", temporary=True),
    "access_denied": Refusal(means=f"Slack denies Houston access. {REINSTALL}"),
    "no_permission": Refusal(means=f"Houston's token lacks the permission for this. {REINSTALL}"),
    "not_allowed_token_type": Refusal(
        means="The wrong kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-."
    ),
    "missing_scope": Refusal(
        means="Houston lacks the Slack permission {needed}. Add it under OAuth & Permissions, then reinstall."
    ),
    "msg_too_long": Refusal(means="Slack found this message too long."),
    "msg_blocks_too_long": Refusal(means="Slack found this message too long."),
    "invalid_blocks": Refusal(means="Slack refused the layout of this message."),
    "invalid_blocks_format": Refusal(means="Slack refused the layout of this message."),
    "metadata_too_large": Refusal(means="Slack refused the size of this message's metadata."),
    "no_text": Refusal(means="Slack refused this message as empty."),
    "ratelimited": Refusal(means="Slack asks to slow down.", temporary=True),
    "rate_limited": Refusal(means="Slack asks to slow down.", temporary=True),
    "message_limit_exceeded": Refusal(means="The workspace has reached its message limit.", temporary=True),
    "team_added_to_org": Refusal(means="The workspace is moving to an organization.", temporary=True),
    "accesslimited": Refusal(means="Slack limits access to itself at the moment.", temporary=True),
    "internal_error": Refusal(means="Slack had an internal error.", temporary=True, uncertain=True),
    "fatal_error": Refusal(means="Slack had an internal error.", temporary=True, uncertain=True),
    "request_timeout": Refusal(means="Slack lost the request on the way.", temporary=True),
    "service_unavailable": Refusal(means="Slack is not available.", temporary=True, uncertain=True),
}

BROKEN = Refusal(means="Slack is not available.", temporary=True, uncertain=True)
"""An answer that is not the API's: a gateway's error page, or nothing at all."""

UNKNOWN = Refusal(means="Slack refused with “{code}”. Its documentation of this error may say why.")

FAILURES = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, AttributeError)
"""What a call may raise; AttributeError is slack_sdk's for an answer in plain text."""


def failure(error: Exception) -> NotDelivered:
    """The port's error for whatever a call to Slack raised."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TemporaryFailure("Slack cannot be reached.")
    if not isinstance(error, SlackApiError):
        return TemporaryFailure("The connection to Slack broke before it answered.", uncertain=True)
    answer = body(error)
    refusal = _refusal(error, str(answer.get("error", "")))
    message = _words(refusal, answer)
    if refusal.temporary:
        return TemporaryFailure(message, retry_after=_retry_after(error), uncertain=refusal.uncertain)
    return PermanentFailure(message)


def code(error: SlackApiError) -> str:
    """Slack's own name of the error, or ''."""
    return str(body(error).get("error", ""))


def body(error: SlackApiError) -> Mapping[str, Any]:
    data = getattr(error.response, "data", None) or error.response
    return data if isinstance(data, Mapping) else {}


def _refusal(error: SlackApiError, name: str) -> Refusal:
    if _status(error) == 429:
        return REFUSALS["ratelimited"]
    if name in REFUSALS:
        return REFUSALS[name]
    return UNKNOWN if name and _status(error) < 500 else BROKEN


def _words(refusal: Refusal, answer: Mapping[str, Any]) -> str:
    return refusal.means.format(needed=answer.get("needed", "it needs"), code=answer.get("error", ""))


def _status(error: SlackApiError) -> int:
    """slack_sdk hands out its own response, or aiohttp's where the body was not readable."""
    answered: int = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 200)
    return answered


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    asked = str(headers.get("Retry-After", ""))
    return float(asked) if asked.replace(".", "", 1).isdigit() else None
