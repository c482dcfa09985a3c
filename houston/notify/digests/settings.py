"""Whether, when and where a workspace gets its daily digest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import NotFound
from houston.notify.digests import moments
from houston.notify.digests.digest import DAILY_DIGEST
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Client, Destination, Workspace

CHANGE = "change the daily digest"


@dataclass(frozen=True, kw_only=True)
class DigestPlace:
    """Where it goes by a rule, and of which client; by default to the default channel."""

    destination: Destination
    client: Client | None = None
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class DigestSettings:
    """`at` is `HH:MM` in `timezone`; `next_at` only where it is on. No places: it goes nowhere."""

    is_on: bool
    at: str
    timezone: ZoneInfo
    next_at: datetime | None
    places: tuple[DigestPlace, ...]


@dataclass(frozen=True, kw_only=True)
class DigestSetup:
    store: Store
    now: Callable[[], datetime]

    async def get(self, scope: Scope) -> DigestSettings:
        """Raises NotFound for a workspace that is not connected."""
        async with self.store.read() as uow:
            return await _settings(uow, scope, await _workspace(uow, scope))

    async def switch(self, actor: Actor, *, on: bool) -> DigestSettings:
        """Raises NotAllowed."""
        return await self._change(actor, digest_on=on)

    async def set_time(self, actor: Actor, text: str) -> DigestSettings:
        """Raises Invalid, NotAllowed."""
        actor.demand_admin(CHANGE)
        return await self._change(actor, digest_at=moments.clock(text))

    async def _change(self, actor: Actor, **values: Any) -> DigestSettings:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            workspace = await _workspace(uow, actor.scope)
            before = _told(workspace)
            for name, value in values.items():
                setattr(workspace, name, value)
            reset(workspace, self.now())
            await uow.workspaces.save(workspace=workspace)
            await audit.record(
                uow,
                actor,
                "digest.changed",
                f"workspace {workspace.id}",
                before=before,
                after=_told(workspace),
                clients=[workspace.client_id],
                now=self.now(),
            )
            settings = await _settings(uow, actor.scope, workspace)
            await uow.commit()
        return settings


def reset(workspace: Workspace, now: datetime) -> None:
    """Find out anew when the next one is due: after a change of the switch, the time or the zone."""
    zone = ZoneInfo(workspace.timezone)
    is_on = workspace.digest_on
    workspace.digest_due_at = moments.next_moment(workspace.digest_at, now, zone) if is_on else None


async def _settings(uow: UnitOfWork, scope: Scope, workspace: Workspace) -> DigestSettings:
    return DigestSettings(
        is_on=workspace.digest_on,
        at=workspace.digest_at,
        timezone=ZoneInfo(workspace.timezone),
        next_at=workspace.digest_due_at if workspace.digest_on else None,
        places=tuple(await _places(uow, scope, workspace)),
    )


async def _places(uow: UnitOfWork, scope: Scope, workspace: Workspace) -> list[DigestPlace]:
    clients = {each.id: each for each in await uow.clients.all(scope=scope)}
    destinations = await uow.rules.destinations(scope=scope)
    rules = [
        rule for rule in await uow.rules.all(scope=scope) if rule.active and rule.event_type == DAILY_DIGEST
    ]
    places = [
        DigestPlace(destination=each, client=clients.get(rule.client_id))
        for rule in rules
        for each in destinations.get(rule.id or 0, ())
    ]
    if places or workspace.default_destination_id is None:
        return places
    default = await uow.destinations.get(id=workspace.default_destination_id)
    return [DigestPlace(destination=default, is_default=True)] if default else []


async def _workspace(uow: UnitOfWork, scope: Scope) -> Workspace:
    assert scope.workspace_id is not None
    workspace = await uow.workspaces.find(id=scope.workspace_id)
    if workspace is None:
        raise NotFound("This workspace is not connected to Houston.")
    return workspace


def _told(workspace: Workspace) -> dict[str, Any]:
    """What the audit keeps of it."""
    return {"on": workspace.digest_on, "at": workspace.digest_at}
