"""Reads what is new of many series, and has all of it judged in one go."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston import access
from houston.watch.definitions import settings_of
from houston.watch.detection.judged import Judged, judged
from houston.watch.detection.periods import is_running
from houston.watch.memory import HISTORY, Memory, Readings
from houston.watch.outliers.bank import Bank
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.series import Series, SeriesError
from store import UnitOfWork
from store.tables import Metric, OutlierDefinition

REMEMBERED = 2_000
"""Series whose detectors are kept in memory; others are read again from the store."""

AT_ONCE = 400_000
"""Points that are judged in one go, counted as a table: as long as the longest series."""

ASKED_AT_ONCE = 50
"""New series whose history is asked for together."""

TOGETHER = timedelta(days=1)
"""Series that were read to about the same time are asked for together."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One metric of one definition."""

    definition: OutlierDefinition
    metric: Metric
    zone: ZoneInfo

    @property
    def key(self) -> tuple[int, int]:
        return self.definition.id or 0, self.metric.id or 0


@dataclass(kw_only=True)
class _Reading:
    """What is read of one series now. It was `read_before` to there, where the newest points were
    `known`: what is read again is judged before, but for what has changed."""

    watched: Watched
    memory: Memory
    points: Readings = field(default_factory=list)
    read_before: datetime | None = None
    known: dict[datetime, float] = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=lambda: Verdicts.silent(0))
    error: SeriesError | None = None

    def is_unchanged(self, at: datetime, value: float) -> bool:
        if self.read_before is None or at > self.read_before:
            return False
        earliest = next(iter(self.known), None)
        return earliest is None or at < earliest or self.known.get(at) == value


class Reader:
    """Remembers what it has read. A series whose past was changed is read again from before that."""

    def __init__(self) -> None:
        self._bank = Bank()
        self._memories: OrderedDict[tuple[int, int], Memory] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def read(
        self, uow: UnitOfWork, watched: Sequence[Watched], now: datetime
    ) -> list[Judged | SeriesError]:
        """Judge what has arrived since the last time, or say what is wrong with it. A point whose period
        is not over waits."""
        async with self._one_at_a_time:
            readings = [self._reading(each) for each in watched]
            await _fill(uow, readings, now)
            for each in readings:
                _hold_back(each, now)
            await asyncio.to_thread(self._judge, readings)
            found = [each.error or _judged(each) for each in readings]
            self._forget_oldest()
            return found

    def forget(self, definition_id: int) -> None:
        """What was read may not have been told: it is read again."""
        for key in [key for key in self._memories if key[0] == definition_id]:
            self._bank.leave(self._memories.pop(key).member)

    def _reading(self, watched: Watched) -> _Reading:
        memory = self._memory(watched)
        changed = memory.changed_from(watched.metric)
        reading = _Reading(watched=watched, memory=memory)
        if changed is not None:
            reading.read_before, reading.known = memory.read_to, memory.tail
            reading.memory = self._gone_back(watched, memory, changed)
        reading.memory.revision = watched.metric.revision
        return reading

    def _memory(self, watched: Watched) -> Memory:
        settings = settings_of(watched.definition)
        memory = self._memories.get(watched.key)
        if memory is None or memory.settings != settings:
            if memory:
                self._bank.leave(memory.member)
            member = self._bank.join(settings)
            memory = Memory(settings=settings, member=member, revision=watched.metric.revision)
            self._memories[watched.key] = memory
        self._memories.move_to_end(watched.key)
        return memory

    def _gone_back(self, watched: Watched, memory: Memory, changed: datetime) -> Memory:
        """As it was before the change, where that is remembered; else as one that has read nothing."""
        state = memory.state_before(changed)
        self._bank.leave(memory.member)
        again = Memory(
            settings=memory.settings,
            member=self._bank.join(memory.settings, state[1] if state else None),
            revision=memory.revision,
            spacing=memory.spacing,
        )
        if state:
            again.kept = [each for each in memory.kept if each[0] <= state[0]]
            again.since, again.read_to = memory.since, state[0]
        self._memories[watched.key] = again
        return again

    def _judge(self, readings: Sequence[_Reading]) -> None:
        """CPU work."""
        for some in _in_portions(readings):
            first, second = zip(*[_split(each) for each in some], strict=True)
            heads = self._read(some, first)
            tails = self._read(some, second)
            for each, head, tail in zip(some, heads, tails, strict=True):
                each.verdicts = Verdicts.joined([head, tail])

    def _read(self, readings: Sequence[_Reading], points: Sequence[Readings]) -> list[Verdicts]:
        members = [each.memory.member for each in readings]
        verdicts = self._bank.read([Series.of(each) for each in points], members)
        for reading, new in zip(readings, points, strict=True):
            reading.memory.took(new)
            if new and reading.memory.is_time_to_keep:
                reading.memory.keep(self._bank.keep(reading.memory.member))
        return verdicts

    def _forget_oldest(self) -> None:
        while len(self._memories) > REMEMBERED:
            _, memory = self._memories.popitem(last=False)
            self._bank.leave(memory.member)


async def _fill(uow: UnitOfWork, readings: Sequence[_Reading], now: datetime) -> None:
    """Ask for the points of many series together: all of new ones, of others what is later."""
    scope, until = access.everything(), now.astimezone(UTC)
    new = [each for each in readings if each.memory.read_to is None]
    for start in range(0, len(new), ASKED_AT_ONCE):
        some = new[start : start + ASKED_AT_ONCE]
        ids = {each.watched.metric.id or 0 for each in some}
        found = await uow.points.readings(scope=scope, metric_ids=ids, until=until, limit=HISTORY)
        for each in some:
            each.points = found.get(each.watched.metric.id or 0, [])
    for some in _neighbours([each for each in readings if each.memory.read_to is not None]):
        ids = {each.watched.metric.id or 0 for each in some}
        after = min(map(_read_to, some))
        found = await uow.points.later(scope=scope, metric_ids=ids, after=after, until=until)
        for each in some:
            points = found.get(each.watched.metric.id or 0, [])
            each.points = [point for point in points if point[0] > _read_to(each)]


def _neighbours(readings: Sequence[_Reading]) -> Iterator[list[_Reading]]:
    """Those that were read to about the same time."""
    some: list[_Reading] = []
    for each in sorted(readings, key=_read_to):
        if some and _read_to(each) - _read_to(some[0]) > TOGETHER:
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _read_to(reading: _Reading) -> datetime:
    assert reading.memory.read_to is not None
    return reading.memory.read_to


def _hold_back(reading: _Reading, now: datetime) -> None:
    """The newest point stays for later while its period goes on."""
    memory, metric, zone = reading.memory, reading.watched.metric, reading.watched.zone
    memory.learn_spacing(reading.points)
    if reading.points:
        at = reading.points[-1][0]
        if is_running(at, memory.spacing, metric.aggregate, zone, now):
            reading.points = reading.points[:-1]
    try:
        Series.of(reading.points)
    except SeriesError as error:
        reading.error, reading.points = error, []


def _in_portions(readings: Sequence[_Reading]) -> Iterator[list[_Reading]]:
    """Those of one length together, and no more at once than fit into memory."""
    some: list[_Reading] = []
    for each in sorted(readings, key=lambda reading: -len(reading.points)):
        if some and (len(some) + 1) * len(some[0].points) > AT_ONCE:
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _split(reading: _Reading) -> tuple[Readings, Readings]:
    """Where much is read at once: first what lies so far back that its end is worth keeping."""
    points, memory = reading.points, reading.memory
    if not points or memory.kept or points[-1][0] - points[0][0] < 2 * memory.reach:
        return points, []
    end = points[-1][0] - memory.reach
    at = next(place for place in range(len(points) - 1, -1, -1) if points[place][0] <= end) + 1
    return points[:at], points[at:]


def _judged(reading: _Reading) -> Judged:
    memory, watched = reading.memory, reading.watched
    found = judged(
        watched.definition,
        watched.metric,
        watched.zone,
        reading.points,
        reading.verdicts,
        memory.spacing,
        known=[row for row, point in enumerate(reading.points) if reading.is_unchanged(*point)],
        owes=memory.owes,
    )
    memory.owes = found.owes
    return found
