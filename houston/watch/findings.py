"""What an outlier definition says of new points: as checks of a lifecycle, as occurrences, as findings."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from houston.watch.outliers.detector import Verdicts
from houston.watch.outliers.severity import SEVERITIES, Cause, reason
from houston.watch.policy import Policy
from houston.watch.rows import Sighting
from store.ids import Ids
from store.tables import Metric, Occurrence, OutlierDefinition, Point

SAME_INCIDENT = 12
"""An outlier within this many points of the one before belongs to the same incident."""

RECOVERED = 2
"""So many usual points in a row end an incident."""

OUTLIER = Policy(keep_firing_for=RECOVERED, repeat_after=timedelta(hours=6))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An outlier that a check found; `is_news` unless it goes on an incident that was told."""

    definition: OutlierDefinition
    metric: Metric
    occurrence: Occurrence
    is_news: bool

    def as_dict(self) -> dict[str, object]:
        found = self.occurrence.model_dump(
            include={"value", "expected", "lower", "upper", "severity", "reason"}
        )
        return {
            "definition": self.definition.name,
            "metric": self.metric.name,
            "channel": self.metric.channel,
            "time": self.occurrence.time.isoformat(),
            **found,
            "alerts": self.is_news,
        }

    def sentence(self) -> str:
        goes_on = "" if self.is_news else " (goes on)"
        found = self.occurrence
        return f"{found.time:%Y-%m-%d %H:%M} {found.severity}: {named(self.metric)} {found.reason}{goes_on}"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """New points of one metric, oldest first, and which `rows` of them are to be looked at."""

    definition: OutlierDefinition
    metric: Metric
    points: Sequence[Point]
    verdicts: Verdicts
    spacing: timedelta
    rows: tuple[int, ...]

    @property
    def name(self) -> str:
        """What a lifecycle's key says after its kind."""
        return f"{self.definition.id}:{self.metric.id}"

    @property
    def policy(self) -> Policy:
        """An incident goes on where an outlier follows the one before within SAME_INCIDENT points."""
        reach = SAME_INCIDENT * self.spacing
        return replace(OUTLIER, reopen_within=reach - RECOVERED * self.spacing, forget_after=reach)

    @property
    def outliers(self) -> list[int]:
        return [row for row in self.rows if self.verdicts.is_outlier[row]]

    def after(self, moment: datetime | None) -> "Judged":
        """The rows that are later."""
        if moment is None:
            return self
        return replace(self, rows=tuple(row for row in self.rows if self.points[row].time > moment))

    def without(self, known: Collection[datetime]) -> "Judged":
        """But for the outliers of these times."""
        old = {row for row in self.outliers if self.points[row].time in known}
        return replace(self, rows=tuple(row for row in self.rows if row not in old))

    def from_first_outlier(self) -> "Judged":
        """What is before one changes nothing where all is well."""
        first = min(self.outliers, default=len(self.points))
        return replace(self, rows=tuple(row for row in self.rows if row >= first))

    def occurrences(self, ids: Ids, now: datetime) -> dict[int, Occurrence]:
        """One for each outlier, by its row."""
        return {row: self._occurrence(row, ids, now) for row in self.outliers}

    def sightings(self, kind: str, occurrences: Mapping[int, Occurrence]) -> list[Sighting]:
        return [self._sighting(kind, row, occurrences.get(row)) for row in self.rows]

    def _sighting(self, kind: str, row: int, occurrence: Occurrence | None) -> Sighting:
        metric = self.metric
        told = {
            "occurrence_id": str(occurrence.id) if occurrence else "",
            "time": self.points[row].time.isoformat(),
            "definition": self.definition.name,
            "definition_id": self.definition.id,
            "metric_id": metric.id,
            "metric": metric.name,
            "channel": metric.channel,
            "unit": metric.unit,
            "reason": self._reason(row),
        }
        return Sighting(
            key=f"{kind}:{self.name}",
            type="outlier",
            client_id=metric.client_id,
            subject=named(metric),
            at=self.points[row].time,
            verdict="breach" if occurrence else "ok",
            severity=occurrence.severity if occurrence else "info",
            is_recovered=self._is_recovered(row),
            payload=told | {name: _finite(value) for name, value in self._usual(row).items()},
        )

    def _is_recovered(self, row: int) -> bool:
        """The detector adds up rows, so for a while after a spike it still calls usual values a shift:
        one well inside the band is over it."""
        if self.verdicts.cause[row] != Cause.SHIFT:
            return not self.verdicts.severity[row]
        value, expected, lower, upper = self._usual(row).values()
        reach = upper - expected if value > expected else expected - lower
        return bool(abs(value - expected) <= reach / 2)

    def _occurrence(self, row: int, ids: Ids, now: datetime) -> Occurrence:
        point = self.points[row]
        return Occurrence(
            id=ids.next(),
            definition_id=self.definition.id or 0,
            metric_id=point.metric_id,
            client_id=self.metric.client_id,
            time=point.time,
            score=float(self.verdicts.score[row]),
            severity=SEVERITIES[int(self.verdicts.severity[row])],
            reason=self._reason(row),
            found_at=now,
            **self._usual(row),
        )

    def _reason(self, row: int) -> str:
        usual = self._usual(row)
        if not all(map(math.isfinite, usual.values())):
            return ""
        return reason(**usual, cause=Cause(int(self.verdicts.cause[row])))

    def _usual(self, row: int) -> dict[str, Any]:
        return {
            "value": self.points[row].value,
            "expected": float(self.verdicts.expected[row]),
            "lower": float(self.verdicts.lower[row]),
            "upper": float(self.verdicts.upper[row]),
        }


def findings(judged: Judged, occurrences: Mapping[int, Occurrence], opened: Collection[int]) -> list[Finding]:
    """`opened` are the rows that began an incident."""
    return [
        Finding(
            definition=judged.definition, metric=judged.metric, occurrence=occurrence, is_news=row in opened
        )
        for row, occurrence in occurrences.items()
    ]


def named(metric: Metric) -> str:
    """The metric as rules name it: `name`, or `name/channel`."""
    return f"{metric.name}/{metric.channel}" if metric.channel else metric.name


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
