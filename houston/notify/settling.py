"""How a try to deliver ended: the receipts that are kept of it, and who is told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from houston.errors import Gone, PermanentFailure, TemporaryFailure, Unsuitable, Withdrawn
from houston.notify.messenger import Posted
from houston.notify.outbox import Outbox
from store.dispatch import Leased, Receipt, Shown
from store.holding import FAR, PAUSED
from store.tables.notify import DEAD, DUE, HELD, SENT

log = logging.getLogger(__name__)

DeadLetter = Callable[[Leased, PermanentFailure], Awaitable[None]]
Arrived = Callable[[Leased], Awaitable[None]]


class Exhausted(PermanentFailure):
    """The last try has failed for a reason that may pass: nobody's place is at fault."""


NOT_THE_PLACES_FAULT = (Exhausted, Withdrawn, Unsuitable, Gone)


@dataclass(frozen=True, kw_only=True)
class Settling:
    """`settled` is told what has its receipt."""

    outbox: Outbox
    now: Callable[[], datetime]
    on_dead: DeadLetter
    on_sent: Arrived
    settled: Callable[[Sequence[Leased]], None]

    async def sent(
        self, batch: Sequence[Leased], arrived: Mapping[int, Posted], shown: Mapping[int, Shown]
    ) -> None:
        """`arrived` says where each is, by delivery; `shown` are the Posts among them."""
        now = self.now()
        receipts = [
            Receipt(
                delivery_id=leased.delivery.id,
                state=SENT,
                tries=leased.delivery.tries + 1,
                due_at=now,
                channel=arrived[leased.delivery.id].channel,
                ts=arrived[leased.delivery.id].ts,
                sent_at=now,
                bundle=leased.delivery.bundle,
                shown=shown.get(leased.delivery.id),
            )
            for leased in batch
        ]
        await self.outbox.receive(*receipts)
        await self._told_of([self.on_sent(leased) for leased in batch])
        self.settled(batch)

    async def bury(
        self, batch: Sequence[Leased], failure: PermanentFailure, *, is_tried: bool = True
    ) -> None:
        """They are dead letters; `is_tried`: by one more try."""
        receipts = [
            _unsent(leased, DEAD, leased.delivery.tries + is_tried, self.now(), failure.message)
            for leased in batch
        ]
        await self.outbox.receive(*receipts)
        if not isinstance(failure, NOT_THE_PLACES_FAULT):
            await self._told_of([self.on_dead(leased, failure) for leased in batch])
        self.settled(batch)

    async def put_back(self, batch: Sequence[Leased], failure: TemporaryFailure, due_at: datetime) -> None:
        """They are due again later."""
        receipts = [_unsent(leased, DUE, leased.delivery.tries, due_at, failure.message) for leased in batch]
        await self._receive(batch, receipts)

    async def hold(self, batch: Sequence[Leased]) -> None:
        """Until their destination goes on."""
        receipts = [
            _unsent(leased, HELD, leased.delivery.tries, FAR, leased.delivery.error) for leased in batch
        ]
        await self._receive(batch, [replace(each, bundle=f"{PAUSED}:") for each in receipts])

    async def _receive(self, batch: Sequence[Leased], receipts: Sequence[Receipt]) -> None:
        await self.outbox.receive(*receipts)
        self.settled(batch)

    async def _told_of(self, calls: Sequence[Awaitable[None]]) -> None:
        """What others make of an end cannot change it any more."""
        for failure in await asyncio.gather(*calls, return_exceptions=True):
            if isinstance(failure, Exception):
                log.error("what follows from a delivery's end failed", exc_info=failure)


def _unsent(leased: Leased, state: int, tries: int, due_at: datetime, error: str) -> Receipt:
    """What may have arrived stays marked, so that whoever tries again looks first."""
    return Receipt(
        delivery_id=leased.delivery.id,
        state=state,
        tries=tries,
        due_at=due_at,
        error=error,
        asked_at=leased.delivery.asked_at if leased.uncertain else None,
        bundle=leased.delivery.bundle,
    )
