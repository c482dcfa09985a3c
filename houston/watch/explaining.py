"""What is known about an outlier besides itself: what moved with it, what was around it, how it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from houston.errors import NotFound
from houston.watch import captions
from houston.watch.around import Around, around
from houston.watch.detection.periods import DAILY
from houston.watch.moving_together import Moved, SeriesOf, Windows, by_channel, others
from houston.watch.naming_days import Readings
from houston.watch.occurrences import OccurrenceSeen, occurrence_seen
from houston.watch.performing import same, series_of, sources_of
from houston.watch.usual import weeks_before
from store import Scope, Store, UnitOfWork
from store.tables import Metric, Occurrence

NEAR = timedelta(days=1)
"""An outlier that is asked for by its time is as near to it as that."""

LAST_POINTS = 30
MOST = 500
UNKNOWN = "I know no such outlier. outlier_occurrences lists them with their ids."


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """`moved` are the client's other metrics that left their usual as well, `unmoved` the names of those
    that did not; `now` is the newest figure of the same series, of `now_at`."""

    outlier: OccurrenceSeen
    channels: Sequence[Moved]
    moved: Sequence[Moved]
    unmoved: Sequence[str]
    now_at: datetime
    now: Moved | None
    around: Around
    points: int


@dataclass(frozen=True, kw_only=True)
class Explaining:
    store: Store
    now: Callable[[], datetime]

    async def find(
        self, scope: Scope, *, client_id: int, metric: str, channel: str | None, at: datetime
    ) -> int:
        """The id of the outlier of a metric that is nearest to a time. Raises NotFound."""
        async with self.store.read() as uow:
            found = await uow.occurrences.between(
                scope=scope, start=at - NEAR, end=at + NEAR, client_id=client_id, limit=MOST
            )
        meant = [
            occurrence
            for occurrence, of in found
            if same(of.name, metric) and (channel is None or same(of.channel, channel))
        ]
        if not meant:
            raise NotFound(f"No outlier of {metric[:80]} was found near that time. {UNKNOWN}")
        return min(meant, key=lambda each: abs(each.time - at)).id

    async def __call__(self, scope: Scope, id: int, zone: ZoneInfo) -> Explanation:
        """Raises NotFound: the same for none and for one outside the scope."""
        async with self.store.read() as uow:
            pair = await uow.occurrences.seen(scope=scope, id=id)
            if pair is None:
                raise NotFound(UNKNOWN)
            found = _Found(occurrence=pair[0], metric=pair[1], zone=zone)
            return await self._explained(uow, scope, found)

    async def _explained(self, uow: UnitOfWork, scope: Scope, found: "_Found") -> Explanation:
        occurrence, metric = found.occurrence, found.metric
        client = await uow.clients.get(scope=scope, id=occurrence.client_id)
        assert client is not None
        known = await uow.metrics.all(scope=scope, client_id=client.id)
        last = await uow.points.last(
            scope=scope, metric_id=occurrence.metric_id, until=self.now(), limit=LAST_POINTS
        )
        length = captions.spacing(point.time for point in last) or DAILY
        then = found.windows(occurrence.time, length)
        newest = found.windows(last[-1].time if last else occurrence.time, length)
        of_then, points = await _series(uow, scope, known, known, then)
        of_now, _ = await _series(uow, scope, known, [metric], newest)
        moved, unmoved = others(then, known, metric, of_then)
        return Explanation(
            outlier=occurrence_seen(occurrence, metric, client, is_daily=length >= DAILY),
            channels=by_channel(then, [each for each in known if each.name == metric.name], of_then),
            moved=moved,
            unmoved=unmoved,
            now_at=newest.now[0],
            now=newest.moved([metric], metric.channel, of_now),
            around=await around(uow, scope, occurrence),
            points=points,
        )


@dataclass(frozen=True, kw_only=True)
class _Found:
    occurrence: Occurrence
    metric: Metric
    zone: ZoneInfo

    def windows(self, at: datetime, length: timedelta) -> Windows:
        """From one point to the next. Days that are named by their date in UTC are shifted in UTC."""
        in_utc = length >= DAILY and at.astimezone(UTC).time() == time()
        window = at, at + length
        return Windows(now=window, before=weeks_before(window, ZoneInfo("UTC") if in_utc else self.zone))


async def _series(
    uow: UnitOfWork, scope: Scope, known: Sequence[Metric], metrics: Sequence[Metric], windows: Windows
) -> tuple[SeriesOf, int]:
    """Of these metrics within the windows, and how many points these are."""
    ids = {one.id for metric in metrics for one in sources_of(known, metric) if one.id is not None}
    readings: Mapping[int, Readings] = await uow.points.within(
        scope=scope, metric_ids=ids, windows=[windows.now, *windows.before]
    )
    as_they_are = ZoneInfo("UTC")
    return (
        lambda metric: series_of(known, metric, readings, as_they_are),
        sum(map(len, readings.values())),
    )
