"""The outlier check: definitions that are due, what they find, and the events it becomes."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import HoustonError, Invalid
from houston.watch import schedules
from houston.watch.definitions import settings_of, zone_of
from houston.watch.episodes import Episodes
from houston.watch.findings import Finding, Judged, findings
from houston.watch.memory import Memory
from houston.watch.outliers.series import SeriesError
from store import Store, UnitOfWork
from store.occurrences import adding
from store.tables import Metric, OutlierDefinition

log = logging.getLogger(__name__)

REMEMBERED = 2_000
"""Series whose detectors are kept in memory; others are read again from the store."""

ANNOUNCED_PERIODS = 3
"""Points older than this many periods of the definition teach and are never announced."""

UNREADABLE = timedelta(hours=1)


class OutlierChecks:
    """Runs definitions over the points; the same check serves the schedule and `replay`."""

    def __init__(self, store: Store, episodes: Episodes, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._episodes = episodes
        self._now = now
        self._memories: OrderedDict[tuple[int, int], Memory] = OrderedDict()

    async def due(self, now: datetime) -> list[Finding]:
        """Check every definition that is due at `now`, and announce what is new."""
        async with self._store.read() as uow:
            waiting = await uow.definitions.due(scope=access.everything(), now=now)
            zones = [await zone_of(uow, definition) for definition in waiting]
        found: list[Finding] = []
        for definition, zone in zip(waiting, zones, strict=True):
            if await self._take(definition, now, zone):
                found += await self._run(definition, now, zone)
        return found

    async def judge(
        self, definition: OutlierDefinition, now: datetime, *, later_than: datetime
    ) -> list[Judged]:
        """What arrived until `now` since the last time, metric by metric; nothing is written.

        Earlier points than `later_than` are learned from only.
        """
        async with self._store.read() as uow:
            metrics = await self._metrics(uow, definition)
            judged = [await self._judge(uow, definition, metric, now) for metric in metrics]
        return [each.after(later_than) for each in judged]

    async def tell(self, judged: Sequence[Judged], *, kind: str = "outlier") -> list[Finding]:
        """Keep the outliers as occurrences, and announce what they make of each metric's lifecycle, of
        which there is one for each `kind`."""
        found: list[Finding] = []
        for each in await self._unsettled(judged, kind):
            found += await self._follow(each, kind)
        return found

    async def _follow(self, judged: Judged, kind: str) -> list[Finding]:
        occurrences = judged.occurrences(self._store.ids, self._now())
        sightings = judged.sightings(kind, occurrences)
        writes = [adding(list(occurrences.values()))] if occurrences else []
        seen = await self._episodes.follow(sightings, *writes, policy=judged.policy)
        opened = {row for row, each in zip(judged.rows, seen, strict=True) if each.opened}
        return findings(judged, occurrences, opened)

    async def keep(self, judged: Sequence[Judged]) -> None:
        """Keep the outliers as occurrences and tell nobody."""
        for each in judged:
            if occurrences := each.occurrences(self._store.ids, self._now()):
                await self._episodes.outbox.record(None, adding(list(occurrences.values())))

    async def _take(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> bool:
        until = _next_due(definition.schedule, now, zone)
        async with self._store.begin() as uow:
            taken = await uow.definitions.take(definition=definition, until=until)
            await uow.commit()
            return taken

    async def _run(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> list[Finding]:
        """One due check. A definition that fails says so in its row and stops no other."""
        try:
            found = await self._check(definition, now, zone)
            await self._note_error(definition, "")
            return found
        except (HoustonError, SeriesError) as error:
            log.warning("outlier definition %s cannot be checked: %s", definition.id, error)
            self._forget(definition)
            await self._note_error(definition, str(error))
            return []
        except Exception:
            self._forget(definition)
            raise

    async def _check(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> list[Finding]:
        recent = now - ANNOUNCED_PERIODS * schedules.period(definition.schedule, now, zone)
        judged = await self.judge(definition, now, later_than=max(definition.created_at, recent))
        return await self.tell(judged)

    async def _unsettled(self, judged: Sequence[Judged], kind: str) -> list[Judged]:
        """Those that have anything to say, without what their lifecycles have seen."""
        keys = [f"{kind}:{each.name}" for each in judged if each.rows]
        async with self._store.read() as uow:
            known = await uow.lifecycles.of_keys(scope=access.everything(), keys=keys)
        left: list[Judged] = []
        for each in judged:
            stands = known.get(f"{kind}:{each.name}")
            fresh = each.after(stands.seen_at if stands else None)
            left.append(fresh if stands and stands.state != "ok" else fresh.from_first_outlier())
        return [each for each in left if each.rows]

    def _forget(self, definition: OutlierDefinition) -> None:
        """What was read may not have been told: it is read again."""
        for key in [key for key in self._memories if key[0] == definition.id]:
            del self._memories[key]

    async def _note_error(self, definition: OutlierDefinition, error: str) -> None:
        if definition.error != error and definition.id is not None:
            async with self._store.begin() as uow:
                await uow.definitions.set_error(id=definition.id, error=error)
                await uow.commit()

    async def _metrics(self, uow: UnitOfWork, definition: OutlierDefinition) -> list[Metric]:
        metrics = await uow.metrics.all(scope=access.everything(), client_id=definition.client_id)
        return [metric for metric in metrics if matches(definition.metrics, metric)]

    async def _judge(
        self, uow: UnitOfWork, definition: OutlierDefinition, metric: Metric, now: datetime
    ) -> Judged:
        memory = self._memory(definition, metric)
        points, verdicts = await memory.read(uow, access.everything(), metric.id or 0, now)
        return Judged(
            definition=definition,
            metric=metric,
            points=points,
            verdicts=verdicts,
            spacing=memory.spacing,
            rows=tuple(range(len(points))),
        )

    def _memory(self, definition: OutlierDefinition, metric: Metric) -> Memory:
        key = (definition.id or 0, metric.id or 0)
        settings = settings_of(definition)
        memory = self._memories.get(key)
        if memory is None or memory.settings != settings:
            memory = self._memories[key] = Memory(settings=settings)
        self._memories.move_to_end(key)
        while len(self._memories) > REMEMBERED:
            self._memories.popitem(last=False)
        return memory


def matches(pattern: str, metric: Metric) -> bool:
    """Whether a definition's pattern names this metric, by `name` or `name/channel`."""
    names = (metric.name.lower(), f"{metric.name}/{metric.channel}".lower())
    return any(fnmatchcase(name, pattern.strip().lower()) for name in names)


def _next_due(schedule: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A schedule that nobody can read comes back later: its check says what is wrong."""
    try:
        return schedules.next_due(schedule, now, zone)
    except Invalid:
        return now + UNREADABLE
