"""Web API clients over one shared HTTP session."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.connect.tokens import SHUT_OUT, Tokens
from bot.refusals import code

SLACK = "https://slack.com/api/"
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
"""On the session: slack_sdk applies its own `timeout` only to sessions that it makes itself."""

CONNECTIONS = 500
"""So many channels may hang at once before others have to wait for them."""

REFUSED = SHUT_OUT | {"token_expired"}

log = logging.getLogger("slack_sdk.houston")
log.setLevel(logging.INFO)
"""With no level of its own, slack_sdk would format each request and answer for a log that nobody reads."""

Instead = Callable[[str, str], Awaitable[str | None]]
"""From a token that Slack refused, and Slack's word for why, to another one."""


def session() -> aiohttp.ClientSession:
    """To be closed by whoever asked for it."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    return aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar(), connector=connector)


def interactive(token: str | None, http: aiohttp.ClientSession, *, base_url: str = SLACK) -> AsyncWebClient:
    """For listeners: waits once where Slack asks to slow down."""
    return AsyncWebClient(token=token, base_url=base_url, session=http, logger=log, retry_handlers=_patient())


def delivering(token: str, http: aiohttp.ClientSession, *, base_url: str = SLACK) -> AsyncWebClient:
    """For the messenger: repeats nothing by itself, since that would post twice."""
    return AsyncWebClient(token=token, base_url=base_url, session=http, logger=log, retry_handlers=[])


def plain(http: aiohttp.ClientSession, *, base_url: str = SLACK) -> AsyncWebClient:
    """Without a token, for the calls that bring their own credentials; repeats nothing."""
    return AsyncWebClient(base_url=base_url, session=http, logger=log, retry_handlers=[])


def with_token(client: AsyncWebClient, token: str) -> AsyncWebClient:
    """The same client for another token."""
    return AsyncWebClient(
        token=token,
        base_url=client.base_url,
        session=client.session,
        logger=log,
        retry_handlers=list(client.retry_handlers),
    )


class WorkspaceClient(AsyncWebClient):
    """Notices that Slack has shut Houston out, and goes on with another token if there is one.

    A refused token means that nothing was done, so that asking again repeats nothing.
    """

    def __init__(self, *, instead: Instead, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._instead = instead

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        used = self.token
        try:
            return await super().api_call(api_method, **arguments)
        except SlackApiError as error:
            other = await self._instead(used or "", code(error)) if code(error) in REFUSED else None
            if other is None:
                raise
        self.token = other
        return await super().api_call(api_method, **arguments)


@dataclass(frozen=True, kw_only=True)
class Clients:
    """Makes the client of a workspace, with the token that is good now.

    These raise PermanentFailure for a workspace that is not connected, TemporaryFailure.
    """

    tokens: Tokens
    http: aiohttp.ClientSession
    base_url: str = SLACK

    async def listening(self, workspace_id: str) -> AsyncWebClient:
        """For listeners, as `interactive`."""
        return self.listener(workspace_id, await self.tokens.bot_token(workspace_id))

    async def delivering(self, workspace_id: str) -> AsyncWebClient:
        """For the messenger, as `delivering`."""
        return self._of(workspace_id, await self.tokens.bot_token(workspace_id), [])

    def listener(self, workspace_id: str, token: str) -> AsyncWebClient:
        """`listening` for who has the token already."""
        return self._of(workspace_id, token, _patient())

    def _of(self, workspace_id: str, token: str, retry_handlers: list[AsyncRetryHandler]) -> AsyncWebClient:
        async def instead(refused: str, reason: str) -> str | None:
            return await self.tokens.instead(workspace_id, refused, reason)

        return WorkspaceClient(
            instead=instead,
            token=token,
            base_url=self.base_url,
            session=self.http,
            logger=log,
            retry_handlers=retry_handlers,
        )


def _patient() -> list[AsyncRetryHandler]:
    return [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
