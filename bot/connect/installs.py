"""A workspace's life with Houston: connected, and removed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import people
from bot.connect.clients import Clients, with_token
from bot.connect.connection import LONGEST_BACKOFF, app_id_of
from bot.connect.tokens import Tokens
from bot.listeners import sharing
from bot.refusals import FAILURES, failure
from houston.assembly import Houston
from houston.errors import NotDelivered, PermanentFailure
from store.tables import Workspace

log = logging.getLogger(__name__)

Body = dict[str, Any]

REMOVED = ("app_uninstalled", "tokens_revoked")


def register(app: AsyncApp) -> None:
    for name in REMOVED:
        app.event(name)(removed)


async def connect(
    houston: Houston,
    tokens: Tokens,
    plain: AsyncWebClient,
    bot_token: str,
    app_token: str,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Workspace | None:
    """The workspace of SLACK_BOT_TOKEN, however long Slack takes; None for a token that Slack refuses
    while other workspaces are there to serve. Raises PermanentFailure where there are none."""
    client = with_token(plain, bot_token)
    try:
        identity = await _identity(client, sleep)
    except PermanentFailure as refusal:
        if not await _others(houston):
            raise
        log.error("SLACK_BOT_TOKEN is of no use: %s", refusal.message)
        return None
    tokens.static = (identity["team_id"], bot_token)
    workspace = await houston.workspaces.connected(
        identity["team_id"],
        identity["team"],
        identity["user_id"],
        None,
        bot_id=identity.get("bot_id") or "",
        app_id=app_id_of(app_token),
    )
    await sharing.catch_up(houston, client, workspace.id)
    return workspace


async def refresh_all(houston: Houston, slack: Clients) -> None:
    """Learn what happened to the channels of every workspace while Houston did not listen."""
    for workspace in await houston.workspaces.all_active():
        await _refresh(houston, slack, workspace)


async def arrived(houston: Houston, slack: Clients, workspace: Workspace) -> None:
    """A workspace was installed: learn its channels and who did it. Nothing of it is needed at once."""
    client = await _refresh(houston, slack, workspace)
    if client and workspace.installed_by:
        try:
            await people.refreshed(houston, client, workspace.id, workspace.installed_by)
        except FAILURES as error:
            log.warning("the installer of %s is not known yet: %s", workspace.id, failure(error).message)


async def removed(
    event: Body, body: Body, context: AsyncBoltContext, houston: Houston, changed: Callable[[], None]
) -> None:
    """Slack took Houston out of a workspace."""
    workspace_id = str(context.team_id)
    if await _concerns_us(houston, workspace_id, event, body):
        await houston.workspaces.deactivate(workspace_id, event["type"])
        changed()


async def _concerns_us(houston: Houston, workspace_id: str, event: Body, body: Body) -> bool:
    """Not another app of ours in this workspace, not somebody's own token, and not what came before
    the workspace was installed again."""
    workspace = await houston.workspaces.find(workspace_id)
    if workspace is None or workspace.app_id not in ("", body.get("api_app_id")):
        return False
    if event["type"] == "tokens_revoked" and workspace.bot_user_id not in event["tokens"].get("bot", ()):
        return False
    since = await houston.workspaces.tokens.kept_at(workspace_id)
    happened = datetime.fromtimestamp(body.get("event_time") or 0, UTC)
    return since is None or not body.get("event_time") or happened >= since.replace(microsecond=0)


async def _identity(client: AsyncWebClient, sleep: Callable[[float], Awaitable[None]]) -> AsyncSlackResponse:
    pause = 1.0
    while True:
        try:
            return await client.auth_test()
        except FAILURES as error:
            refusal = failure(error)
            if isinstance(refusal, PermanentFailure):
                raise refusal from error
            log.warning("Slack does not say whose SLACK_BOT_TOKEN is: %s", refusal.message)
        await sleep(pause)
        pause = min(pause * 2, LONGEST_BACKOFF)


async def _others(houston: Houston) -> bool:
    """Whether some workspace works with a token of its own."""
    for workspace in await houston.workspaces.all_active():
        if await houston.workspaces.tokens.kept_at(workspace.id):
            return True
    return False


async def _refresh(houston: Houston, slack: Clients, workspace: Workspace) -> AsyncWebClient | None:
    try:
        client = await slack.listening(workspace.id)
        await sharing.catch_up(houston, client, workspace.id)
        return client
    except NotDelivered as refusal:
        log.warning("the channels of %s are not known anew: %s", workspace.id, refusal.message)
    except FAILURES as error:
        log.warning("the channels of %s are not known anew: %s", workspace.id, failure(error).message)
    return None
