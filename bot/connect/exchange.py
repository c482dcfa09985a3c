"""Slack's code for tokens, and what Slack says of the workspace that they belong to."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.connect.clients import Clients, plain, with_token
from bot.connect.revocation import revoke
from bot.connect.tokens import Credentials, access
from bot.refusals import FAILURES, failure
from houston.team.arrivals import Installed
from houston.team.invitations import InstallRefused

log = logging.getLogger(__name__)

SECONDS = 15.0
"""Longer, and a person in front of a browser gives up."""


class Exchange:
    def __init__(
        self, slack: Clients, credentials: Credentials, *, redirect_uri: str, now: Callable[[], datetime]
    ) -> None:
        self._plain = plain(slack.http, base_url=slack.base_url)
        self._credentials = credentials
        self._redirect_uri = redirect_uri
        self._now = now

    async def installed(self, code: str) -> Installed:
        """Raises what a call to Slack may raise, and InstallRefused for a whole organization's install."""
        async with asyncio.timeout(SECONDS):
            answer = await access(self._plain, self._credentials, code=code, redirect_uri=self._redirect_uri)
            token = str(answer["access_token"])
            if answer.get("is_enterprise_install") or not answer.get("team"):
                await self.revoke(token, of="an organization")
                raise InstallRefused("org_wide", "Houston works in single workspaces.")
            client = with_token(self._plain, token)
            identity = await client.auth_test()
            user_id = str((answer.get("authed_user") or {}).get("id") or "")
            return Installed(
                team_id=answer["team"]["id"],
                team_name=answer["team"].get("name") or identity["team"],
                app_id=str(answer.get("app_id") or ""),
                bot_id=str(identity.get("bot_id") or ""),
                bot_user_id=str(answer.get("bot_user_id") or identity["user_id"]),
                installed_by=user_id,
                scopes=str(answer.get("scope") or ""),
                bot_token=token,
                refresh_token=answer.get("refresh_token"),
                expires_at=self._expiry(answer),
                timezone=await _timezone(client, user_id),
            )

    async def revoke(self, token: str, *, of: str) -> None:
        """Give back what is not to be kept."""
        await revoke(self._plain, token, of=of)

    def _expiry(self, answer: Mapping[str, Any]) -> datetime | None:
        seconds = answer.get("expires_in")
        return self._now() + timedelta(seconds=int(seconds)) if seconds else None


async def _timezone(client: AsyncWebClient, user_id: str) -> str | None:
    """Where the installer lives, to begin with."""
    try:
        user = (await client.users_info(user=user_id))["user"]
    except FAILURES as error:
        log.info("the installer's time zone is not known: %s", failure(error).message)
        return None
    return user.get("tz") or None
