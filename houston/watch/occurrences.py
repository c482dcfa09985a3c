from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from houston.watch.detection.periods import DAILY
from houston.watch.detection.wording import unit_of
from houston.watch.figures import SHARE
from houston.watch.naming_days import day_named
from store import Scope, Store, UnitOfWork
from store.tables import Client, Metric, Occurrence


@dataclass(frozen=True, kw_only=True)
class OccurrenceSeen:
    """One detected deviation with the names people know its parts by."""

    id: int
    metric: str
    channel: str
    unit: str
    client: Client
    time: datetime
    value: float
    expected: float
    lower: float
    upper: float
    severity: str
    reason: str
    watched_by: str = ""
    """The name of the definition that found it."""
    is_daily: bool = False
    """Whether it stands for a day, which is named by its date in UTC."""

    def time_in(self, zone: ZoneInfo) -> datetime:
        """When it was, where a day is the asker's day of that date."""
        return day_named(self.time, zone) if self.is_daily else self.time


@dataclass(frozen=True, kw_only=True)
class Occurrences:
    """What the outlier checks found."""

    store: Store

    async def list(
        self,
        scope: Scope,
        *,
        client_id: int | None = None,
        start: datetime,
        end: datetime,
        metric: str | None = None,
        severity: str | None = None,
        limit: int = 50,
    ) -> list[OccurrenceSeen]:
        """Those with start <= time < end, the newest first."""
        async with self.store.read() as uow:
            found = await uow.occurrences.between(
                scope=scope,
                start=start,
                end=end,
                client_id=client_id,
                metric=metric,
                severity=severity,
                limit=limit,
            )
            clients = {client.id: client for client in await uow.clients.all(scope=scope)}
            named = {each.id: each.name for each in await uow.definitions.all(scope=scope)}
            daily = await _daily(uow, scope, [occurrence for occurrence, _ in found])
        return [
            occurrence_seen(
                occurrence,
                of,
                clients[occurrence.client_id],
                named.get(occurrence.definition_id, ""),
                is_daily=occurrence.metric_id in daily,
            )
            for occurrence, of in found
        ]


def occurrence_seen(
    occurrence: Occurrence,
    metric: Metric,
    client: Client,
    watched_by: str = "",
    *,
    is_daily: bool = False,
) -> OccurrenceSeen:
    """A share that is shown in percent is kept as a share of one, and seen in hundredths."""
    times = 100.0 if unit_of(metric, occurrence.expected) == SHARE and metric.unit == "%" else 1.0
    return OccurrenceSeen(
        id=occurrence.id,
        metric=metric.name,
        channel=metric.channel,
        unit=metric.unit,
        client=client,
        time=occurrence.time,
        value=occurrence.value * times,
        expected=occurrence.expected * times,
        lower=occurrence.lower * times,
        upper=occurrence.upper * times,
        severity=occurrence.severity,
        reason=occurrence.reason,
        watched_by=watched_by,
        is_daily=is_daily,
    )


async def _daily(uow: UnitOfWork, scope: Scope, found: Sequence[Occurrence]) -> set[int]:
    """The metrics that have one point a day, told by the neighbours of an outlier at midnight."""
    times = {each.metric_id: each.time for each in found if each.time.astimezone(UTC).time() == time()}
    windows = [(at - DAILY, at + DAILY) for at in set(times.values())]
    readings = await uow.points.within(scope=scope, metric_ids=times, windows=windows) if windows else {}
    return {
        id for id, at in times.items() if sum(abs(near - at) < DAILY for near, _ in readings.get(id, ())) == 1
    }
