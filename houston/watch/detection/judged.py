"""What a definition says of the points of one metric that are new to it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from houston.watch.detection.calendar import Calendar
from houston.watch.detection.periods import day_of, ends
from houston.watch.detection.wording import brief, sentence, unit_of
from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.severity import Cause
from store.tables import Metric, OutlierDefinition

Readings = Sequence[tuple[datetime, float]]
"""Time and value, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """New points of one metric, and which `rows` of them are to be looked at. Only `fresh` ones may
    begin something: of a point that was judged before, only a changed value is told. `outliers` are
    those to tell of; none lies on a day that is left out. `owes`: one that began on such a day goes on,
    and is told with the next point. `earlier` rows tell of corrections only."""

    definition: OutlierDefinition
    metric: Metric
    zone: ZoneInfo
    points: Readings
    verdicts: Verdicts
    spacing: timedelta
    rows: tuple[int, ...]
    fresh: frozenset[int]
    outliers: frozenset[int]
    earlier: tuple[int, ...] = ()
    owes: bool = False

    @property
    def watched(self) -> tuple[int, int]:
        """Definition and metric."""
        return self.definition.id or 0, self.metric.id or 0

    @property
    def first(self) -> int:
        """The first row that may tell."""
        return self.rows[0] if self.rows else len(self.points)

    @property
    def may_break(self) -> bool:
        return any(row >= self.first for row in self.outliers & self.fresh)

    def after(self, moment: datetime) -> Judged:
        """What was over before teaches, and is not told."""
        count = len(self.rows)
        while count and self._ends(self.rows[count - 1]) > moment:
            count -= 1
        return replace(self, rows=self.rows[count:], earlier=(*self.earlier, *self.rows[:count]))

    def _ends(self, row: int) -> datetime:
        return ends(self.points[row][0], self.spacing, self.metric.aggregate, self.zone)

    def at(self, row: int) -> datetime:
        return self.points[row][0]

    def is_recovered(self, row: int) -> bool:
        return not goes_on(self.verdicts, self.points, row)

    def usual(self, row: int) -> dict[str, float]:
        return {
            "value": self.points[row][1],
            "expected": float(self.verdicts.expected[row]),
            "lower": float(self.verdicts.lower[row]),
            "upper": float(self.verdicts.upper[row]),
        }

    def unit(self, row: int) -> str:
        return unit_of(self.metric, float(self.verdicts.expected[row]))

    def brief(self, row: int) -> str:
        usual = self.usual(row)
        if not all(map(math.isfinite, usual.values())):
            return ""
        cause = Cause(int(self.verdicts.cause[row]))
        return brief(**usual, cause=cause, unit=self.unit(row))

    def reason(self, row: int) -> str:
        told = self.brief(row)
        return sentence(self.metric, self.at(row), self.spacing, self.zone, told) if told else ""


def judged(
    definition: OutlierDefinition,
    metric: Metric,
    zone: ZoneInfo,
    points: Readings,
    verdicts: Verdicts,
    spacing: timedelta,
    *,
    known: Collection[int] = (),
    owes: bool = False,
) -> Judged:
    """`known` are the rows that were judged before and have not changed; `owes` is of what came before."""
    left_out = _left_out(definition, points, spacing, zone)
    outliers, owes = _outliers(verdicts, points, left_out, owes)
    rows = [row for row in range(len(points)) if not left_out[row]]
    return Judged(
        definition=definition,
        metric=metric,
        zone=zone,
        points=points,
        verdicts=verdicts,
        spacing=spacing,
        rows=tuple(rows),
        fresh=frozenset(rows) - frozenset(known),
        outliers=frozenset(outliers),
        owes=owes,
    )


def _left_out(
    definition: OutlierDefinition, points: Readings, spacing: timedelta, zone: ZoneInfo
) -> NDArray[np.bool_]:
    found = np.zeros(len(points), np.bool_)
    if definition.country or definition.excluded:
        calendar = Calendar.of(definition.country, definition.excluded)
        for row, (at, _) in enumerate(points):
            found[row] = calendar.leaves_out(day_of(at, spacing, zone))
    return found


def goes_on(verdicts: Verdicts, points: Readings, row: int) -> bool:
    """Whether a row is still out of the usual. The detector adds up rows, so for a while after a spike it
    still calls usual values a shift: one well inside the band is over it."""
    if verdicts.cause[row] != Cause.SHIFT:
        return bool(verdicts.severity[row])
    value, expected = points[row][1], verdicts.expected[row]
    reach = verdicts.upper[row] - expected if value > expected else expected - verdicts.lower[row]
    return bool(abs(value - expected) > reach / 2)


def _outliers(
    verdicts: Verdicts, points: Readings, left_out: NDArray[np.bool_], owes: bool
) -> tuple[list[int], bool]:
    """What began on a day that is left out, and goes on, is told on the first day that is not."""
    if not owes and not left_out.any():
        return np.flatnonzero(verdicts.is_outlier).tolist(), False
    found: list[int] = []
    for row, is_outlier in enumerate(verdicts.is_outlier.tolist()):
        owes = is_outlier or (owes and goes_on(verdicts, points, row))
        if owes and not left_out[row]:
            found.append(row)
            owes = False
    return found, owes
