from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Conflict, NotFound
from houston.records.checks import text
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Destination

CHANGE = "change destinations"
LONGEST_ALIAS = 80


@dataclass(frozen=True, kw_only=True)
class Destinations:
    """A workspace's places to send to. Rules make them; people name them."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[Destination]:
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            return await uow.destinations.all(workspace_id=scope.workspace_id)

    async def home(self, id: int) -> str | None:
        """The workspace of a destination; whether it may be seen, `Access` says."""
        async with self.store.read() as uow:
            found = await uow.destinations.get(id=id)
        return found.workspace_id if found else None

    async def rename(self, actor: Actor, id: int, alias: str) -> Destination:
        """Raises Invalid, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        alias = text("alias", alias, most=LONGEST_ALIAS, required=True)
        async with self.store.begin() as uow:
            found = await _found(uow, actor.scope, id)
            before, found.alias = {"alias": found.alias}, alias
            await self._keep(uow, actor, "destination.renamed", found, before, {"alias": alias})
            return found

    async def delete(self, actor: Actor, id: int) -> None:
        """Only one that nothing needs. Raises Conflict, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.begin() as uow:
            found = await _found(uow, actor.scope, id)
            await _demand_unused(uow, id)
            before = {"alias": found.alias, "kind": found.kind, "address": found.address}
            await uow.destinations.delete(destination=found)
            await self._keep(uow, actor, "destination.deleted", found, before, None)

    async def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        action: str,
        destination: Destination,
        before: dict[str, Any],
        after: dict[str, Any] | None,
    ) -> None:
        subject = f"destination {destination.id}"
        clients = actor.scope.client_ids or ()
        await audit.record(
            uow, actor, action, subject, before=before, after=after, clients=clients, now=self.now()
        )
        await uow.commit()


async def _found(uow: UnitOfWork, scope: Scope, id: int) -> Destination:
    found = await uow.destinations.get(id=id)
    if found is None or found.workspace_id != scope.workspace_id:
        raise NotFound(f"There is no destination {id}.")
    return found


async def _demand_unused(uow: UnitOfWork, id: int) -> None:
    numbers = await uow.destinations.uses(id=id)
    if numbers:
        named = ", ".join(str(number) for number in numbers[:5])
        raise Conflict(f"Rules send there: {named}. Point them elsewhere or delete them first.")
    if await uow.destinations.was_used(id=id):
        raise Conflict(
            "Messages went there, and their receipts are kept. Without a rule it gets nothing new."
        )
