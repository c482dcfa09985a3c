"""The daily digest of each workspace, sent when it is due."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston import access
from houston.access import Actor
from houston.errors import NotFound
from houston.notify import routing
from houston.notify.digests import moments, reviewing
from houston.notify.digests.audiences import ALL, Audience, audiences
from houston.notify.digests.digest import DAILY_DIGEST, Digest, Review
from houston.notify.digests.gathering import Gathering
from houston.notify.digests.moments import LATE, Window
from houston.notify.outbox import Outbox
from store import Scope, Store, UnitOfWork
from store.tables import Event, Workspace

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
"""How long the one who sends a workspace's digest has it alone; a crash leaves it to the next until then."""


@dataclass(frozen=True, kw_only=True)
class Digests:
    store: Store
    outbox: Outbox
    gather: Gathering
    now: Callable[[], datetime]

    async def due(self, now: datetime) -> int:
        """Send what is due; how many workspaces had a digest. One that fails is tried again later, and
        keeps no other waiting."""
        async with self.store.read() as uow:
            workspaces = await uow.workspaces.digests_due(now=now)
        sent = 0
        failures: list[Exception] = []
        for workspace in workspaces:
            try:
                sent += await self._due(workspace, now)
            except Exception as failure:
                log.exception("the digest of workspace %s was not made", workspace.id)
                failures.append(failure)
        if failures:
            raise failures[0]
        return sent

    async def preview(self, actor: Actor) -> Digest:
        """What this person's digest would say now of the last 24 hours: no wider than they may see here.

        Raises NotAllowed, and NotFound for who sees no client.
        """
        actor.demand_colleague("see its digest")
        if actor.scope.client_ids == frozenset():
            raise NotFound(
                "There is no client that you may see here. Houston's admins choose who sees which."
            )
        async with self.store.read() as uow:
            workspace = await _workspace(uow, actor.scope)
        now = self.now()
        today = now.astimezone(ZoneInfo(workspace.timezone)).date()
        window = Window(today=today, start=now - timedelta(days=1), end=now)
        return await self.gather(actor.scope, workspace=workspace, window=window, now=now)

    async def _due(self, workspace: Workspace, now: datetime) -> bool:
        assert workspace.digest_due_at is not None
        if not await self._move(workspace, workspace.digest_due_at, now + CLAIM):
            return False
        zone = ZoneInfo(workspace.timezone)
        moment = moments.last_moment(workspace.digest_at, now, zone)
        is_sent = now - moment < LATE
        if is_sent:
            await self._send(workspace, moment, zone, now)
        else:
            log.warning("the digest of workspace %s was missed for too long, and is left out", workspace.id)
        await self._move(workspace, now + CLAIM, moments.next_moment(workspace.digest_at, now, zone))
        return is_sent

    async def _move(self, workspace: Workspace, due_at: datetime, to: datetime) -> bool:
        async with self.store.begin() as uow:
            is_ours = await uow.workspaces.move_digest(id=workspace.id, due_at=due_at, to=to)
            await uow.commit()
        return is_ours

    async def _send(self, workspace: Workspace, moment: datetime, zone: ZoneInfo, now: datetime) -> None:
        scope = access.itself(workspace.id).scope
        async with self.store.read() as uow:
            routes = await uow.digests.routes(workspace_id=workspace.id)
            earlier = await uow.digests.last(scope=scope, before=moment)
            window = moments.window(workspace.digest_at, moment, zone, earlier)
            is_first = earlier is None or earlier.astimezone(zone).month != window.today.month
            review = await _review(uow, workspace, scope, now) if is_first else None
        for audience in audiences(workspace, routes):
            await self._tell(workspace, audience, window, review, now)

    async def _tell(
        self, workspace: Workspace, audience: Audience, window: Window, review: Review | None, now: datetime
    ) -> None:
        """Recorded once, however often it is tried."""
        own = ALL if workspace.client_id is None else str(workspace.client_id)
        digest = await self.gather(
            _scope(workspace, audience),
            workspace=workspace,
            window=window,
            now=now,
            review=review if audience.name == own else None,
        )
        event = Event(
            id=self.store.ids.next(),
            type=DAILY_DIGEST,
            client_id=audience.client_id,
            workspace_id=workspace.id,
            occurred_at=window.end,
            recorded_at=now,
            dedupe_key=f"digest:{workspace.id}:{window.today.isoformat()}:{audience.name}",
            payload=digest.as_dict(),
        )
        targets = routing.targets(event, audience.routes, now)
        if targets:
            await self.outbox.record(event, targets=targets)


def _scope(workspace: Workspace, audience: Audience) -> Scope:
    whole = access.itself(workspace.id).scope
    return whole if audience.client_ids is None else whole.within(audience.client_ids)


async def _review(uow: UnitOfWork, workspace: Workspace, scope: Scope, now: datetime) -> Review | None:
    held = scope if workspace.client_id is None else scope.narrowed(workspace.client_id)
    review = await reviewing.reviewed(uow, held, now)
    return None if review.is_empty else review


async def _workspace(uow: UnitOfWork, scope: Scope) -> Workspace:
    assert scope.workspace_id is not None
    workspace = await uow.workspaces.find(id=scope.workspace_id)
    if workspace is None:
        raise NotFound("This workspace is not connected to Houston.")
    return workspace
