"""Moves `now` over stored points through the schedule's own check."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime

from houston import access
from houston.errors import NotFound
from houston.watch import schedules
from houston.watch.checks import Finding, OutlierChecks, matches
from houston.watch.definitions import zone_of
from store import Store
from store.tables import Client, Occurrence, OutlierDefinition

Progress = Callable[[datetime], None]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A stretch of the past, checked as if it happened now. With `deliver` it is told as well."""

    pattern: str
    client: Client
    start: datetime
    end: datetime
    deliver: bool = False

    async def run(
        self, store: Store, checks: OutlierChecks, progress: Progress
    ) -> AsyncGenerator[Finding, None]:
        """What each check finds, in the order of its time. Raises NotFound where nothing is watched."""
        for definition in await self._definitions(store):
            known: list[Occurrence] = []
            async for now in self._moments(store, definition):
                progress(now)
                found = await checks.find(definition, now, later_than=self.start, known=known)
                known += [finding.occurrence for finding in found]
                if self.deliver:
                    await checks.announce(found)
                for finding in found:
                    yield finding

    async def _definitions(self, store: Store) -> list[OutlierDefinition]:
        async with store.read() as uow:
            scope = access.operator().narrowed(self.client.id or 0)
            metrics = [m for m in await uow.metrics.all(scope=scope) if matches(self.pattern, m)]
            definitions = await uow.definitions.all(scope=scope)
        watched = [each for each in definitions if any(matches(each.metrics, m) for m in metrics)]
        if not watched:
            raise NotFound(
                f"No outlier definition of {self.client.name} watches {self.pattern}: add one first."
            )
        return watched

    async def _moments(self, store: Store, definition: OutlierDefinition) -> AsyncGenerator[datetime, None]:
        async with store.read() as uow:
            zone = await zone_of(uow, definition)
        now = self.start
        while now <= self.end:
            yield now
            now = schedules.next_due(definition.schedule, now, zone)
