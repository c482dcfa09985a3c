"""The tokens of connected workspaces, sealed in the database."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from houston.errors import Unreadable
from store import Store, UnitOfWork
from store.tables import Workspace

log = logging.getLogger(__name__)

BOT_TOKEN, REFRESH_TOKEN, APP_TOKEN = "bot_token", "refresh_token", "app_token"
"""The names of a workspace's secrets."""


@dataclass(frozen=True, kw_only=True)
class BotToken:
    """The token that an active workspace works with. `token` is None where none is kept, as for the
    workspace of SLACK_BOT_TOKEN; without `expires_at` it is good until it is revoked."""

    workspace: Workspace
    token: str | None = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OwnApp:
    """An active workspace with a Slack app of its own. `token` is None where no key opens it."""

    workspace: Workspace
    token: str | None = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class BotTokens:
    """Read afresh each time, so that every replica sees a rotation, a removal and a return at once."""

    store: Store
    now: Callable[[], datetime]

    async def of(self, id: str) -> BotToken | None:
        """None for a workspace that is not connected. Raises Unreadable."""
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=id)
            if workspace is None or not workspace.active:
                return None
            return BotToken(
                workspace=workspace,
                token=await kept(uow, id, BOT_TOKEN),
                refresh_token=await kept(uow, id, REFRESH_TOKEN),
                expires_at=workspace.token_expires_at,
            )

    async def kept_at(self, id: str) -> datetime | None:
        """Since when this workspace's token is the one that it is; None where none is kept."""
        async with self.store.read() as uow:
            found = await uow.secrets.find(owner=owner(id), name=BOT_TOKEN)
        return found.updated_at if found else None

    async def lease(self, id: str, length: timedelta) -> bool:
        """Whether the next rotation of this workspace's token is the caller's alone for that long."""
        async with self.store.begin() as uow:
            is_ours = await uow.workspaces.lease_rotation(id=id, now=self.now(), until=self.now() + length)
            await uow.commit()
            return is_ours

    async def keep(
        self, id: str, *, token: str, refresh_token: str, expires_at: datetime | None, instead_of: str
    ) -> bool:
        """Both tokens at once; the lease ends. False, and nothing is changed, where the refresh token
        is not `instead_of` any more: the workspace was installed anew meanwhile."""
        async with self.store.begin() as uow:
            if await kept(uow, id, REFRESH_TOKEN) != instead_of:
                return False
            now = self.now()
            await uow.secrets.put(owner=owner(id), name=BOT_TOKEN, value=token, now=now)
            await uow.secrets.put(owner=owner(id), name=REFRESH_TOKEN, value=refresh_token, now=now)
            await uow.workspaces.rotated(id=id, expires_at=expires_at)
            await uow.commit()
            return True

    async def own_apps(self) -> list[OwnApp]:
        """The active workspaces that do not share the main Slack app."""
        async with self.store.read() as uow:
            with_own = await with_own_apps(uow)
            found = [each for each in await uow.workspaces.all_active() if owner(each.id) in with_own]
            return [OwnApp(workspace=each, token=await _readable(uow, each)) for each in found]


def owner(workspace_id: str) -> str:
    """How the secrets of a workspace are filed."""
    return f"workspace/{workspace_id}"


async def with_own_apps(uow: UnitOfWork) -> set[str]:
    """The owners of app tokens: workspaces that do not share the main Slack app."""
    return {secret.owner for secret in await uow.secrets.all(name=APP_TOKEN)}


async def kept(uow: UnitOfWork, workspace_id: str, name: str) -> str | None:
    return await uow.secrets.get(owner=owner(workspace_id), name=name)


async def _readable(uow: UnitOfWork, workspace: Workspace) -> str | None:
    try:
        return await kept(uow, workspace.id, APP_TOKEN)
    except Unreadable as error:
        log.warning("the app token of workspace %s cannot be read: %s", workspace.id, error.message)
        return None
