"""What a definition would have done in the past: the check's own rows, told to nobody."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np

from houston.watch.backtest_chart import backtest_chart
from houston.watch.chart import Chart, Points, Stretch
from houston.watch.definition import DefinitionDraft, settings_of
from houston.watch.detection.calendar import Calendar
from houston.watch.detection.judged import Judged, judged
from houston.watch.detection.looks import Look, named
from houston.watch.detection.matching import matches
from houston.watch.detection.periods import day_of, is_running
from houston.watch.detection.rehearsal import Rehearsal
from houston.watch.detection.seeing import Seeing
from houston.watch.detection.wording import unit_of
from houston.watch.memory import HISTORY, Readings, spacing_of
from houston.watch.outliers.bank import Bank
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from store import Scope, Store
from store.tables import Metric, OutlierDefinition

MOST_POINTS = 400_000
"""In one trial: of many series, the newest of each."""

MOST_SERIES = 200

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Past:
    """The points of the metrics that a pattern names, oldest first, and when the trial begins."""

    series: Sequence[tuple[Metric, Readings]]
    zone: ZoneInfo
    since: datetime
    verdicts: dict[Settings, Sequence[Verdicts]] = field(default_factory=dict)
    """Of earlier trials."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """`fired` are incidents, each with what broke first, the worst in front."""

    past: Past
    definition: OutlierDefinition
    judged: Sequence[Judged]
    fired: Sequence[Sequence[Look]]

    @property
    def known_since(self) -> datetime | None:
        """From when on anything could have been said; None where nothing can be yet."""
        known = [
            each.at(int(rows[0]))
            for each in self.judged
            if (rows := np.flatnonzero(np.isfinite(each.verdicts.expected))).size
        ]
        return max(min(known), self.past.since) if known else None

    def busiest(self) -> Judged | None:
        """The series that a picture is made of: the one that told most, else the first."""
        counts = Counter(look.watched for looks in self.fired for look in looks)
        return max(self.judged, key=lambda each: counts[each.watched], default=None)

    def marks(self, watched: tuple[int, int]) -> Points:
        return tuple(
            (look.at, look.judged.points[look.row][1])
            for looks in self.fired
            for look in looks
            if look.watched == watched
        )


@dataclass(frozen=True, kw_only=True)
class Trials:
    store: Store
    now: Callable[[], datetime]

    async def past(self, scope: Scope, draft: DefinitionDraft, zone: ZoneInfo, days: int) -> Past:
        now = self.now().astimezone(UTC)
        async with self.store.read() as uow:
            metrics = await uow.metrics.all(scope=scope, client_id=draft.client_id)
            found = [each for each in metrics if matches(draft.metrics, each)][:MOST_SERIES]
            limit = min(HISTORY, MOST_POINTS // max(len(found), 1))
            ids = [each.id or 0 for each in found]
            points = await uow.points.readings(scope=scope, metric_ids=ids, until=now, limit=limit)
        series = [(each, points[each.id or 0]) for each in found if each.id in points]
        return Past(
            series=[(metric, _finished(metric, each, zone, now)) for metric, each in series],
            zone=zone,
            since=now - timedelta(days=days),
        )

    async def run(self, draft: DefinitionDraft, past: Past) -> Trial:
        """Raises SeriesError for points that are none."""
        definition = _definition(draft, self.now())
        found = await asyncio.to_thread(_judge, definition, past)
        rehearsal = Rehearsal(Seeing(store=self.store, now=self.now), self.store.ids)
        await rehearsal.tell(found)
        return Trial(past=past, definition=definition, judged=found, fired=rehearsal.fired)


def picture(trial: Trial, before: Trial | None = None, *, metric_id: int | None = None) -> Chart | None:
    """Of this metric, else of the busiest one; what `before` told of besides is marked as gone."""
    meant = next((each for each in trial.judged if each.metric.id == metric_id), None)
    shown = meant or (before or trial).busiest()
    if shown is None:
        return None
    now = next(each for each in trial.judged if each.watched == shown.watched)
    fired = trial.marks(now.watched)
    rows = [row for row, (at, _) in enumerate(now.points) if at >= trial.past.since]
    return backtest_chart(
        name=named(now.metric).replace("/", " · "),
        unit=unit_of(now.metric, median(value for _, value in now.points)),
        zone=trial.past.zone,
        points=tuple(now.points[row] for row in rows),
        band=[(now.at(row), float(now.verdicts.lower[row]), float(now.verdicts.upper[row])) for row in rows],
        fired=fired,
        no_longer=tuple(mark for mark in before.marks(now.watched) if mark not in fired) if before else (),
        left_out=_left_out(trial.definition, now, rows),
    )


def _judge(definition: OutlierDefinition, past: Past) -> list[Judged]:
    """CPU work."""
    settings = settings_of(definition)
    if settings not in past.verdicts:
        bank = Bank([settings] * len(past.series))
        past.verdicts[settings] = bank.read([Series.of(points) for _, points in past.series])
    return [
        judged(definition, metric, past.zone, points, verdicts, _spacing(points)).after(past.since)
        for (metric, points), verdicts in zip(past.series, past.verdicts[settings], strict=True)
    ]


def _finished(metric: Metric, points: Readings, zone: ZoneInfo, now: datetime) -> Readings:
    running = is_running(points[-1][0], _spacing(points), metric.aggregate, zone, now)
    return points[:-1] if running else points


def _spacing(points: Readings) -> timedelta:
    return spacing_of(points) or HOUR


def _definition(draft: DefinitionDraft, now: datetime) -> OutlierDefinition:
    told = vars(draft) | {"excluded": list(draft.excluded)}
    return OutlierDefinition(id=0, created_at=now, due_at=now, **told)


def _left_out(definition: OutlierDefinition, shown: Judged, rows: Sequence[int]) -> list[Stretch]:
    """Days in a row that are not told of."""
    calendar = Calendar.of(definition.country, definition.excluded)
    found: list[Stretch] = []
    for row in rows:
        at = shown.at(row)
        if not calendar.leaves_out(day_of(at, shown.spacing, shown.zone)):
            continue
        if found and at - found[-1][1] <= shown.spacing:
            found[-1] = (found[-1][0], at + shown.spacing)
        else:
            found.append((at, at + shown.spacing))
    return found
