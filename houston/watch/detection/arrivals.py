"""What has arrived of many series since they were read the last time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from houston import access
from houston.watch.detection.periods import is_running
from houston.watch.memory import HISTORY, Memory, Readings
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.series import Series, SeriesError
from store import UnitOfWork
from store.tables import Metric, OutlierDefinition

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
class Arrival:
    """What has arrived of one series. It was `read_before` to there, where the newest points were
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


async def fill(uow: UnitOfWork, arrivals: Sequence[Arrival], now: datetime) -> None:
    """Ask for the points of many series together: all of new ones, of others what is later."""
    scope, until = access.everything(), now.astimezone(UTC)
    new = [each for each in arrivals if each.memory.read_to is None]
    for start in range(0, len(new), ASKED_AT_ONCE):
        some = new[start : start + ASKED_AT_ONCE]
        ids = {each.watched.metric.id or 0 for each in some}
        found = await uow.points.readings(scope=scope, metric_ids=ids, until=until, limit=HISTORY)
        for each in some:
            each.points = found.get(each.watched.metric.id or 0, [])
    for some in _neighbours([each for each in arrivals if each.memory.read_to is not None]):
        ids = {each.watched.metric.id or 0 for each in some}
        after = min(map(_read_to, some))
        found = await uow.points.later(scope=scope, metric_ids=ids, after=after, until=until)
        for each in some:
            points = found.get(each.watched.metric.id or 0, [])
            each.points = [point for point in points if point[0] > _read_to(each)]


def _neighbours(arrivals: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Those that were read to about the same time."""
    some: list[Arrival] = []
    for each in sorted(arrivals, key=_read_to):
        if some and _read_to(each) - _read_to(some[0]) > TOGETHER:
            yield some
            some = []
        some.append(each)
    if some:
        yield some


def _read_to(arrival: Arrival) -> datetime:
    assert arrival.memory.read_to is not None
    return arrival.memory.read_to


def hold_back(arrival: Arrival, now: datetime) -> None:
    """The newest point stays for later while its period goes on."""
    memory, metric, zone = arrival.memory, arrival.watched.metric, arrival.watched.zone
    memory.learn_spacing(arrival.points)
    if arrival.points:
        at = arrival.points[-1][0]
        if is_running(at, memory.spacing, metric.aggregate, zone, now):
            arrival.points = arrival.points[:-1]
    try:
        Series.of(arrival.points)
    except SeriesError as error:
        arrival.error, arrival.points = error, []
