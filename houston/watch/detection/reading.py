"""Reads what is new of many series, and has all of it judged in one go."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import datetime

from houston.watch.definition import settings_of
from houston.watch.detection.arrivals import Arrival, Watched, fill, hold_back
from houston.watch.detection.judged import Judged, judged
from houston.watch.memory import Memory, Readings
from houston.watch.outliers.bank import Bank
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.series import Series, SeriesError
from store import UnitOfWork

REMEMBERED = 2_000
"""Series whose detectors are kept in memory; others are read again from the store."""

AT_ONCE = 400_000
"""Points that are judged in one go, counted as a table: as long as the longest series."""


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
            arrivals = [self._arrival(each) for each in watched]
            await fill(uow, arrivals, now)
            for each in arrivals:
                hold_back(each, now)
            await asyncio.to_thread(self._judge, arrivals)
            found = [each.error or _judged(each) for each in arrivals]
            self._forget_oldest()
            return found

    def forget(self, definition_id: int) -> None:
        """What was read may not have been told: it is read again."""
        for key in [key for key in self._memories if key[0] == definition_id]:
            self._bank.leave(self._memories.pop(key).member)

    def _arrival(self, watched: Watched) -> Arrival:
        memory = self._memory(watched)
        changed = memory.changed_from(watched.metric)
        arrival = Arrival(watched=watched, memory=memory)
        if changed is not None:
            arrival.read_before, arrival.known = memory.read_to, memory.tail
            arrival.memory = self._gone_back(watched, memory, changed)
        arrival.memory.revision = watched.metric.revision
        return arrival

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

    def _judge(self, arrivals: Sequence[Arrival]) -> None:
        """CPU work."""
        for some in _in_portions(arrivals):
            first, second = zip(*[_split(each) for each in some], strict=True)
            heads = self._read(some, first)
            tails = self._read(some, second)
            for each, head, tail in zip(some, heads, tails, strict=True):
                each.verdicts = Verdicts.joined([head, tail])

    def _read(self, arrivals: Sequence[Arrival], points: Sequence[Readings]) -> list[Verdicts]:
        members = [each.memory.member for each in arrivals]
        verdicts = self._bank.read([Series.of(each) for each in points], members)
        for arrival, new in zip(arrivals, points, strict=True):
            arrival.memory.took(new)
            if new and arrival.memory.is_time_to_keep:
                arrival.memory.keep(self._bank.keep(arrival.memory.member))
        return verdicts

    def _forget_oldest(self) -> None:
        while len(self._memories) > REMEMBERED:
            _, memory = self._memories.popitem(last=False)
            self._bank.leave(memory.member)


def _in_portions(arrivals: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Those of one length together, and no more at once than fit into memory."""
    some: list[Arrival] = []
    for each in sorted(arrivals, key=lambda arrival: -len(arrival.points)):
        if some and (len(some) + 1) * len(some[0].points) > AT_ONCE:
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _split(arrival: Arrival) -> tuple[Readings, Readings]:
    """Where much is read at once: first what lies so far back that its end is worth keeping."""
    points, memory = arrival.points, arrival.memory
    if not points or memory.kept or points[-1][0] - points[0][0] < 2 * memory.reach:
        return points, []
    end = points[-1][0] - memory.reach
    at = next(place for place in range(len(points) - 1, -1, -1) if points[place][0] <= end) + 1
    return points[:at], points[at:]


def _judged(arrival: Arrival) -> Judged:
    memory, watched = arrival.memory, arrival.watched
    found = judged(
        watched.definition,
        watched.metric,
        watched.zone,
        arrival.points,
        arrival.verdicts,
        memory.spacing,
        known=[row for row, point in enumerate(arrival.points) if arrival.is_unchanged(*point)],
        owes=memory.owes,
    )
    memory.owes = found.owes
    return found
