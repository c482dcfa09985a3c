"""Gives tokens back to Slack that Houston has no more use for."""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.clients import with_token
from bot.refusals import FAILURES, failure
from houston.team.erasure import Erased

log = logging.getLogger(__name__)


async def revoke(plain: AsyncWebClient, erased: Erased) -> None:
    """The workspaces of a deleted client are forgotten already, so what Slack makes of it is only logged."""
    for workspace_id, token in erased.bot_tokens.items():
        try:
            await with_token(plain, token).auth_revoke()
        except FAILURES as error:
            log.warning("the token of %s was not revoked: %s", workspace_id, failure(error).message)
