"""What is checked for outliers, and how."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.errors import NotFound
from houston.team import audit
from houston.watch.definition import DefinitionDraft, draft_of
from houston.watch.detection import standings
from houston.watch.detection.draft_checks import check
from houston.watch.detection.incidents import Incidents
from store import Scope, Store, UnitOfWork
from store.tables import Client, OutlierDefinition

CHANGE = "change outlier definitions"


@dataclass(frozen=True, kw_only=True)
class DefinitionSeen:
    """A definition with how it does: `metrics` that it matches, incidents that are `open` or fired in
    the last 90 days, and of these those that somebody called no outlier. `precision` is the share of
    the others, None where nothing fired."""

    definition: OutlierDefinition
    client: Client
    metrics: int
    open: int
    fired_90d: int
    not_outliers: int

    @property
    def precision(self) -> float | None:
        return max(0.0, 1 - self.not_outliers / self.fired_90d) if self.fired_90d else None

    @property
    def error(self) -> str:
        return self.definition.error


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """What is checked for outliers."""

    store: Store
    incidents: Incidents
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[DefinitionSeen]:
        async with self.store.read() as uow:
            return await self._seen(uow, scope, await uow.definitions.all(scope=scope))

    async def get(self, scope: Scope, id: int) -> DefinitionSeen:
        """Raises NotFound: the same for none and for one outside."""
        async with self.store.read() as uow:
            return (await self._seen(uow, scope, [await found(uow, scope, id)]))[0]

    async def add(self, actor: Actor, draft: DefinitionDraft) -> OutlierDefinition:
        """Raises InvalidFields, by the draft's field names, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        kept = check(draft)
        async with self.store.begin() as uow:
            await _demand_client(uow, actor.scope, draft.client_id)
            definition = OutlierDefinition(
                workspace_id=actor.scope.workspace_id,
                created_by=actor.id,
                created_at=self.now(),
                due_at=self.now(),
                **_columns(kept),
            )
            await uow.definitions.save(definition=definition)
            await record(uow, actor, "outlier_definition.added", definition, None, self.now())
            await uow.commit()
            return definition

    async def edit(self, actor: Actor, id: int, draft: DefinitionDraft) -> OutlierDefinition:
        """The client stays. Raises InvalidFields, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            definition = await found(uow, actor.scope, id)
            kept = check(replace(draft, client_id=definition.client_id))
            await change(uow, actor, definition, kept, self.now())
            await uow.commit()
            return definition

    async def pause(self, actor: Actor, id: int) -> OutlierDefinition:
        return await self._switch(actor, id, active=False)

    async def resume(self, actor: Actor, id: int) -> OutlierDefinition:
        """What came meanwhile is learned from; only what is recent is told."""
        return await self._switch(actor, id, active=True)

    async def delete(self, actor: Actor, id: int) -> OutlierDefinition:
        """With all that it found; an incident of its own goes with it. Raises NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            definition = await found(uow, actor.scope, id)
            before = draft_of(definition)
            await uow.definitions.delete(definition=definition)
            action = "outlier_definition.deleted"
            await record(uow, actor, action, definition, before, self.now(), is_gone=True)
            await uow.commit()
        await self.incidents.leave(definition)
        return definition

    async def _switch(self, actor: Actor, id: int, *, active: bool) -> OutlierDefinition:
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            definition = await found(uow, actor.scope, id)
            draft = replace(draft_of(definition), active=active)
            action = "outlier_definition.resumed" if active else "outlier_definition.paused"
            await change(uow, actor, definition, draft, self.now(), action=action)
            await uow.commit()
            return definition

    async def _seen(
        self, uow: UnitOfWork, scope: Scope, definitions: list[OutlierDefinition]
    ) -> list[DefinitionSeen]:
        counts = await standings.counts(uow, scope, definitions, self.now() - timedelta(days=90))
        clients = {client.id: client for client in await uow.clients.all(scope=scope)}
        return [
            DefinitionSeen(definition=each, client=clients[each.client_id], **counts[each.id or 0])
            for each in definitions
        ]


async def found(uow: UnitOfWork, scope: Scope, id: int) -> OutlierDefinition:
    definition = await uow.definitions.find(scope=scope, id=id)
    if definition is None:
        raise NotFound("I know no such outlier definition. /houston outliers lists them.")
    return definition


async def change(
    uow: UnitOfWork,
    actor: Actor,
    definition: OutlierDefinition,
    draft: DefinitionDraft,
    now: datetime,
    *,
    action: str = "outlier_definition.edited",
) -> None:
    """Make a definition what a checked draft says. It is looked at again at once."""
    before = draft_of(definition)
    for name, value in _columns(draft).items():
        setattr(definition, name, value)
    definition.due_at, definition.error = now, ""
    await record(uow, actor, action, definition, before, now)


async def record(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    definition: OutlierDefinition,
    before: DefinitionDraft | None,
    now: datetime,
    *,
    is_gone: bool = False,
) -> None:
    """Tell the audit."""
    client = await uow.clients.get(scope=actor.scope, id=definition.client_id)
    named = {"client_id": client.slug if client else ""}
    await audit.record(
        uow,
        actor,
        action,
        f"outlier definition {definition.id}",
        before=_columns(before) | named if before else None,
        after=None if is_gone else _columns(draft_of(definition)) | named,
        clients=[definition.client_id],
        now=now,
    )


async def zone_of(uow: UnitOfWork, definition: OutlierDefinition) -> ZoneInfo:
    """The time zone of the definition's workspace, else of the first one connected."""
    return (await zones_of(uow, [definition]))[0]


async def zones_of(uow: UnitOfWork, definitions: list[OutlierDefinition]) -> list[ZoneInfo]:
    zones = {each.id: ZoneInfo(each.timezone) for each in reversed(await uow.workspaces.all_active())}
    usual = list(zones.values())[-1] if zones else ZoneInfo("UTC")
    return [zones.get(each.workspace_id or "", usual) for each in definitions]


def _columns(draft: DefinitionDraft) -> dict[str, Any]:
    return asdict(draft) | {"excluded": list(draft.excluded)}


async def _demand_client(uow: UnitOfWork, scope: Scope, client_id: int) -> None:
    if await uow.clients.get(scope=scope, id=client_id) is None:
        raise NotFound("I know no such client.")
