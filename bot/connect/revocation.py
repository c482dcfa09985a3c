"""Gives tokens back to Slack that Houston has no more use for."""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.clients import with_token
from bot.refusals import FAILURES, failure
from houston.team.erasure import Erased

log = logging.getLogger(__name__)


async def revoke_all(client: AsyncWebClient, erased: Erased) -> None:
    """Those of a deleted client's workspaces."""
    for workspace_id, token in erased.bot_tokens.items():
        await revoke(client, token, of=workspace_id)


async def revoke(client: AsyncWebClient, token: str, *, of: str) -> None:
    """What it belonged to is forgotten, or was never kept: what Slack makes of it is only logged."""
    try:
        await with_token(client, token).auth_revoke()
    except FAILURES as error:
        log.warning("the token of %s was not revoked: %s", of, failure(error).message)
