from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from houston.errors import Invalid, NotFound
from store import Scope, Store
from store.tables import Workspace


@dataclass(frozen=True, kw_only=True)
class Workspaces:
    """The Slack teams that installed Houston."""

    store: Store
    now: Callable[[], datetime]

    async def connected(self, id: str, name: str, bot_user_id: str, timezone: str | None) -> Workspace:
        """Note that this workspace is there; `timezone` counts on the first connection only."""
        async with self.store.begin() as uow:
            workspace = await uow.workspaces.connect(
                id=id, name=name, bot_user_id=bot_user_id, timezone=timezone, now=self.now()
            )
            await uow.commit()
            return workspace

    async def get(self, id: str) -> Workspace:
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=id)
        if workspace is None:
            raise NotFound("This workspace is not connected to Houston.")
        return workspace

    async def set_timezone(self, scope: Scope, name: str) -> ZoneInfo:
        """Raises Invalid where there is no such zone."""
        zone = timezone(name)
        assert scope.workspace_id is not None
        async with self.store.begin() as uow:
            await uow.workspaces.set_timezone(id=scope.workspace_id, timezone=zone.key)
            await uow.commit()
        return zone


def timezone(name: str) -> ZoneInfo:
    """The zone of this name, whatever its case. Raises Invalid."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    known = zones.get(name.strip().casefold())
    if known is None:
        raise Invalid("timezone", f"{name[:60]!r} is not a time zone; write one like Europe/Zurich.")
    return ZoneInfo(known)
