"""Pause everything: for maintenance, and never without an end."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston.access import Actor
from houston.errors import Invalid, NotFound
from houston.notify.routing import PAUSE
from houston.team import audit
from store import Scope, Store, UnitOfWork
from store.tables import Workspace

CHANGE = "pause or resume all messages"
USUAL = timedelta(hours=1)
LONGEST = timedelta(days=14)
EXAMPLE = "Write how long, like 30m, 1h or 2d; at most 14 days."

LENGTH = re.compile(r"(?:\d{1,5}\s*[a-z]+\s*)+", re.IGNORECASE)
PIECE = re.compile(r"(\d{1,5})\s*([a-z]+)", re.IGNORECASE)
UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}


@dataclass(frozen=True, kw_only=True)
class Paused:
    """Until when everything is held, and which Slack user wanted that."""

    until: datetime
    by: str


def paused(workspace: Workspace, now: datetime) -> Paused | None:
    """None where nothing is held."""
    until = workspace.paused_until
    return Paused(until=until, by=workspace.paused_by) if until and until > now else None


def length(text: str) -> timedelta:
    """`30m`, `1h`, `2d`, `1h 30m`; an hour where nothing is said. Raises Invalid."""
    written = text.strip()
    if not written:
        return USUAL
    if not LENGTH.fullmatch(written):
        raise Invalid("pause", EXAMPLE)
    pieces = [(int(amount), UNITS.get(unit.lower())) for amount, unit in PIECE.findall(written)]
    total = sum((amount * unit for amount, unit in pieces if unit), timedelta())
    if any(unit is None for _, unit in pieces) or not timedelta() < total <= LONGEST:
        raise Invalid("pause", EXAMPLE)
    return total


@dataclass(frozen=True, kw_only=True)
class Pausing:
    """Of a whole workspace: things are still looked at, and what is to be told waits."""

    store: Store
    now: Callable[[], datetime]

    async def state(self, scope: Scope) -> Paused | None:
        """Raises NotFound for a workspace that is not connected."""
        async with self.store.read() as uow:
            return paused(await _workspace(uow, scope), self.now())

    async def pause(self, actor: Actor, span: timedelta = USUAL) -> Paused:
        """From now on, also where it was paused already. Raises NotAllowed, Invalid."""
        actor.demand_admin(CHANGE)
        if not timedelta() < span <= LONGEST:
            raise Invalid("pause", EXAMPLE)
        found = Paused(until=self.now() + span, by=actor.user_id or actor.name)
        await self._change(actor, "workspace.paused", found.until, found.by)
        return found

    async def resume(self, actor: Actor) -> Paused | None:
        """The pause that ends, None where there was none. Raises NotAllowed."""
        actor.demand_admin(CHANGE)
        found = await self.state(actor.scope)
        if found:
            await self._change(actor, "workspace.resumed", self.now(), found.by)
        return found

    async def _change(self, actor: Actor, action: str, until: datetime, by: str) -> None:
        """What is held already comes at the new end."""
        async with self.store.begin() as uow:
            workspace = await _workspace(uow, actor.scope)
            before = paused(workspace, self.now())
            workspace.paused_until, workspace.paused_by = until, by
            await uow.workspaces.save(workspace=workspace)
            await uow.deliveries.release(workspace_id=workspace.id, bundle_prefix=f"{PAUSE}:", now=until)
            await audit.record(
                uow,
                actor,
                action,
                f"workspace {workspace.id}",
                before={"paused_until": before.until.isoformat() if before else None},
                after={"paused_until": until.isoformat() if until > self.now() else None},
                clients=[workspace.client_id],
                now=self.now(),
            )
            await uow.commit()


async def _workspace(uow: UnitOfWork, scope: Scope) -> Workspace:
    found = await uow.workspaces.find(id=scope.workspace_id or "")
    if found is None:
        raise NotFound("This workspace is not connected to Houston.")
    return found
