from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston.access import Actor
from houston.errors import Conflict, NotFound
from houston.notify.places import urls
from houston.notify.places.targets import free_alias
from houston.notify.places.urls import SEALED
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Destination

CHANGE = "change destinations"


@dataclass(frozen=True, kw_only=True)
class DestinationSeen:
    """A place to send to, and the numbers of the rules that do."""

    destination: Destination
    rules: tuple[int, ...] = ()
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class Destinations:
    """A workspace's places to send to. Rules make channels and people; the others, `NewDestinations`."""

    store: Store
    now: Callable[[], datetime]

    async def all(self, scope: Scope) -> list[Destination]:
        assert scope.workspace_id is not None
        async with self.store.read() as uow:
            return await uow.destinations.all(workspace_id=scope.workspace_id)

    async def seen(self, actor: Actor) -> list[DestinationSeen]:
        """All but the people whom only Houston's own notices go to. Raises NotAllowed."""
        _demand(actor, "see destinations")
        assert actor.scope.workspace_id is not None
        async with self.store.read() as uow:
            workspace = await uow.workspaces.find(id=actor.scope.workspace_id)
            default = workspace.default_destination_id if workspace else None
            found = [
                DestinationSeen(
                    destination=each,
                    rules=tuple(await uow.destinations.uses(id=each.id or 0)),
                    is_default=each.id == default,
                )
                for each in await uow.destinations.all(workspace_id=actor.scope.workspace_id)
            ]
        return [
            each for each in found if each.destination.kind != "dm" or each.rules or each.destination.error
        ]

    async def home(self, id: int) -> str | None:
        """The workspace of a destination; whether it may be seen, `Access` says."""
        async with self.store.read() as uow:
            found = await uow.destinations.get(id=id)
        return found.workspace_id if found else None

    async def get(self, actor: Actor, id: int) -> Destination:
        """Raises NotFound, NotAllowed."""
        _demand(actor, CHANGE)
        async with self.store.read() as uow:
            return await found_in(uow, actor.scope, id)

    async def rename(self, actor: Actor, id: int, alias: str) -> Destination:
        """Raises Invalid, NotFound, NotAllowed."""
        _demand(actor, CHANGE)
        async with self.store.begin() as uow:
            found = await found_in(uow, actor.scope, id)
            alias = await free_alias(uow, found.workspace_id, alias, own=id)
            before, found.alias = {"alias": found.alias}, alias
            await keep(uow, actor, "destination.renamed", found, before, {"alias": alias}, now=self.now())
            return found

    async def delete(self, actor: Actor, id: int) -> Destination:
        """Only one that nothing needs; as it was. Raises Conflict, NotFound, NotAllowed."""
        _demand(actor, CHANGE)
        async with self.store.begin() as uow:
            found = await found_in(uow, actor.scope, id)
            await _demand_unused(uow, found)
            await uow.secrets.remove(owner=urls.owner(id))
            await uow.destinations.delete(destination=found)
            await keep(uow, actor, "destination.deleted", found, told(found), None, now=self.now())
        return found


async def keep(
    uow: UnitOfWork,
    actor: Actor,
    action: str,
    destination: Destination,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    """Write the change down and commit both."""
    subject, clients = f"destination {destination.id}", actor.scope.client_ids or ()
    await audit.record(uow, actor, action, subject, before=before, after=after, clients=clients, now=now)
    await uow.commit()


def told(destination: Destination) -> dict[str, Any]:
    """What the audit keeps of it: never the URL."""
    told = {"alias": destination.alias, "kind": destination.kind}
    return told if destination.kind in SEALED else told | {"address": destination.address}


async def found_in(uow: UnitOfWork, scope: Scope, id: int) -> Destination:
    found = await uow.destinations.get(id=id)
    if found is None or found.workspace_id != scope.workspace_id:
        raise NotFound(f"There is no destination {id}.")
    return found


def _demand(actor: Actor, what: str) -> None:
    """Names of places speak of other clients than a channel's own."""
    actor.demand_admin(what)
    actor.demand_unheld(what)


async def _demand_unused(uow: UnitOfWork, destination: Destination) -> None:
    assert destination.id is not None
    numbers = await uow.destinations.uses(id=destination.id)
    if numbers:
        named = ", ".join(str(number) for number in numbers[:5])
        raise Conflict(f"Rules send there: {named}. Point them elsewhere or delete them first.")
    workspace = await uow.workspaces.find(id=destination.workspace_id)
    if workspace and workspace.default_destination_id == destination.id:
        raise Conflict("It is the default channel. Choose another one first, on the tab Connection.")
    if await uow.destinations.is_preferred(id=destination.id):
        raise Conflict("Somebody has chosen to be told there, with /houston prefs.")
    if await uow.destinations.was_used(id=destination.id):
        raise Conflict(
            "Messages went there, and their receipts are kept. Without a rule it gets nothing new."
        )
