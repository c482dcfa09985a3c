"""How much an outlier matters: a key metric more, a channel that hardly counts less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from houston import access
from houston.watch.outliers.severity import SEVERITIES
from store import Store
from store.tables import Metric

RECENT = timedelta(days=28)
"""What a channel's share is taken over."""

SMALL = 0.05
"""A channel with less of its metric's total is told one step lower."""


@dataclass(frozen=True, kw_only=True)
class Importance:
    """Of the metrics of one check; `shares` of those that are sums with a channel, by id."""

    shares: dict[int, float]

    def severity(self, metric: Metric, found: int) -> str:
        """`found` is the detector's place in SEVERITIES; what is none stays so."""
        if not found:
            return SEVERITIES[0]
        step = int(metric.key) - int(self.shares.get(metric.id or 0, 1.0) < SMALL)
        return SEVERITIES[min(max(found + step, 1), len(SEVERITIES) - 1)]

    def weight(self, metric_id: int) -> float:
        return self.shares.get(metric_id, 1.0)


async def importance(store: Store, metrics: Iterable[Metric], until: datetime) -> Importance:
    """Asks for totals only where they count: of sums that have channels."""
    asked = {(each.client_id, each.name) for each in metrics if each.aggregate == "sum" and each.channel}
    shares: dict[int, float] = {}
    for client_id, name in asked:
        shares |= await _shares(store, client_id, name, until)
    return Importance(shares=shares)


async def _shares(store: Store, client_id: int, name: str, until: datetime) -> dict[int, float]:
    scope = access.everything().narrowed(client_id)
    async with store.read() as uow:
        metrics = await uow.metrics.all(scope=scope)
        ids = {each.id or 0 for each in metrics if each.name == name and each.channel}
        sums = await uow.points.sums(scope=scope, metric_ids=ids, start=until - RECENT, end=until)
    whole = sum(abs(value) for value in sums.values())
    return {id: abs(sums.get(id, 0.0)) / whole for id in ids} if whole else {}
