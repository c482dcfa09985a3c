"""The outlier check: definitions that are due, what they find, and the events it becomes."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from houston import access
from houston.errors import HoustonError, Invalid
from houston.watch import schedules
from houston.watch.definitions import zones_of
from houston.watch.detection.arrivals import Watched
from houston.watch.detection.incidents import Incidents
from houston.watch.detection.judged import Judged
from houston.watch.detection.matching import matches
from houston.watch.detection.planning import KIND, Plan, Watches
from houston.watch.detection.planning import watched as watched_in
from houston.watch.detection.reading import Reader
from houston.watch.detection.rehearsal import Rehearsal
from houston.watch.detection.seeing import Seeing
from houston.watch.episodes import Episodes
from houston.watch.findings import Finding, findings
from houston.watch.outliers.series import SeriesError
from store import Store, UnitOfWork
from store.occurrences import adding
from store.tables import OutlierDefinition

log = logging.getLogger(__name__)

ANNOUNCED_PERIODS = 3
"""Points older than this many periods of the definition, or of the series, teach and are never announced."""

UNREADABLE = timedelta(hours=1)

Zoned = tuple[OutlierDefinition, ZoneInfo]
"""A definition, and its workspace's time zone."""


class OutlierChecks:
    """Runs definitions over the points; the same check serves the schedule and `replay`."""

    def __init__(self, store: Store, episodes: Episodes, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._episodes = episodes
        self._incidents = Incidents(store=store, episodes=episodes)
        self._seeing = Seeing(store=store, now=now)
        self._reader = Reader()
        self._now = now

    async def due(self, now: datetime) -> list[Finding]:
        """Check every definition that is due at `now`, all of them in one go, and announce what is new."""
        async with self._store.read() as uow:
            waiting = await uow.definitions.due(scope=access.everything(), now=now)
            zones = await zones_of(uow, waiting) if waiting else []
        pairs = zip(waiting, zones, strict=True)
        taken = [(each, zone) for each, zone in pairs if await self._take(each, now, zone)]
        try:
            return await self._run(taken, now) if taken else []
        except Exception:
            self._forget(each for each, _ in taken)
            raise

    async def judge(
        self, definition: OutlierDefinition, now: datetime, *, later_than: datetime
    ) -> list[Judged]:
        """What arrived until `now` since the last time, metric by metric; nothing is written.

        Earlier points than `later_than` are learned from only. Raises SeriesError.
        """
        async with self._store.read() as uow:
            [zone] = await zones_of(uow, [definition])
            watched = await self._watched(uow, [(definition, zone)])
            read = await self._reader.read(uow, watched, now)
        found = [each for each in read if isinstance(each, Judged)]
        for error in read:
            if isinstance(error, SeriesError):
                raise error
        return [each.after(later_than) for each in found]

    async def tell(
        self, judged: Sequence[Judged], *, kind: str = KIND, watches: Watches | None = None
    ) -> list[Finding]:
        """Keep the outliers as occurrences, and announce what they make of incidents, of which there are
        those of each `kind`. What is a definition's and not in `watches` has come to its end."""
        clients = {each.definition.client_id for each in judged}
        going_on = await self._incidents.going_on(clients, kind)
        members = {pair for episode in going_on.values() for pair in watched_in(episode)}
        looks = await self._seeing.looks(judged, members)
        plan = Plan(going_on=going_on, now=self._now(), kind=kind, watches=watches or {})
        return findings(looks, await self._incidents.follow(looks, plan))

    def rehearsal(self) -> Rehearsal:
        """Tells nobody, and knows of nothing that was told."""
        return Rehearsal(self._seeing, self._store.ids)

    async def keep(self, judged: Sequence[Judged]) -> None:
        """Keep the outliers as occurrences and tell nobody."""
        looks = await self._seeing.looks(judged, ())
        if found := [look.occurrence for look in looks if look.occurrence]:
            await self._episodes.outbox.record(None, adding(found))

    async def _take(self, definition: OutlierDefinition, now: datetime, zone: ZoneInfo) -> bool:
        until = _next_due(definition.schedule, now, zone)
        async with self._store.begin() as uow:
            taken = await uow.definitions.take(definition=definition, until=until)
            await uow.commit()
            return taken

    async def _run(self, taken: Sequence[Zoned], now: datetime) -> list[Finding]:
        """Read all series in one go, then tell client by client."""
        async with self._store.read() as uow:
            watched = await self._watched(uow, taken)
            read = await self._reader.read(uow, watched, now)
        broken = {
            each.definition.id: error
            for each, error in zip(watched, read, strict=True)
            if isinstance(error, SeriesError)
        }
        judged = [each for each in read if isinstance(each, Judged) and each.definition.id not in broken]
        for each, _ in taken:
            if each.id in broken:
                await self._fail(each, broken[each.id])
        whole = [(each, zone) for each, zone in taken if each.id not in broken]
        return [found for some in _by_client(whole) for found in await self._tell(some, judged, now)]

    async def _tell(self, some: Sequence[Zoned], judged: Sequence[Judged], now: datetime) -> list[Finding]:
        """Those of one client. What fails says so in its definitions and stops no other client's."""
        periods, definitions = await self._periods(some, now), [each for each, _ in some]
        told = [
            _recent(each, periods[id], now) for each in judged if (id := each.definition.id or 0) in periods
        ]
        watches = {id: {each.metric.id or 0 for each in told if each.definition.id == id} for id in periods}
        try:
            found = await self.tell(told, watches=watches)
        except HoustonError as error:
            for each in definitions:
                await self._fail(each, error)
            return []
        for each in definitions:
            if each.id in periods:
                await self._note_error(each, "")
        return found

    async def _periods(self, some: Sequence[Zoned], now: datetime) -> dict[int, timedelta]:
        """Between two checks of definitions, by id; without those whose schedule nobody can read."""
        found: dict[int, timedelta] = {}
        for each, zone in some:
            try:
                found[each.id or 0] = schedules.period(each.schedule, now, zone)
            except Invalid as error:
                await self._fail(each, error)
        return found

    async def _fail(self, definition: OutlierDefinition, error: Exception) -> None:
        log.warning("outlier definition %s cannot be checked: %s", definition.id, error)
        self._forget([definition])
        await self._note_error(definition, str(error))

    def _forget(self, definitions: Iterable[OutlierDefinition]) -> None:
        """What was read may not have been told: it is read again."""
        for each in definitions:
            self._reader.forget(each.id or 0)

    async def _note_error(self, definition: OutlierDefinition, error: str) -> None:
        if definition.error != error and definition.id is not None:
            async with self._store.begin() as uow:
                await uow.definitions.set_error(id=definition.id, error=error)
                await uow.commit()

    async def _watched(self, uow: UnitOfWork, definitions: Sequence[Zoned]) -> list[Watched]:
        clients = {each.client_id for each, _ in definitions}
        one = next(iter(clients)) if len(clients) == 1 else None
        metrics = await uow.metrics.all(scope=access.everything(), client_id=one)
        return [
            Watched(definition=definition, metric=metric, zone=zone)
            for definition, zone in definitions
            for metric in metrics
            if metric.client_id == definition.client_id and matches(definition.metrics, metric)
        ]


def _recent(judged: Judged, period: timedelta, now: datetime) -> Judged:
    """Where points are further apart than checks, it is the points that count."""
    reach = ANNOUNCED_PERIODS * max(period, judged.spacing)
    return judged.after(max(judged.definition.created_at, now - reach))


def _by_client(definitions: Sequence[Zoned]) -> list[list[Zoned]]:
    found: dict[int, list[Zoned]] = {}
    for each, zone in definitions:
        found.setdefault(each.client_id, []).append((each, zone))
    return list(found.values())


def _next_due(schedule: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A schedule that nobody can read comes back later: its check says what is wrong."""
    try:
        return schedules.next_due(schedule, now, zone)
    except Invalid:
        return now + UNREADABLE
