"""What an alert would have done over earlier runs: the same judging, the same state machine, nothing told."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import NamedTuple

from houston.watch.alert_chart import RunSeen, alert_chart
from houston.watch.alerts.conditions import Baselines, Condition, ConditionError, Finding, Rows, Wish, judge
from houston.watch.alerts.conditions.columns import find
from houston.watch.alerts.conditions.kinds import Number, RowCount, Shift, Threshold
from houston.watch.alerts.history import all_wishes, window
from houston.watch.alerts.watched import Watched
from houston.watch.chart import Breach, Chart
from houston.watch.lifecycle import step
from houston.watch.policy import Check, Policy
from houston.watch.snapshot import Snapshot

SIDES: dict[str, Breach] = {
    **{"<": "below", "<=": "below", ">": "above", ">=": "above"},
    **{"drops": "below", "rises": "above"},
}


class Then(NamedTuple):
    """What the report gave as of a moment."""

    at: datetime
    rows: Rows


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """When it would have fired, and the first condition's value over the runs."""

    fired: tuple[datetime, ...]
    seen: tuple[RunSeen, ...]


def rehearse(what: Watched, policy: Policy, looks: Sequence[Then], known: Sequence[Then]) -> Rehearsed:
    """`looks` are when it would have been looked, `known` all earlier runs to compare with; both oldest
    first. CPU work."""
    snapshot, fired, seen = Snapshot(since=looks[0].at), [], []
    for look in looks:
        baselines = _baselines(what, look.at, known)
        judged = judge(what.rules, what.match, look.rows, baselines, look.at, what.zone)
        check = Check(
            at=look.at,
            verdict=judged.verdict,
            severity=judged.severity,
            is_recovered=judged.is_recovered,
        )
        outcome = step(snapshot, check, look.at, policy)
        snapshot = outcome.snapshot
        fired += [look.at] if outcome.tells == "fired" else []
        seen.append(_seen(what.conditions[0], judged.findings[0], look))
    return Rehearsed(fired=tuple(fired), seen=tuple(seen))


def drawn(name: str, what: Watched, rehearsed: Rehearsed) -> Chart | None:
    """None where the first condition has no number to draw, or there are too few runs."""
    condition = what.conditions[0]
    if not isinstance(condition, Threshold | RowCount | Shift):
        return None
    side = condition.direction if isinstance(condition, Shift) else condition.operator
    return alert_chart(
        alert=name or condition.text,
        condition=condition.text,
        unit=_unit(condition),
        zone=what.zone,
        breach=SIDES.get(side, ""),
        runs=rehearsed.seen,
    )


def _baselines(what: Watched, now: datetime, known: Sequence[Then]) -> Baselines:
    end = bisect_left(known, now, key=lambda each: each.at)
    rows_at = next((each.at for each in reversed(known[:end]) if each.rows.rows), None)
    found = {wish: _earlier(what, wish, now, known) for wish in all_wishes(what)}
    return Baselines(**found, rows_at=rows_at, watched_since=known[0].at if known else now)


def _earlier(what: Watched, wish: Wish, now: datetime, known: Sequence[Then]) -> Rows | None:
    where = window(what, wish, now)
    start = bisect_left(known, where.start, key=lambda each: each.at)
    end = bisect_left(known, where.end, key=lambda each: each.at)
    nearest = min(known[start:end], key=lambda each: abs(each.at - where.ideal), default=None)
    return nearest.rows if nearest else None


def _seen(condition: Condition, finding: Finding, look: Then) -> RunSeen:
    value, limit = _value(condition, finding, look.rows), None
    if isinstance(condition, RowCount) or (
        isinstance(condition, Threshold) and isinstance(condition.value, Number)
    ):
        limit = float(condition.value.value)  # type: ignore[union-attr]
    return RunSeen(time=look.at, value=value, limit=limit, broken=finding.verdict == "breach")


def _value(condition: Condition, finding: Finding, rows: Rows) -> float | None:
    """The one that the finding shows, if it is a number."""
    if isinstance(condition, RowCount):
        return float(rows.count if rows.count is not None else len(rows.rows))
    if not isinstance(condition, Threshold | Shift) or finding.row is None:
        return None
    try:
        index, _ = find(condition.column, rows.columns, condition.text)
    except ConditionError:
        return None
    cell = rows.rows[finding.row][index]
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell)
    return float(cell) if is_number else None  # type: ignore[arg-type]


def _unit(condition: Threshold | RowCount | Shift) -> str:
    number = condition.amount if isinstance(condition, Shift) else condition.value
    if not isinstance(number, Number) or (isinstance(condition, Shift) and number.is_percent):
        return ""
    return (number.before or number.after).strip()
