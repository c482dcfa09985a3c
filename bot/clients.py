"""Web API clients over one shared HTTP session."""

import logging

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

SLACK = "https://slack.com/api/"
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
"""On the session: slack_sdk applies its own `timeout` only to sessions that it makes itself."""

log = logging.getLogger("slack_sdk.houston")
log.setLevel(logging.INFO)
"""With no level of its own, slack_sdk would format each request and answer for a log that nobody reads."""


def session() -> aiohttp.ClientSession:
    """To be closed by whoever asked for it."""
    return aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())


def interactive(token: str, http: aiohttp.ClientSession, *, base_url: str = SLACK) -> AsyncWebClient:
    """For listeners: waits once where Slack asks to slow down."""
    return AsyncWebClient(
        token=token,
        base_url=base_url,
        session=http,
        logger=log,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


def delivering(token: str, http: aiohttp.ClientSession, *, base_url: str = SLACK) -> AsyncWebClient:
    """For the messenger: repeats nothing by itself, since that would post twice."""
    return AsyncWebClient(token=token, base_url=base_url, session=http, logger=log, retry_handlers=[])
