"""What nobody takes in time goes to a second destination."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from houston.notify.outbox import Outbox
from houston.watch.standing import OPEN
from store import Store
from store.dispatch import Target
from store.escalations import Escalated, done
from store.posts import showing
from store.tables import Event

AT_ONCE = 100
"""In one tick at the most."""


@dataclass(frozen=True, kw_only=True)
class Escalations:
    store: Store
    outbox: Outbox
    stale: Callable[[], None] = lambda: None

    async def due(self, now: datetime) -> int:
        """Send on what is due, still goes on, and is nobody's; how many went.

        What is over, and that of a rule which was deleted or muted, is left.
        """
        async with self.store.read() as uow:
            found = await uow.escalations.due(now=now, states=OPEN, limit=AT_ONCE)
        sent = [await self._settle(each, now) for each in found]
        return sum(sent)

    async def _settle(self, found: Escalated, now: datetime) -> bool:
        write = done(found.escalation.id, at=now)
        if found.episode.state not in OPEN or found.rule is None or not found.rule.active:
            await self.outbox.record(None, write)
            return False
        shown = showing([found.episode.id])
        recorded = await self.outbox.record(self._event(found, now), write, shown, targets=[_target(found)])
        self.stale()
        return recorded.is_new

    def _event(self, found: Escalated, now: datetime) -> Event:
        """For its destination alone: `escalation` keeps routing from adding others. The destination's
        name stays out of it, since a client may read the payload."""
        episode = found.episode
        minutes = found.rule.escalate_minutes if found.rule else None
        return Event(
            id=self.store.ids.next(),
            type=episode.type,
            phase="fired",
            client_id=episode.client_id,
            episode_id=episode.id,
            subject=episode.subject,
            severity=episode.severity,
            occurred_at=episode.opened_at,
            recorded_at=now,
            dedupe_key=f"escalation:{found.escalation.id}",
            payload={
                **(episode.current or episode.fired),
                "escalation": True,
                "escalated_minutes": minutes or 0,
            },
        )


def _target(found: Escalated) -> Target:
    destination = found.destination
    assert destination.id is not None
    return Target(
        workspace_id=found.escalation.workspace_id,
        destination_id=destination.id,
        address=f"{destination.kind}:{destination.address}",
        rule_ids=[found.escalation.rule_id],
    )
