"""The outlier check: definitions that are due, what they find, and the events it becomes."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import HoustonError, Invalid
from houston.notify.outbox import Outbox
from houston.watch import schedules
from houston.watch.definitions import settings_of, zone_of
from houston.watch.memory import Memory
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.series import SeriesError
from houston.watch.outliers.severity import SEVERITIES, Cause, reason
from store import Store, UnitOfWork
from store.occurrences import adding
from store.tables import Event, Metric, Occurrence, OutlierDefinition, Point

log = logging.getLogger(__name__)

REMEMBERED = 2_000
"""Series whose detectors are kept in memory; others are read again from the store."""

ANNOUNCED_PERIODS = 3
"""Points older than this many periods of the definition teach and are never announced."""

UNREADABLE = timedelta(hours=1)

SAME_INCIDENT = 12
"""An outlier within this many points of the one before belongs to the same incident."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An outlier that a check found; `is_news` unless it goes on an incident that was told."""

    definition: OutlierDefinition
    metric: Metric
    occurrence: Occurrence
    is_news: bool

    @property
    def subject(self) -> str:
        """The metric as rules name it: `name`, or `name/channel`."""
        metric = self.metric
        return f"{metric.name}/{metric.channel}" if metric.channel else metric.name

    def as_dict(self) -> dict[str, object]:
        occurrence = self.occurrence
        return {
            "definition": self.definition.name,
            "metric": self.metric.name,
            "channel": self.metric.channel,
            "time": occurrence.time.isoformat(),
            "value": occurrence.value,
            "expected": occurrence.expected,
            "lower": occurrence.lower,
            "upper": occurrence.upper,
            "severity": occurrence.severity,
            "reason": occurrence.reason,
            "alerts": self.is_news,
        }

    def sentence(self) -> str:
        goes_on = "" if self.is_news else " (goes on)"
        found = self.occurrence
        return f"{found.time:%Y-%m-%d %H:%M} {found.severity}: {self.subject} {found.reason}{goes_on}"


class OutlierChecks:
    """Runs definitions over the points; the same check serves the schedule and `replay`."""

    def __init__(self, store: Store, outbox: Outbox, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._outbox = outbox
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

    async def find(
        self, definition: OutlierDefinition, now: datetime, *, later_than: datetime, known: list[Occurrence]
    ) -> list[Finding]:
        """Outliers later than `later_than` among the points up to `now`; nothing is written.

        `known` are occurrences told before: what follows one closely is not news.
        """
        async with self._store.read() as uow:
            metrics = await self._metrics(uow, definition)
            found: list[Finding] = []
            for metric in metrics:
                found += await self._find_in(uow, definition, metric, now, later_than, known)
        return found

    async def announce(self, findings: list[Finding]) -> None:
        """Keep findings as occurrences, and record an event for each one that is news."""
        for finding in findings:
            event = self._event(finding) if finding.is_news else None
            await self._outbox.record(event, adding([finding.occurrence]))

    async def keep(self, findings: list[Finding]) -> None:
        """Keep findings as occurrences and tell nobody."""
        if findings:
            await self._outbox.record(None, adding([finding.occurrence for finding in findings]))

    async def _take(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> bool:
        until = _next_due(definition.schedule, now, zone)
        async with self._store.begin() as uow:
            taken = await uow.definitions.take(definition=definition, until=until)
            await uow.commit()
            return taken

    async def _run(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> list[Finding]:
        """One due check. A definition that fails says so in its row and stops no other."""
        try:
            findings = await self._check(definition, now, zone)
            await self._note_error(definition, "")
            return findings
        except (HoustonError, SeriesError) as error:
            log.warning("outlier definition %s cannot be checked: %s", definition.id, error)
            await self._note_error(definition, str(error))
            return []

    async def _check(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> list[Finding]:
        recent = now - ANNOUNCED_PERIODS * schedules.period(definition.schedule, now, zone)
        async with self._store.read() as uow:
            known = await uow.occurrences.of_definition(
                scope=access.everything(), definition_id=definition.id or 0, limit=200
            )
        findings = await self.find(
            definition, now, later_than=max(definition.created_at, recent), known=known
        )
        await self.announce(findings)
        return findings

    async def _note_error(self, definition: OutlierDefinition, error: str) -> None:
        if definition.error != error and definition.id is not None:
            async with self._store.begin() as uow:
                await uow.definitions.set_error(id=definition.id, error=error)
                await uow.commit()

    async def _metrics(self, uow: UnitOfWork, definition: OutlierDefinition) -> list[Metric]:
        metrics = await uow.metrics.all(scope=access.everything(), client_id=definition.client_id)
        return [metric for metric in metrics if matches(definition.metrics, metric)]

    async def _find_in(
        self,
        uow: UnitOfWork,
        definition: OutlierDefinition,
        metric: Metric,
        now: datetime,
        later_than: datetime,
        known: list[Occurrence],
    ) -> list[Finding]:
        memory = self._memory(definition, metric)
        points, verdicts = await memory.read(uow, access.everything(), metric.id or 0, now)
        told = [each.time for each in known if each.metric_id == metric.id]
        found: list[Finding] = []
        for row in verdicts.is_outlier.nonzero()[0]:
            point = points[row]
            if point.time <= later_than or point.time in told:
                continue
            is_news = not _goes_on(point.time, told, SAME_INCIDENT * memory.spacing)
            told.append(point.time)
            occurrence = self._occurrence(definition, metric, point, verdicts, int(row))
            found.append(
                Finding(definition=definition, metric=metric, occurrence=occurrence, is_news=is_news)
            )
        return found

    def _occurrence(
        self, definition: OutlierDefinition, metric: Metric, point: Point, verdicts: Verdicts, row: int
    ) -> Occurrence:
        usual = {
            "value": point.value,
            "expected": float(verdicts.expected[row]),
            "lower": float(verdicts.lower[row]),
            "upper": float(verdicts.upper[row]),
        }
        return Occurrence(
            id=self._store.ids.next(),
            definition_id=definition.id or 0,
            metric_id=point.metric_id,
            client_id=metric.client_id,
            time=point.time,
            score=float(verdicts.score[row]),
            severity=SEVERITIES[int(verdicts.severity[row])],
            reason=reason(**usual, cause=Cause(int(verdicts.cause[row]))),
            found_at=self._now(),
            **usual,
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

    def _event(self, finding: Finding) -> Event:
        occurrence, metric = finding.occurrence, finding.metric
        return Event(
            id=self._store.ids.next(),
            type="outlier",
            phase="fired",
            client_id=occurrence.client_id,
            subject=finding.subject,
            severity=occurrence.severity,
            occurred_at=occurrence.time,
            recorded_at=self._now(),
            dedupe_key=f"outlier:{occurrence.definition_id}:{metric.id}:{occurrence.time.isoformat()}",
            payload={
                "occurrence_id": str(occurrence.id),
                "definition": finding.definition.name,
                "definition_id": occurrence.definition_id,
                "metric_id": metric.id,
                "metric": metric.name,
                "channel": metric.channel,
                "unit": metric.unit,
                "value": occurrence.value,
                "expected": occurrence.expected,
                "lower": occurrence.lower,
                "upper": occurrence.upper,
                "reason": occurrence.reason,
            },
        )


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


def _goes_on(time: datetime, told: list[datetime], reach: timedelta) -> bool:
    return any(timedelta(0) < time - earlier <= reach for earlier in told)
