"""The Bolt app with every listener."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.web.async_client import AsyncWebClient

from bot import actions, commands, home, installs, messages, modals
from bot.failing import Acknowledged, failed
from bot.streams import Answers
from houston.assembly import Houston

LISTENERS = (commands, modals, home, installs, actions, messages)
"""In this order: the first listener that matches gets it, so catch-alls come last."""

NOT_READ = "unused with Socket Mode"
"""Bolt reads the environment for whatever is left empty."""


def build_bolt_app(
    houston: Houston,
    client: AsyncWebClient,
    *,
    now: Callable[[], datetime],
    connection: Callable[[], str],
) -> AsyncApp:
    """Bolt with every listener. `client` acts in the one workspace of its token.

    `connection` says how the connection to Slack stands, for whoever asks for the status.
    """
    app = AsyncApp(
        client=_without_token(client),
        authorize=_TheOneWorkspace(client),
        oauth_settings=_no_oauth(),
        signing_secret=NOT_READ,
        verification_token=NOT_READ,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )
    app.use(_giving(houston=houston, answers=Answers(), connection=connection, now=now))
    app.error(failed)
    app.listener_runner.listener_completion_handler = Acknowledged()
    for module in LISTENERS:
        module.register(app)
    return app


class _TheOneWorkspace(AsyncAuthorize):
    """Asks Slack once who the token is."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: AuthorizeResult | None = None

    async def __call__(self, **asked: Any) -> AuthorizeResult:
        if self._known is None:
            answer = await self._client.auth_test()
            self._known = AuthorizeResult.from_auth_test_response(
                bot_token=self._client.token, auth_test_response=answer
            )
        return self._known


def _no_oauth() -> AsyncOAuthSettings:
    """Settings that nothing uses: Bolt makes its own from the environment where it is given none."""
    return AsyncOAuthSettings(
        client_id=NOT_READ, client_secret=NOT_READ, scopes=[], user_scopes=[], redirect_uri=NOT_READ
    )


def _giving(**values: Any) -> Callable[..., Awaitable[None]]:
    """What listeners may name as an argument, beside Bolt's own."""

    async def give(context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        context.update(values)
        await next()

    return give


def _without_token(client: AsyncWebClient) -> AsyncWebClient:
    """Bolt takes either a token or an authorize function, and warns of both."""
    return AsyncWebClient(
        base_url=client.base_url,
        timeout=client.timeout,
        ssl=client.ssl,
        proxy=client.proxy,
        session=client.session,
        logger=client.logger,
        retry_handlers=client.retry_handlers,
    )
