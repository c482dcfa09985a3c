"""The bot token that a workspace works with, rotated before it expires."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.refusals import FAILURES, code, failure
from houston.errors import NotDelivered, PermanentFailure, TemporaryFailure, Unreadable
from houston.team.tokens import BotToken
from houston.team.workspaces import Workspaces

log = logging.getLogger(__name__)

EARLY = timedelta(hours=2)
"""How long before its end a token is rotated."""

LEASE = timedelta(seconds=60)
"""Longer than a call may take. Where a rotation fails, nobody tries again before that."""

LOOK_SECONDS = 0.25

SHUT_OUT = frozenset({"account_inactive", "token_revoked", "invalid_auth"})
"""Slack's words for a token that will never be taken again."""

NEVER = SHUT_OUT | {"invalid_refresh_token", "invalid_grant", "token_expired", "refresh_token_revoked"}
"""The same for a refresh token."""

OURS = frozenset({"bad_client_secret", "invalid_client_id", "client_id_and_secret_required"})

GONE = "Houston is not connected to this workspace. Install it there again."


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """Of the Slack app: SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."""

    client_id: str
    client_secret: str = field(repr=False)


async def access(plain: AsyncWebClient, credentials: Credentials, **asked: str) -> dict[str, Any]:
    """oauth.v2.access: a code or a refresh token for tokens.

    Not by slack_sdk's method, whose way to send the credentials aiohttp has announced to drop.
    """
    ours = {"client_id": credentials.client_id, "client_secret": credentials.client_secret}
    answer = await plain.api_call("oauth.v2.access", data={**ours, **asked})
    assert isinstance(answer.data, dict)
    return answer.data


class Tokens:
    """`plain` is a client without a token. `static` is SLACK_BOT_TOKEN with its workspace's id."""

    def __init__(
        self,
        workspaces: Workspaces,
        plain: AsyncWebClient,
        *,
        now: Callable[[], datetime],
        credentials: Credentials | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._workspaces = workspaces
        self._plain = plain
        self._now = now
        self._credentials = credentials
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rotations: set[asyncio.Task[str]] = set()
        self.static: tuple[str, str] | None = None

    async def bot_token(self, workspace_id: str) -> str:
        """Raises PermanentFailure where there is none to be had, TemporaryFailure where there is none now."""
        kept = await self._kept(workspace_id)
        return self._or_static(kept) if not self._is_due(kept) else await self._turned(workspace_id)

    async def instead(self, workspace_id: str, refused: str, reason: str) -> str | None:
        """Slack refused this token: another one to try. None where there is none; then the workspace
        is not served any more, unless its token has merely expired."""
        try:
            if reason == "token_expired":
                current = await self._turned(workspace_id, refused)
            else:
                current = await self.bot_token(workspace_id)
        except NotDelivered:
            return None
        if current != refused:
            return current
        if reason in SHUT_OUT:
            await self._workspaces.deactivate(workspace_id, reason)
        return None

    async def close(self) -> None:
        """Let rotations end: what Slack has given must be kept."""
        await asyncio.gather(*self._rotations, return_exceptions=True)

    async def _kept(self, workspace_id: str) -> BotToken:
        try:
            kept = await self._workspaces.tokens.of(workspace_id)
        except Unreadable as error:
            log.error("the token of workspace %s cannot be read: %s", workspace_id, error.message)
            raise TemporaryFailure(
                "Houston cannot read its token of this workspace: put the old key back into "
                "HOUSTON_SECRET_KEY, or install Houston there again."
            ) from error
        if kept is None:
            raise PermanentFailure(GONE)
        return kept

    def _or_static(self, kept: BotToken) -> str:
        if kept.token is not None:
            return kept.token
        if self.static and self.static[0] == kept.workspace.id:
            return self.static[1]
        raise PermanentFailure(
            "Houston has no token of this workspace: set SLACK_BOT_TOKEN again, or install Houston there."
        )

    def _is_due(self, kept: BotToken, refused: str | None = None) -> bool:
        """Whether to rotate: because it ends soon, or because Slack takes it for expired already."""
        if kept.token is None or kept.expires_at is None:
            return False
        return self._ends(kept, within=EARLY) or kept.token == refused

    def _ends(self, kept: BotToken, *, within: timedelta) -> bool:
        return kept.expires_at is not None and kept.expires_at - within <= self._now()

    async def _turned(self, workspace_id: str, refused: str | None = None) -> str:
        """The token, rotated by whoever is first; the old one while it lives and another one rotates."""
        async with self._locks[workspace_id]:
            while True:
                kept = await self._kept(workspace_id)
                if not self._is_due(kept, refused):
                    return self._or_static(kept)
                if await self._workspaces.tokens.lease(workspace_id, LEASE):
                    return await self._rotate(workspace_id, refused)
                if kept.token != refused and not self._ends(kept, within=timedelta(0)):
                    return self._or_static(kept)
                await self._sleep(LOOK_SECONDS)

    async def _rotate(self, workspace_id: str, refused: str | None) -> str:
        """Not stopped half-way when whoever asked is: a new pair of tokens must not be lost."""
        task = asyncio.create_task(self._renewed(workspace_id, refused), name=f"rotation of {workspace_id}")
        self._rotations.add(task)
        task.add_done_callback(self._rotations.discard)
        return await asyncio.shield(task)

    async def _renewed(self, workspace_id: str, refused: str | None) -> str:
        kept = await self._kept(workspace_id)
        if kept.refresh_token is None or not self._is_due(kept, refused):
            return self._or_static(kept)
        try:
            answer = await self._asked(kept.refresh_token)
        except FAILURES as error:
            return await self._not_renewed(kept, error)
        except NotDelivered as problem:
            return self._while_it_lives(kept, problem)
        token = str(answer["access_token"])
        is_kept = await self._workspaces.tokens.keep(
            workspace_id,
            token=token,
            refresh_token=str(answer["refresh_token"]),
            expires_at=self._now() + timedelta(seconds=int(answer["expires_in"])),
            instead_of=kept.refresh_token,
        )
        return token if is_kept else self._or_static(await self._kept(workspace_id))

    async def _asked(self, refresh_token: str) -> dict[str, Any]:
        if self._credentials is None:
            raise TemporaryFailure(
                "Houston cannot renew its token of this workspace: set SLACK_CLIENT_ID and "
                "SLACK_CLIENT_SECRET again."
            )
        return await access(
            self._plain, self._credentials, grant_type="refresh_token", refresh_token=refresh_token
        )

    async def _not_renewed(self, kept: BotToken, error: Exception) -> str:
        reason = code(error) if isinstance(error, SlackApiError) else ""
        if reason in NEVER:
            return await self._lost(kept, reason)
        if reason in OURS:
            mend = (
                "Slack does not accept Houston's client secret: mend SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."
            )
            return self._while_it_lives(kept, TemporaryFailure(mend))
        return self._while_it_lives(kept, failure(error))

    async def _lost(self, kept: BotToken, reason: str) -> str:
        """Slack does not renew it: unless somebody else has renewed it meanwhile, that is the end."""
        current = await self._kept(kept.workspace.id)
        if current.refresh_token != kept.refresh_token:
            return self._or_static(current)
        await self._workspaces.deactivate(kept.workspace.id, reason)
        raise PermanentFailure(GONE)

    def _while_it_lives(self, kept: BotToken, problem: NotDelivered) -> str:
        log.warning("the token of workspace %s is not renewed: %s", kept.workspace.id, problem.message)
        if self._ends(kept, within=timedelta(0)):
            raise TemporaryFailure(problem.message) from problem
        assert kept.token is not None
        return kept.token
