"""Definitions over metrics of Acme, and verdicts on them as a detector might give them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from houston.assembly.watching import POLICIES
from houston.notify.outbox import Outbox
from houston.watch.checks import OutlierChecks
from houston.watch.definition import DefinitionDraft
from houston.watch.definitions import Definitions
from houston.watch.detection.incidents import Incidents
from houston.watch.detection.judged import Judged, judged
from houston.watch.episodes import Episodes
from houston.watch.outliers.verdicts import Verdicts
from store import Store
from store.tables import Client, Episode, Event, Metric, Occurrence, OutlierDefinition
from tests.actors import admin
from tests.store.agency import EVERYTHING
from tests.store.databases import NOON, Clock

HOUR = timedelta(hours=1)
LONG_AGO, FAR_AHEAD = NOON - timedelta(days=999), NOON + timedelta(days=999)
BERLIN = ZoneInfo("Europe/Berlin")
USUAL, LOWER, UPPER = 100.0, 90.0, 110.0

Row = tuple[int, float, int]
"""Hours after noon, the value, and how bad the detector calls it: 0 to 3."""


class WatchRoom:
    def __init__(self, store: Store, clock: Clock, acme: int) -> None:
        self.store, self.clock, self.acme = store, clock, acme
        self.outbox = Outbox(store.ledger, now=clock)
        self.episodes = Episodes(store=store, outbox=self.outbox, now=clock, policies=POLICIES)
        self.incidents = Incidents(store=store, episodes=self.episodes)
        self.definitions = Definitions(store=store, incidents=self.incidents, now=clock)
        self.restart()

    def restart(self) -> None:
        self.checks = OutlierChecks(self.store, self.episodes, now=self.clock)

    async def definition(self, pattern: str, **more: Any) -> OutlierDefinition:
        draft = DefinitionDraft(name=pattern, metrics=pattern, client_id=self.acme, **more)
        return await self.definitions.add(admin(EVERYTHING), draft)

    async def metric(self, name: str, channel: str = "", **more: Any) -> Metric:
        async with self.store.begin() as uow:
            kept = await uow.metrics.save(
                metric=Metric(client_id=self.acme, name=name, channel=channel, **more)
            )
            await uow.commit()
            return kept

    async def client(self) -> Client:
        async with self.store.read() as uow:
            found = await uow.clients.get(scope=EVERYTHING, id=self.acme)
        assert found is not None
        return found

    async def events(self) -> list[Event]:
        async with self.store.read() as uow:
            return (await uow.events.all(scope=EVERYTHING, type="outlier"))[::-1]

    async def story(self) -> list[tuple[str, str]]:
        """Phase and subject of what was told."""
        return [(event.phase, event.subject) for event in await self.events()]

    async def episode_rows(self) -> list[Episode]:
        async with self.store.read() as uow:
            return (await uow.episodes.all(scope=EVERYTHING))[::-1]

    async def occurrences(self, definition: OutlierDefinition) -> list[Occurrence]:
        async with self.store.read() as uow:
            metrics = [metric.id or 0 for metric in await uow.metrics.all(scope=EVERYTHING)]
            found = await uow.occurrences.of_metrics(
                scope=EVERYTHING, metric_ids=metrics, start=LONG_AGO, end=FAR_AHEAD, limit=99
            )
        return [each for each in found if each.definition_id == definition.id]

    async def close(self) -> None:
        await self.outbox.close()
        await self.store.close()


def said(
    definition: OutlierDefinition,
    metric: Metric,
    *rows: Row,
    known: Sequence[int] = (),
    spacing: timedelta = HOUR,
) -> Judged:
    """What a check makes of rows; each that is worse than the one before is news to the detector."""
    count = len(rows)
    severity = np.array([bad for _, _, bad in rows], np.int8)
    verdicts = Verdicts(
        expected=np.full(count, USUAL),
        lower=np.full(count, LOWER),
        upper=np.full(count, UPPER),
        score=np.where(severity > 0, 0.8, 0.1),
        is_outlier=severity > np.concatenate([[0], severity[:-1]]),
        severity=severity,
        cause=np.where(severity > 0, 1, 0).astype(np.int8),
    )
    points = [(NOON + spacing * at, value) for at, value, _ in rows]
    return judged(definition, metric, BERLIN, points, verdicts, spacing, known=known)
