"""The Bolt app with every listener."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
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
        authorize=_authorize(client),
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


def _authorize(client: AsyncWebClient) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Asks Slack once who the token is; a function of our own keeps Bolt from reading tokens itself."""
    known: list[AuthorizeResult] = []

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        if not known:
            answer = await client.auth_test()
            known.append(
                AuthorizeResult.from_auth_test_response(bot_token=client.token, auth_test_response=answer)
            )
        return known[0]

    return authorize


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
