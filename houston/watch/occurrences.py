from dataclasses import dataclass
from datetime import datetime

from store import Scope, Store
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
        return [_seen(occurrence, of, clients[occurrence.client_id]) for occurrence, of in found]


def _seen(occurrence: Occurrence, metric: Metric, client: Client) -> OccurrenceSeen:
    return OccurrenceSeen(
        id=occurrence.id,
        metric=metric.name,
        channel=metric.channel,
        unit=metric.unit,
        client=client,
        time=occurrence.time,
        value=occurrence.value,
        expected=occurrence.expected,
        lower=occurrence.lower,
        upper=occurrence.upper,
        severity=occurrence.severity,
        reason=occurrence.reason,
    )
