"""What questions may cost: tokens of a workspace and of each member, by day of the workspace's time zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from houston.access import Actor
from houston.agent.messages import Usage
from houston.errors import Invalid, NotFound
from houston.team import audit
from store import Store, UnitOfWork
from store.tables import Workspace

CHANGE = "change what questions may cost"
DAILY, MEMBER = 2_000_000, 300_000
"""Where a workspace says nothing else."""

MOST = 10**12


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Tokens a day, and what is used of them today; 0: answers by rules only."""

    daily: int
    member: int
    used: int
    """By the whole workspace."""
    own: int
    """By the one who looks."""
    zone: str

    @property
    def note(self) -> str:
        """Why the language model is not asked any more today; '' while it is."""
        if not self.daily or not self.member:
            return "answered by rules: this workspace uses no language model"
        if self.used >= self.daily:
            return f"answered by rules: the workspace's tokens of today are used up, {self._anew}"
        if self.own >= self.member:
            return f"answered by rules: your tokens of today are used up, {self._anew}"
        return ""

    @property
    def _anew(self) -> str:
        return f"and there are new ones at midnight ({self.zone})"


@dataclass(frozen=True, kw_only=True)
class Budgets:
    store: Store
    now: Callable[[], datetime]

    async def of(self, workspace_id: str, user_id: str) -> Budget:
        """A member's, today. Raises NotFound for a workspace that is not connected."""
        async with self.store.read() as uow:
            return await self._budget(uow, await _workspace(uow, workspace_id), user_id)

    async def seen(self, actor: Actor) -> Budget:
        """Raises NotFound for a workspace that is not connected."""
        return await self.of(actor.scope.workspace_id or "", actor.user_id)

    async def set(self, actor: Actor, *, daily: int | None, member: int | None) -> Budget:
        """None: the usual; 0: answers by rules only. Raises NotAllowed, Invalid."""
        actor.demand_admin(CHANGE)
        for name, tokens in (("daily", daily), ("member", member)):
            if tokens is not None and not 0 <= tokens <= MOST:
                raise Invalid(name, "Write a whole number, 0 or more; leave it empty for the usual.")
        async with self.store.begin() as uow:
            workspace = await _workspace(uow, actor.scope.workspace_id or "")
            before = {"daily_tokens": workspace.daily_tokens, "member_tokens": workspace.member_tokens}
            workspace.daily_tokens, workspace.member_tokens = daily, member
            await uow.workspaces.save(workspace=workspace)
            await audit.record(
                uow,
                actor,
                "workspace.budget_changed",
                f"workspace {workspace.id}",
                before=before,
                after={"daily_tokens": daily, "member_tokens": member},
                clients=[workspace.client_id],
                now=self.now(),
            )
            await uow.commit()
            return await self._budget(uow, workspace, actor.user_id)

    async def spend(self, workspace_id: str, user_id: str, usage: Usage) -> None:
        """One more turn."""
        async with self.store.begin() as uow:
            day = self._day(await _workspace(uow, workspace_id))
            await uow.token_uses.add(workspace_id=workspace_id, user_id=user_id, day=day, tokens=usage.tokens)
            await uow.commit()

    async def _budget(self, uow: UnitOfWork, workspace: Workspace, user_id: str) -> Budget:
        day = self._day(workspace)
        return Budget(
            daily=DAILY if workspace.daily_tokens is None else workspace.daily_tokens,
            member=MEMBER if workspace.member_tokens is None else workspace.member_tokens,
            used=await uow.token_uses.used(workspace_id=workspace.id, day=day),
            own=await uow.token_uses.used(workspace_id=workspace.id, day=day, user_id=user_id),
            zone=workspace.timezone,
        )

    def _day(self, workspace: Workspace) -> date:
        return self.now().astimezone(ZoneInfo(workspace.timezone)).date()


async def _workspace(uow: UnitOfWork, id: str) -> Workspace:
    found = await uow.workspaces.find(id=id)
    if found is None:
        raise NotFound("This workspace is not connected to Houston.")
    return found
