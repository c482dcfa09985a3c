"""Proposals on which nobody can decide any more; the card of one that has expired says so by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from store import Store
from store.tables import Approval

FORGOTTEN = timedelta(days=1)
"""A card that could not be changed for so long stays; whoever presses its buttons is told."""

UNSHOWN = "It was never shown to the person."


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """A proposal that has expired, and the channel of its card."""

    approval: Approval
    channel: str


@dataclass(frozen=True, kw_only=True)
class Expiring:
    store: Store
    now: Callable[[], datetime]

    async def due(self) -> list[Lapsed]:
        """Those whose cards are to say it, until `shown`: also what expired while Houston was stopped."""
        async with self.store.begin() as uow:
            await uow.approvals.expire(now=self.now())
            found = await uow.approvals.unshown(since=self.now() - FORGOTTEN)
            await uow.commit()
        return [Lapsed(approval=approval, channel=place.channel) for approval, place in found]

    async def withdraw(self, approval_id: int) -> None:
        """It has no card, and nobody can decide on it."""
        async with self.store.begin() as uow:
            await uow.approvals.settle(
                id=approval_id, was="waiting", state="expired", outcome=UNSHOWN, now=self.now()
            )
            await uow.commit()

    async def shown(self, lapsed: Lapsed) -> None:
        """Its card says it, or never will."""
        approval = lapsed.approval
        async with self.store.begin() as uow:
            await uow.approvals.posted(workspace_id=approval.workspace_id, id=approval.id or 0, ts="")
            await uow.commit()
