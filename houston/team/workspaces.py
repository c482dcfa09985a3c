import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from houston import access
from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.notify.digests import settings as digests
from houston.team import audit
from houston.team.tokens import BOT_TOKEN, BotTokens, owner
from store import Store
from store.tables import Workspace

log = logging.getLogger(__name__)

DISCONNECTED = "disconnected"
"""The reason where Houston's own admins did it."""

WHY = {
    DISCONNECTED: "An admin disconnected it",
    "app_uninstalled": "Somebody removed the app there",
    "tokens_revoked": "Its token was revoked",
    "token_revoked": "Its token was revoked",
}


class Notices(Protocol):
    async def tell_admins(self, *, text: str, workspace_id: str | None = None) -> object: ...


@dataclass(frozen=True, kw_only=True)
class Workspaces:
    """The Slack teams that installed Houston."""

    store: Store
    now: Callable[[], datetime]
    notices: Notices | None = None

    @property
    def tokens(self) -> BotTokens:
        return BotTokens(store=self.store, now=self.now)

    async def connected(
        self,
        id: str,
        name: str,
        bot_user_id: str,
        timezone: str | None,
        *,
        bot_id: str = "",
        app_id: str = "",
    ) -> Workspace:
        """Note that this workspace is there, with a token that is not Houston's to keep.

        `timezone` counts on the first connection only. A kept token that serves stays in force.
        """
        async with self.store.begin() as uow:
            found = await uow.workspaces.find(id=id)
            sealed = await uow.secrets.find(owner=owner(id), name=BOT_TOKEN)
            is_served = found is not None and found.active and sealed is not None
            workspace = await uow.workspaces.connect(
                id=id, name=name, bot_user_id=bot_user_id, timezone=timezone, now=self.now()
            )
            workspace.bot_id = bot_id or workspace.bot_id
            if not is_served:
                workspace.app_id, workspace.token_expires_at = app_id, None
                await uow.secrets.remove(owner=owner(id))
            await uow.commit()
            return workspace

    async def find(self, id: str) -> Workspace | None:
        async with self.store.read() as uow:
            return await uow.workspaces.find(id=id)

    async def get(self, id: str) -> Workspace:
        workspace = await self.find(id)
        if workspace is None:
            raise NotFound("This workspace is not connected to Houston.")
        return workspace

    async def all_active(self) -> list[Workspace]:
        async with self.store.read() as uow:
            return await uow.workspaces.all_active()

    async def set_timezone(self, actor: Actor, name: str) -> ZoneInfo:
        """Raises Invalid where there is no such zone, NotAllowed."""
        actor.demand_admin("change the time zone")
        zone, id = timezone(name), actor.scope.workspace_id
        assert id is not None
        async with self.store.begin() as uow:
            workspace = await uow.workspaces.find(id=id)
            before = {"timezone": workspace.timezone} if workspace else None
            await uow.workspaces.set_timezone(id=id, timezone=zone.key)
            if workspace:
                workspace.timezone = zone.key
                digests.reset(workspace, self.now())
            about = [workspace.client_id if workspace else None]
            after = {"timezone": zone.key}
            await audit.record(
                uow,
                actor,
                "workspace.changed",
                f"workspace {id}",
                before=before,
                after=after,
                clients=about,
                now=self.now(),
            )
            await uow.commit()
        return zone

    async def deactivate(self, id: str, reason: str, *, actor: Actor | None = None) -> bool:
        """Stop serving a workspace and tell the agency's admins; whether it was served until now.

        `reason` is Slack's word for it. All that is kept of it stays for its return.
        """
        async with self.store.begin() as uow:
            if not await uow.workspaces.deactivate(id=id, reason=reason):
                return False
            workspace = await uow.workspaces.find(id=id)
            assert workspace is not None
            await audit.record(
                uow,
                actor or access.slack(),
                "workspace.removed",
                f"workspace {id}",
                before={"active": True},
                after={"active": False, "reason": reason},
                clients=[workspace.client_id],
                now=self.now(),
            )
            await uow.commit()
        log.warning("workspace %s is no longer connected (%s)", id, reason)
        if self.notices:
            await self.notices.tell_admins(text=_gone(workspace))
        return True


def _gone(workspace: Workspace) -> str:
    why = WHY.get(workspace.inactive_reason, "Slack does not accept its token any more")
    return (
        f"⚠️ Houston is no longer connected to the workspace {workspace.name}. {why}. Nothing is posted there "
        "until Houston is installed again; its rules are kept and come back with it."
    )


def timezone(name: str) -> ZoneInfo:
    """The zone of this name, whatever its case. Raises Invalid."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    known = zones.get(name.strip().casefold())
    if known is None:
        raise Invalid("timezone", f"{name[:60]!r} is not a time zone; write one like Europe/Zurich.")
    return ZoneInfo(known)
