"""A workspace's default channel: for what concerns its admins, and for what no rule matches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Destination, Workspace

CHANGE = "choose the default channel"


@dataclass(frozen=True, kw_only=True)
class Default:
    """No destination: none is chosen. `catches_all`: it also gets what no rule matches."""

    destination: Destination | None
    catches_all: bool


@dataclass(frozen=True, kw_only=True)
class DefaultChannel:
    store: Store
    now: Callable[[], datetime]

    async def __call__(self, scope: Scope) -> Default:
        async with self.store.read() as uow:
            return await _default(uow, await _workspace(uow, scope))

    async def choose(self, actor: Actor, channel_id: str | None) -> Default:
        """None: no channel, after which nothing is caught either. Raises Invalid, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            workspace = await _workspace(uow, actor.scope)
            before = await _default(uow, workspace)
            chosen = await self._destination(uow, workspace, channel_id) if channel_id else None
            workspace.default_destination_id = chosen.id if chosen else None
            workspace.catches_all = workspace.catches_all and chosen is not None
            return await self._keep(uow, actor, workspace, before)

    async def catch_all(self, actor: Actor, is_on: bool) -> Default:
        """Raises Invalid where no channel is chosen, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            workspace = await _workspace(uow, actor.scope)
            before = await _default(uow, workspace)
            if is_on and before.destination is None:
                raise Invalid("catches_all", "Choose a default channel first.")
            workspace.catches_all = is_on
            return await self._keep(uow, actor, workspace, before)

    async def _destination(self, uow: UnitOfWork, workspace: Workspace, channel_id: str) -> Destination:
        channel = await uow.channels.find(workspace_id=workspace.id, id=channel_id)
        if channel is None or not channel.is_member or channel.is_archived:
            raise Invalid("default_channel", "Houston is not in this channel: /invite @Houston there first.")
        return await uow.destinations.of(
            workspace_id=workspace.id,
            kind="channel",
            address=channel.id,
            alias=f"#{channel.name}",
            now=self.now(),
        )

    async def _keep(self, uow: UnitOfWork, actor: Actor, workspace: Workspace, before: Default) -> Default:
        await uow.workspaces.save(workspace=workspace)
        after = await _default(uow, workspace)
        await audit.record(
            uow,
            actor,
            "workspace.changed",
            f"workspace {workspace.id}",
            before=_told(before),
            after=_told(after),
            clients=[workspace.client_id],
            now=self.now(),
        )
        await uow.commit()
        return after


async def _workspace(uow: UnitOfWork, scope: Scope) -> Workspace:
    found = await uow.workspaces.find(id=scope.workspace_id) if scope.workspace_id else None
    if found is None:
        raise NotFound("This workspace is not connected to Houston.")
    return found


async def _default(uow: UnitOfWork, workspace: Workspace) -> Default:
    id = workspace.default_destination_id
    found = await uow.destinations.get(id=id) if id is not None else None
    return Default(destination=found, catches_all=workspace.catches_all)


def _told(default: Default) -> dict[str, Any]:
    alias = default.destination.alias if default.destination else None
    return {"default_channel": alias, "catches_all": default.catches_all}
