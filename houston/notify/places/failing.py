"""Places that messages do not arrive at: who hears of it, and when Houston stops trying."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakSet

from houston.errors import Gone, PermanentFailure, ShutOut, Unsuitable, Withdrawn, Withheld
from houston.team.notices import NOTICE, Notices
from store import Store, UnitOfWork
from store.dispatch import Leased
from store.tables import Destination

log = logging.getLogger(__name__)

FAULTLESS = (Unsuitable, Withdrawn, Gone)
"""Failures that say nothing about the place."""

BEYOND = (Withheld, ShutOut)
"""Failures that people have to see at the place, though it is not what fails."""

MOST = 3
"""Permanent failures in a row, after which a place is paused."""

FRESH = timedelta(minutes=1)
"""How long to trust what is known of other processes' failures."""


@dataclass(frozen=True, kw_only=True)
class _Known:
    ids: frozenset[int]
    at: datetime


class Failing:
    """Keeps count of permanent failures, by destination.

    The first of a row is told to the workspace's admins, the third pauses the destination and is told
    to the owners of its rules; both once. What comes for a paused one is held until it works again.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._notices: Notices | None = None
        self._known: _Known | None = None
        self._counted: WeakSet[PermanentFailure] = WeakSet()

    def serve(self, notices: Notices) -> None:
        """Tell people through these from now on."""
        self._notices = notices

    async def on_dead(self, leased: Leased, failure: PermanentFailure) -> None:
        """A message will not arrive. One about a failure never leads to another.

        A message that brings several deliveries fails once: each comes with the same failure.
        """
        if isinstance(failure, FAULTLESS) or failure in self._counted:
            return
        self._counted.add(failure)
        id = leased.delivery.destination_id
        if leased.event.type == NOTICE:
            log.warning("a notice did not arrive at destination %s", id)
            await self.mark(id, failure)
        elif isinstance(failure, BEYOND):
            await self.mark(id, failure)
        else:
            await self._count(id, failure)

    async def on_sent(self, leased: Leased) -> None:
        """A message has arrived; asks the store only about places that had failed."""
        id, known = leased.delivery.destination_id, await self._failing()
        if id in known.ids:
            self._known = replace(known, ids=known.ids - {id})
            await self.works(id)

    async def mark(self, id: int, failure: PermanentFailure) -> None:
        """Say at the destination what is wrong, without counting it."""
        async with self._store.begin() as uow:
            await uow.destinations.set_error(id=id, error=failure.message)
            await uow.commit()
        self._known = None

    async def works(self, id: int) -> Destination | None:
        """It has taken a message: forget what was wrong, and let go what waits for it."""
        async with self._store.begin() as uow:
            found = await uow.destinations.get(id=id)
            if found is not None:
                await let_go(uow, found, now=self._now())
            await uow.commit()
        self.look_again()
        return found

    def look_again(self) -> None:
        """Somebody has changed what is wrong with a place."""
        self._known = None

    async def _failing(self) -> _Known:
        now = self._now()
        if self._known is None or now - self._known.at > FRESH:
            async with self._store.read() as uow:
                self._known = _Known(ids=frozenset(await uow.destinations.failing()), at=now)
        return self._known

    async def _count(self, id: int, failure: PermanentFailure) -> None:
        async with self._store.begin() as uow:
            times = await uow.destinations.failed(id=id, error=failure.message)
            pauses = times >= MOST and await uow.destinations.pause(id=id, now=self._now())
            found = await uow.destinations.get(id=id)
            owners = await uow.destinations.owners(id=id) if pauses else []
            await uow.commit()
        self._known = None
        if found is not None and times == 1:
            await self._tell_admins(found, _first(found, failure))
        if found is not None and pauses:
            await self._tell_owners(found, owners, _paused(found, failure))

    async def _tell_admins(self, found: Destination, text: str) -> None:
        if self._notices:
            await self._notices.tell_admins(text=text, workspace_id=found.workspace_id)

    async def _tell_owners(self, found: Destination, owners: list[str], text: str) -> None:
        if not owners:
            await self._tell_admins(found, text)
        for owner in owners if self._notices else ():
            assert self._notices is not None
            await self._notices.tell(found.workspace_id, owner, text)


async def let_go(uow: UnitOfWork, found: Destination, *, now: datetime) -> None:
    """Forget what was wrong with a place, and let go what waits for it."""
    assert found.id is not None
    await uow.destinations.works(id=found.id)
    address = f"{found.kind}:{found.address}"
    await uow.deliveries.resume(workspace_id=found.workspace_id, address=address, now=now)


def _first(found: Destination, failure: PermanentFailure) -> str:
    return (
        f"⚠️ A message for *{found.alias}* could not be delivered. {failure.message} "
        "Then `/houston destinations` sends a test there."
    )


def _paused(found: Destination, failure: PermanentFailure) -> str:
    return (
        f"⏸️ *{found.alias}* is paused, since {MOST} messages in a row could not be delivered there. "
        f"{failure.message} Until then, what comes for it waits and nothing is lost. To bring it back, press "
        "*Send test* or *Resume* under `/houston destinations`."
    )
