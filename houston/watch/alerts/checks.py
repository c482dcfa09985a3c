"""The alert check: what is due is claimed, looked at, and told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from houston import access
from houston.errors import Conflict, Invalid, NotFound
from houston.reports import failing, timing
from houston.reports.failing import Concerned, Failing
from houston.reports.turns import Turn, Turns
from houston.watch.alerts.conditions import Judgement
from houston.watch.alerts.looking import Looking, sighting
from houston.watch.alerts.watched import key, policy_of
from houston.watch.episodes import Episodes
from store import Store
from store.due import settling
from store.tables import Alert, Report

log = logging.getLogger(__name__)

LOOKED_AT = 500
"""Due alerts that one tick looks at."""

NOUN = "The alert"
BUSY = "This alert is being checked at this very moment. Look again in a minute."


@dataclass(frozen=True, kw_only=True)
class AlertChecks:
    store: Store
    episodes: Episodes
    looking: Looking
    failing: Failing
    now: Callable[[], datetime]
    turns: Turns = field(default_factory=Turns)

    async def due(self, now: datetime) -> None:
        """A tick: begin the looks that are due, and wait for none of them: one data source that hangs
        delays no other. Of several processes one looks."""
        async with self.store.read() as uow:
            waiting = await uow.alerts.due(scope=access.everything(), now=now, limit=LOOKED_AT)
        self.turns.begin(
            Turn(name=key(alert.id), source_id=source_id, call=partial(self.look, alert))
            for alert, source_id in waiting
        )

    async def settled(self) -> None:
        """Until no look that was begun goes on."""
        await self.turns.settled()

    async def close(self) -> None:
        """Begin no more looks, and let those that go on come to their end."""
        await self.turns.close()

    async def look_now(self, id: int) -> None:
        """Whatever the schedule says. Raises NotFound, and Conflict where somebody looks already."""
        async with self.store.read() as uow:
            alert = await uow.alerts.find(scope=access.everything(), id=id)
        if alert is None:
            raise NotFound("This alert is not there any more.")
        if not await self.look(alert):
            raise Conflict(BUSY)

    async def look(self, alert: Alert) -> bool:
        """Claim it, look, and keep what was seen; False where somebody else was first."""
        now = self.now()
        lease = now + timing.LEASE
        async with self.store.begin() as uow:
            is_ours = await uow.alerts.take(alert=alert, until=lease)
            await uow.commit()
        async with self.store.read() as uow:
            claimed = await uow.alerts.find(scope=access.everything(), id=alert.id or 0) if is_ours else None
            report = (
                await uow.reports.find(scope=access.everything(), id=claimed.report_id) if claimed else None
            )
        if claimed is None or report is None:
            return False
        judgement = await self.looking.look(claimed, report, now)
        await self._keep(claimed, report, judgement, now, lease)
        return True

    async def _keep(
        self, alert: Alert, report: Report, judgement: Judgement, at: datetime, lease: datetime
    ) -> None:
        """What was seen and when to look again, in one transaction; nothing of it where the claim ran out."""
        has_failed = judgement.verdict == "error"
        failures = alert.failures + 1 if has_failed else 0
        if not failures and alert.failures >= timing.TOLD_AFTER:
            await self._tell(alert, failing.well(NOUN, alert.name), "well")
        values: dict[str, Any] = {
            "checked_at": at,
            "failures": failures,
            "error": judgement.error if has_failed else "",
            "due_at": _due(alert, self.now(), failures),
        }
        once = settling(Alert, id=alert.id or 0, due_at=lease, values=values)
        seen = sighting(alert, report, judgement, at)
        await self.episodes.see(seen, policy=policy_of(alert), once=once)
        if failures >= timing.TOLD_AFTER:
            await self._tell(alert, failing.fails(NOUN, alert.name, judgement.error), "failing")

    async def _tell(self, alert: Alert, text: str, what: str) -> None:
        """Once for each stretch of failures, also where a process died before it could: the stretch goes
        by when its lifecycle came to be in error."""
        name = key(alert.id)
        async with self.store.read() as uow:
            stands = (await uow.lifecycles.of_keys(scope=access.everything(), keys=[name])).get(name)
        if stands is None or stands.state != "error":
            return
        concerned = Concerned(person=alert.owner, workspace_id=alert.workspace_id, client_id=alert.client_id)
        await self.failing.tell(text, concerned, key=f"{name}:{what}:{stands.since.isoformat()}")


def _due(alert: Alert, now: datetime, failures: int) -> datetime:
    """A schedule that nobody can read any more comes back later, as the failure that it is."""
    try:
        return timing.due_after(alert.schedule, now, timing.zone(alert.timezone), failures=failures)
    except Invalid:
        return now + timing.UNREADABLE
