"""Destinations that people put in, and the URLs behind them: kept once a test has arrived."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.access import Actor
from houston.errors import Conflict, Invalid
from houston.notify.places import urls
from houston.notify.places.destinations import CHANGE, found_in, keep, told
from houston.notify.places.failing import Failing
from houston.notify.places.targets import Draft, Target, Targets
from houston.notify.places.trials import Trials
from houston.notify.places.urls import SEALED, Urls
from store import Store, UnitOfWork
from store.tables import Destination

OPERATOR = "cli"


@dataclass(frozen=True, kw_only=True)
class NewDestinations:
    store: Store
    now: Callable[[], datetime]
    urls: Urls
    trials: Trials
    failing: Failing
    targets: Targets

    async def add(self, actor: Actor, draft: Draft) -> Destination:
        """Kept once a test has arrived there. Raises Invalid by field, Conflict, NotAllowed."""
        actor.demand_admin(CHANGE)
        home = actor.scope.workspace_id
        assert home is not None
        async with self.store.read() as uow:
            target = await self.targets.check(uow, home, draft, is_operator=actor.id == OPERATOR)
        await self._try(home, target)
        async with self.store.begin() as uow:
            await self._demand_new(uow, home, target)
            added = Destination(
                workspace_id=home,
                kind=target.kind,
                alias=target.alias,
                address=target.address,
                created_at=self.now(),
            )
            await uow.destinations.save(destination=added)
            if target.url:
                await urls.put(uow, added, target.url, self.now())
            await keep(uow, actor, "destination.added", added, None, told(added), now=self.now())
        return added

    async def change_url(self, actor: Actor, id: int, url: str) -> Destination:
        """Once a test has arrived by the new one. Raises Invalid, Conflict, NotFound, NotAllowed."""
        actor.demand_admin(CHANGE)
        async with self.store.read() as uow:
            found = await found_in(uow, actor.scope, id)
        if found.kind not in SEALED:
            raise Invalid("url", "Only a webhook and a service have a URL.")
        async with self.store.read() as uow:
            url = await self.targets.url(
                uow, found.workspace_id, found.kind, url, is_operator=actor.id == OPERATOR
            )
        target = Target(kind=found.kind, alias=found.alias, address=secrets.token_hex(8), url=url)
        await self._try(found.workspace_id, target)
        async with self.store.begin() as uow:
            await self._demand_new(uow, found.workspace_id, target)
            await urls.put(uow, found, url, self.now())
            await keep(
                uow, actor, "destination.url_changed", found, None, {"alias": found.alias}, now=self.now()
            )
        return await self.failing.works(id) or found

    async def _try(self, workspace_id: str, target: Target) -> None:
        """Raises Invalid where no test arrives."""
        address = f"{target.kind}:{target.address}"
        with self.urls.trying(address, target.url):
            trial = await self.trials.send(workspace_id, address, target.alias)
        if trial.failure is not None:
            raise Invalid(
                target.field, f"The test message did not arrive, so it was not kept. {trial.advice}"
            )

    async def _demand_new(self, uow: UnitOfWork, workspace_id: str, target: Target) -> None:
        """What somebody else may have done while the test was under way."""
        known = await urls.holder(uow, workspace_id, target.url) if target.url else None
        if known:
            raise Conflict(f"This URL is a destination already: {known.alias}.")
