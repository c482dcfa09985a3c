"""How a proposal goes from waiting to whatever became of it; each step is taken once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from houston.access import Actor
from houston.agent.approving.decided import standing
from houston.agent.tool import Change
from houston.errors import Conflict, NotAllowed, NotFound
from houston.team import audit
from store import Store
from store.tables import Approval, Conversation, Turn

WAITS = timedelta(minutes=30)

UNKNOWN = "I do not know this proposal any more. Ask me again."
ANOTHERS = "Only the person who asked for this can approve or decline it."
BUSY = "This is being done at this moment."
SUPERSEDED = "The question was edited or deleted meanwhile."
CHANGED = "What it would change was different meanwhile, so it was shown anew."


class Asked(NamedTuple):
    """A proposal, the turn that made it, and where that was."""

    approval: Approval
    turn: Turn
    conversation: Conversation


@dataclass(frozen=True, kw_only=True)
class Deciding:
    store: Store
    now: Callable[[], datetime]

    async def asked(self, actor: Actor, id: int) -> Asked:
        """Raises NotFound, NotAllowed for anybody but its asker."""
        async with self.store.read() as uow:
            found = await uow.approvals.find(workspace_id=actor.scope.workspace_id or "", id=id)
        if found is None:
            raise NotFound(UNKNOWN)
        if found[0].user_id != actor.user_id:
            raise NotAllowed(ANOTHERS)
        return Asked(*found)

    async def closed(self, asked: Asked) -> Approval | None:
        """As it ended; None where it may still be decided. Raises Conflict while it is being done."""
        approval, now = asked.approval, standing(asked.approval, self.now())
        if now == "under_way":
            raise Conflict(BUSY)
        if now == "expired" and approval.state == "waiting":
            return await self.settle(approval, "expired")
        if now == "waiting" and asked.turn.state == "superseded":
            return await self.settle(approval, "expired", SUPERSEDED)
        return None if now == "waiting" else approval

    async def claim(self, approval: Approval, actor: Actor) -> bool:
        """Whether it is ours to do; the audit is told with it, whatever becomes of it."""
        async with self.store.begin() as uow:
            claimed = await uow.approvals.claim(id=approval.id or 0, now=self.now())
            if claimed:
                await audit.record(
                    uow,
                    actor,
                    "change.approved",
                    f"answer {approval.turn_id}",
                    after={"tool": approval.tool, "approval": approval.id},
                    clients=[approval.client_id],
                    now=self.now(),
                )
                await uow.commit()
        return claimed

    async def again(self, approval: Approval, change: Change) -> Approval:
        """Another one in its place, and on its card, which nobody has approved. Raises Conflict where
        somebody was faster."""
        kept = approval.model_dump(exclude={"id", "decided_at"}) | columns(change)
        kept |= {"created_at": self.now(), "expires_at": self.now() + WAITS}
        async with self.store.begin() as uow:
            if not await uow.approvals.settle(
                id=approval.id or 0, was="waiting", state="expired", outcome=CHANGED, now=self.now()
            ):
                raise Conflict("This was decided already.")
            await uow.approvals.posted(workspace_id=approval.workspace_id, id=approval.id or 0, ts="")
            again = await uow.approvals.add(approval=Approval(**kept))
            await uow.commit()
        return again

    async def settle(self, approval: Approval, state: str, outcome: str = "") -> Approval:
        """The row as it is now, also where somebody was faster. Raises NotFound where it is gone."""
        id = approval.id or 0
        async with self.store.begin() as uow:
            await uow.approvals.settle(
                id=id, was=approval.state, state=state, outcome=outcome, now=self.now()
            )
            await uow.commit()
        async with self.store.read() as uow:
            found = await uow.approvals.find(workspace_id=approval.workspace_id, id=id)
        if found is None:
            raise NotFound(UNKNOWN)
        return found[0]


def columns(change: Change) -> dict[str, Any]:
    """As a row keeps it."""
    lines = [list(line) for line in change.lines]
    return {"title": change.title, "lines": lines, "remarks": list(change.remarks)}


def is_as_shown(approval: Approval, change: Change) -> bool:
    """Whether a write would still do exactly what its card says."""
    shown = columns(change)
    return (approval.title, approval.lines) == (shown["title"], shown["lines"])
