"""How a paused destination gets back to work, by a person or by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor, itself
from houston.errors import NotFound
from houston.notify.places.failing import Failing, let_go
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import Destination

CHANGE = "resume destinations"


@dataclass(frozen=True, kw_only=True)
class Resuming:
    store: Store
    failing: Failing
    now: Callable[[], datetime]

    async def resume(self, actor: Actor, id: int) -> Destination:
        """A person says that it works again. Raises NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        actor.demand_unheld(CHANGE)
        async with self.store.begin() as uow:
            found = await uow.destinations.get(id=id)
            if found is None or found.workspace_id != actor.scope.workspace_id:
                raise NotFound(f"There is no destination {id}.")
            await self._resume(uow, actor, found)
            return found

    async def back(self, workspace_id: str, channel_id: str) -> None:
        """Houston is in this channel again, or it is no longer archived."""
        async with self.store.begin() as uow:
            found = await uow.destinations.find(workspace_id=workspace_id, kind="channel", address=channel_id)
            if found and (found.error or found.failures or found.paused_at):
                await self._resume(uow, itself(workspace_id), found)

    async def _resume(self, uow: UnitOfWork, actor: Actor, found: Destination) -> None:
        await audit.record(
            uow,
            actor,
            "destination.resumed",
            f"destination {found.id}",
            before={"paused": found.paused_at is not None, "error": found.error},
            after={"paused": False, "error": ""},
            clients=actor.scope.client_ids or (),
            now=self.now(),
        )
        await let_go(uow, found, now=self.now())
        await uow.commit()
        self.failing.look_again()
