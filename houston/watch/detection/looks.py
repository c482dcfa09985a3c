"""The rows of what was judged as looks at watched metrics: what broke, what goes on, what was corrected."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from houston.watch.detection.importance import Importance
from houston.watch.detection.judged import Judged
from store.ids import Ids
from store.tables import Metric, Occurrence

Verdict = Literal["breach", "ok", "lingering", "changed", "corrected"]
"""`changed` is an outlier that has another value now and still is one, `corrected` one that is none."""

Values = Mapping[datetime, float]
"""The outliers that were found before: when, with which value."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """One row of one metric. `facts` are what a message tells of it; `judged` and `row` say where it
    comes from. `weight` is how much the metric matters beside others."""

    judged: Judged
    row: int
    at: datetime
    verdict: Verdict
    severity: str
    facts: Mapping[str, Any]
    weight: float
    occurrence: Occurrence | None = None

    @property
    def watched(self) -> tuple[int, int]:
        """Definition and metric."""
        return self.judged.watched

    @property
    def is_correction(self) -> bool:
        return self.verdict in ("changed", "corrected")

    @property
    def spacing(self) -> timedelta:
        return self.judged.spacing


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Makes looks of what was judged; `known` are the outliers that were found before, by definition and
    metric."""

    ids: Ids
    now: datetime
    importance: Importance
    known: Mapping[tuple[int, int], Values]

    def looks(self, judged: Judged) -> list[Look]:
        verdicts = _verdicts(judged, self.known.get(judged.watched, {}))
        return [self._look(judged, row, verdict) for row, verdict in verdicts]

    def _look(self, judged: Judged, row: int, verdict: Verdict) -> Look:
        severity = self.importance.severity(judged.metric, int(judged.verdicts.severity[row]))
        occurrence = None
        if verdict in ("breach", "changed"):
            severity = severity if severity != "none" else "info"
            occurrence = self._occurrence(judged, row, severity)
        return Look(
            judged=judged,
            row=row,
            at=judged.at(row),
            verdict=verdict,
            severity=severity,
            facts=facts(judged, row, occurrence),
            weight=self.importance.weight(judged.metric.id or 0),
            occurrence=occurrence,
        )

    def _occurrence(self, judged: Judged, row: int, severity: str) -> Occurrence:
        return Occurrence(
            id=self.ids.next(),
            definition_id=judged.definition.id or 0,
            metric_id=judged.metric.id or 0,
            client_id=judged.metric.client_id,
            time=judged.at(row),
            score=float(judged.verdicts.score[row]),
            severity=severity,
            reason=judged.reason(row),
            found_at=self.now,
            **judged.usual(row),
        )


def _verdicts(judged: Judged, found: Values) -> Iterator[tuple[int, Verdict]]:
    """Without what has been told already, as it is. Where what told of trouble is corrected, a later point
    may take its place."""
    takes_over = False
    for row in (*judged.earlier, *judged.rows):
        at, value = judged.points[row]
        is_outlier, is_well = row in judged.outliers, judged.is_recovered(row)
        if at in found:
            if found[at] != value:
                is_corrected = is_well and not is_outlier
                takes_over = takes_over or is_corrected
                yield row, "corrected" if is_corrected else "changed"
        elif row >= judged.first:
            may_tell = row in judged.fresh or takes_over
            yield row, "breach" if is_outlier and may_tell else "ok" if is_well else "lingering"


def facts(judged: Judged, row: int, occurrence: Occurrence | None) -> dict[str, Any]:
    definition, metric = judged.definition, judged.metric
    return {
        "occurrence_id": str(occurrence.id) if occurrence else "",
        "time": judged.at(row).isoformat(),
        "definition": definition.name,
        "definition_id": definition.id,
        "metric_id": metric.id,
        "metric": metric.name,
        "channel": metric.channel,
        "unit": judged.unit(row),
        "reason": judged.reason(row),
        "brief": judged.brief(row),
        "spacing": judged.spacing.total_seconds(),
        **{name: _finite(value) for name, value in judged.usual(row).items()},
    }


def named(metric: Metric) -> str:
    """The metric as rules name it: `name`, or `name/channel`."""
    return f"{metric.name}/{metric.channel}" if metric.channel else metric.name


def named_by(facts: Mapping[str, Any]) -> str:
    """The same of the facts of a look."""
    return f"{facts['metric']}/{facts['channel']}" if facts.get("channel") else str(facts["metric"])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
