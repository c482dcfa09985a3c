"""What Slack's refusals mean to Houston: worth another try or not, and whose fault it is."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.refusal_table import (
    BROKEN,
    INVITE,
    REFUSALS,
    REVOKED,
    SLOW_DOWN,
    UNKNOWN,
    WEBHOOK_REFUSALS,
    Fault,
    Refusal,
)
from houston.errors import Gone, NotDelivered, PermanentFailure, ShutOut, TemporaryFailure, Unsuitable

PERMANENT: Mapping[Fault, type[PermanentFailure]] = {
    "place": PermanentFailure,
    "message": Unsuitable,
    "target": Gone,
    "workspace": ShutOut,
}

FAILURES = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, AttributeError)
"""What a call may raise; AttributeError is slack_sdk's for an answer in plain text."""

CODE = re.compile(r"[a-z][a-z_]{2,60}")
GONE = (401, 404, 410)
"""What a webhook answers with that is not there, where its words say nothing."""


def failure(error: Exception) -> NotDelivered:
    """The port's error for whatever a call to Slack raised."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TemporaryFailure("Slack cannot be reached.")
    if not isinstance(error, SlackApiError):
        return TemporaryFailure("The connection to Slack broke before it answered.", uncertain=True)
    answer = body(error)
    name = str(answer.get("error", ""))
    refusal = _refusal(REFUSALS, name, _status(error))
    words = refusal.means.format(needed=answer.get("needed", "it needs"), code=name)
    return _failure(refusal, words, getattr(error.response, "headers", None) or {})


def webhook_failure(status: int, text: str, headers: Mapping[str, str]) -> NotDelivered:
    """The port's error for what a webhook answered, other than 200."""
    name = text.strip() if CODE.fullmatch(text.strip()) else ""
    refusal = _refusal(WEBHOOK_REFUSALS, name, status)
    if status in GONE and refusal in (UNKNOWN, BROKEN):
        refusal = REVOKED
    elif not name and status < 500 and status != 429:
        refusal = UNKNOWN
    return _failure(refusal, refusal.means.format(code=name or f"HTTP {status}"), headers)


def code(error: SlackApiError) -> str:
    """Slack's own name of the error, or ''."""
    return str(body(error).get("error", ""))


def body(error: SlackApiError) -> Mapping[str, Any]:
    data = getattr(error.response, "data", None) or error.response
    return data if isinstance(data, Mapping) else {}


def _refusal(table: Mapping[str, Refusal], name: str, status: int) -> Refusal:
    if status == 429:
        return SLOW_DOWN
    if name in table:
        return table[name]
    return UNKNOWN if name and status < 500 else BROKEN


def _failure(refusal: Refusal, words: str, headers: Mapping[str, str]) -> NotDelivered:
    if refusal.temporary:
        return TemporaryFailure(words, retry_after=_retry_after(headers), uncertain=refusal.uncertain)
    return PERMANENT[refusal.fault](words)


def _status(error: SlackApiError) -> int:
    """slack_sdk hands out its own response, or aiohttp's where the body was not readable."""
    answered: int = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 200)
    return answered


def _retry_after(headers: Mapping[str, str]) -> float | None:
    asked = str(headers.get("Retry-After", ""))
    return float(asked) if asked.replace(".", "", 1).isdigit() else None


__all__ = ["FAILURES", "INVITE", "REFUSALS", "body", "code", "failure", "webhook_failure"]
