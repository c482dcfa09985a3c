"""The Bolt app with every listener."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from bot.answers import privately
from bot.answers.streams import Answers
from bot.answers.wordings import Wordings
from bot.connect import installs
from bot.connect.clients import Clients, interactive
from bot.failing import Acknowledged, failed
from bot.listeners import (
    actions,
    agency,
    answering,
    app_form,
    approvals,
    auditing,
    budgets,
    channels,
    choices,
    commands,
    default_channel,
    deletions,
    deliveries,
    destination_form,
    destinations,
    digest,
    feedback,
    handling,
    home,
    members,
    messages,
    modals,
    pausing,
    preferences,
    rule_buttons,
    sharing,
    shortcuts,
    trials,
)
from bot.listeners.watching import alert_form, definitions, feeds, metrics, reports, reviewing, sources
from bot.listeners.watching import alerts as alert_buttons
from bot.listeners.watching import tab as watching_tab
from houston.assembly import Houston
from houston.status import ConnectionState

LISTENERS = (
    commands,
    modals,
    home,
    rule_buttons,
    pausing,
    preferences,
    handling,
    deliveries,
    agency,
    deletions,
    destination_form,
    destinations,
    trials,
    default_channel,
    answering,
    digest,
    app_form,
    auditing,
    watching_tab,
    sources,
    reports,
    alert_buttons,
    alert_form,
    definitions,
    reviewing,
    feeds,
    metrics,
    installs,
    channels,
    sharing,
    members,
    privately,
    approvals,
    choices,
    budgets,
    feedback,
    shortcuts,
    actions,
    messages,
)
"""In this order: the first listener that matches gets it, so catch-alls come last."""

NOT_READ = "unused with Socket Mode"
"""Bolt reads the environment for whatever is left empty."""

UNKNOWN = "⚠️ This workspace is not connected to Houston. Whoever runs Houston can invite it."


def build_bolt_app(
    houston: Houston,
    slack: Clients,
    *,
    now: Callable[[], datetime],
    connection: Callable[[str], str],
    states: Callable[[], Sequence[ConnectionState]] = tuple,
    changed: Callable[[], None] = lambda: None,
    public_url: str | None = None,
    answers: Answers | None = None,
) -> AsyncApp:
    """Bolt with every listener, at work in each connected workspace with that workspace's token.

    `connection` says how a workspace's connection to Slack stands, `states` how every app's does;
    `changed` is told when workspaces came or went. Without OAuth there is no `public_url`.
    """
    app = AsyncApp(
        client=interactive(None, slack.http, base_url=slack.base_url),
        before_authorize=_noting_app,
        authorize=_OfWorkspaces(houston, slack),  # type: ignore[arg-type]  # None is fine by Bolt
        user_facing_authorize_error_message=UNKNOWN,
        oauth_settings=_no_oauth(),
        signing_secret=NOT_READ,
        verification_token=NOT_READ,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )
    app.use(
        _giving(
            houston=houston,
            answers=answers or Answers(),
            wordings=Wordings(),
            now=now,
            connection=connection,
            states=states,
            changed=changed,
            public_url=public_url,
        )
    )
    app.use(_watching(slack))
    app.error(failed)
    app.listener_runner.listener_completion_handler = Acknowledged()
    for module in LISTENERS:
        module.register(app)
    return app


class _OfWorkspaces(AsyncAuthorize):
    """The token of the workspace where something happened, without asking Slack."""

    def __init__(self, houston: Houston, slack: Clients) -> None:
        self._workspaces = houston.workspaces
        self._tokens = slack.tokens

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        """None, and no listener hears of it, unless the workspace is connected by this very app."""
        workspace = await self._workspaces.find(team_id) if team_id else None
        if workspace is None or not workspace.active:
            return None
        if workspace.app_id and context.get("app_id") not in (None, workspace.app_id):
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.id,
            team=workspace.name,
            bot_id=workspace.bot_id or None,
            bot_user_id=workspace.bot_user_id,
            bot_token=await self._tokens.bot_token(workspace.id),
            bot_scopes=workspace.scopes,
        )


async def _noting_app(
    body: dict[str, Any], context: AsyncBoltContext, next: Callable[[], Awaitable[None]]
) -> None:
    """Which Slack app this came by: a workspace may have had several of ours."""
    context["app_id"] = body.get("api_app_id")
    await next()


def _watching(slack: Clients) -> Callable[..., Awaitable[None]]:
    """Listeners get a client that notices when Slack has shut Houston out."""

    async def watch(context: AsyncBoltContext, next: Callable[[], Awaitable[None]]) -> None:
        if context.bot_token and context.team_id:
            context["client"] = slack.listener(context.team_id, context.bot_token)
        await next()

    return watch


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
