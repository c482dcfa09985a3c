"""Metrics that should have newer points than they have: told once, and again when data comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houston import access
from houston.errors import Invalid
from houston.watch.detection.ages import age
from houston.watch.detection.wording import unit_of
from houston.watch.episodes import Episodes
from houston.watch.policy import Policy
from houston.watch.rows import Sighting
from houston.watch.standing import OPEN
from store import Store
from store.tables import Lifecycle, Metric

FRESHNESS = Policy(no_data="tell", takes="any")

Newest = Mapping[int, datetime]
"""The time of each metric's last point."""


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """All channels of a metric are one thing: those without new data are named together. A metric that
    never had data has none to miss."""

    store: Store
    episodes: Episodes
    now: Callable[[], datetime]

    async def due(self, now: datetime) -> None:
        """A tick: see what has gone stale, and what is fresh again."""
        async with self.store.read() as uow:
            metrics = await uow.metrics.fresh(scope=access.everything())
            ids = [metric.id or 0 for metric in metrics]
            newest = await uow.points.newest(scope=access.everything(), metric_ids=ids)
            grouped = _grouped(metrics)
            missing = await uow.lifecycles.in_states(
                scope=access.everything(), prefix="freshness:", states=OPEN
            )
        told = {each.key for each in missing}
        for key, rows in grouped.items():
            stale = [row for row in rows if _is_stale(row, newest, now)]
            if bool(stale) != (key in told):  # a step for each tick would be a write for each
                await self.episodes.see(_sighting(key, rows, stale, newest, now), policy=FRESHNESS)
        for each in missing:
            if each.key not in grouped:
                await self._forget(each, now)

    async def _forget(self, lifecycle: Lifecycle, now: datetime) -> None:
        """Nobody asks for this metric to be fresh any more."""
        sighting = Sighting(
            key=lifecycle.key,
            type="outlier",
            client_id=lifecycle.client_id,
            at=now,
            verdict="ok",
            payload={"metric": lifecycle.key.split(":", 2)[2], "channel": "", "is_unwatched": True},
        )
        await self.episodes.see(sighting, policy=FRESHNESS)


def _sighting(
    key: str, rows: Sequence[Metric], stale: Sequence[Metric], newest: Newest, now: datetime
) -> Sighting:
    return Sighting(
        key=key,
        type="outlier",
        client_id=rows[0].client_id,
        subject=rows[0].name,
        at=now,
        verdict="no_data" if stale else "ok",
        payload=_payload(stale or rows, newest),
    )


def _grouped(metrics: Sequence[Metric]) -> dict[str, list[Metric]]:
    found: dict[str, list[Metric]] = {}
    for metric in metrics:
        found.setdefault(f"freshness:{metric.client_id}:{metric.name}", []).append(metric)
    return found


def _is_stale(metric: Metric, newest: Newest, now: datetime) -> bool:
    last = newest.get(metric.id or 0)
    try:
        return last is not None and now - last > age(metric.freshness)
    except Invalid:
        return False  # imported by an older hand; the form says what is wrong with it


def _payload(metrics: Sequence[Metric], newest: Newest) -> dict[str, Any]:
    first = metrics[0]
    last = min(newest[metric.id or 0] for metric in metrics if metric.id in newest)
    channels = [metric.channel for metric in metrics if metric.channel]
    return {
        "metric": first.name,
        "metric_id": first.id,
        "channel": channels[0] if len(channels) == 1 else "",
        "channels": channels,
        "unit": unit_of(first),
        "since": last.isoformat(),
        "freshness": first.freshness,
    }
