"""Judges `Revenue < 10000`."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.cells import Mismatch, holds, is_empty, pair
from houston.watch.alerts.conditions.columns import found
from houston.watch.alerts.conditions.figures import shown
from houston.watch.alerts.conditions.findings import Finding, Tested, failed, finding, missing
from houston.watch.alerts.conditions.kinds import Number, Operator, Threshold, Value, Which
from houston.watch.alerts.conditions.rows import Rows
from houston.watch.alerts.conditions.wording import value as worded

NO_ROWS = "The report returned no rows"


def threshold(condition: Threshold, rows: Rows, zone: ZoneInfo) -> Finding:
    """Raises ConditionError for a column that is not there."""
    index, which = found(condition, rows.columns)
    if not rows.rows:
        return missing(NO_ROWS)
    cells = filled(rows, index, which)
    if not cells:
        return missing(empty(rows.columns[index], which))
    try:
        pairs = [(row, cell, *pair(cell, condition.value, zone)) for row, cell in cells]
    except Mismatch as error:
        return failed(_mismatch(rows.columns[index], error, condition.value))
    judged = _judged(condition, pairs, which, rows, zone)
    if judged.verdict != "ok" or condition.until is None:
        return judged
    return _with_recovery(judged, condition, pairs, which)


Pair = tuple[int, object, object, object]
"""A row, its cell, and both as what can be compared."""


def filled(rows: Rows, index: int, which: Which) -> list[tuple[int, object]]:
    """The rows that count and their cells in this column, without the empty ones."""
    chosen = rows.rows[:1] if which == "first" else rows.rows
    cells = ((row, each[index]) for row, each in enumerate(chosen) if index < len(each))
    return [(row, cell) for row, cell in cells if not is_empty(cell)]


def empty(name: str, which: Which) -> str:
    return f"{name} is empty in {'the first row' if which == 'first' else 'every row'}"


def _judged(condition: Threshold, pairs: list[Pair], which: Which, rows: Rows, zone: ZoneInfo) -> Finding:
    like = condition.value if isinstance(condition.value, Number) else None
    ordered = _worst_first(pairs, condition.operator)
    tested = [
        Tested(
            row=row, is_breach=holds(condition.operator, left, right), show=partial(shown, cell, like, zone)
        )
        for row, cell, left, right in ordered
    ]
    return finding(tested, which, is_cut=rows.is_cut)


def _worst_first(pairs: list[Pair], operator: Operator) -> list[Pair]:
    if operator[0] not in "<>":
        return pairs
    return sorted(pairs, key=_left, reverse=operator[0] == ">")


def _left(each: Pair) -> Any:
    return each[2]


def _with_recovery(judged: Finding, condition: Threshold, pairs: list[Pair], which: Which) -> Finding:
    """Recovered where it would not fire either with what it recovers at for its threshold."""
    until = condition.until
    assert until is not None
    short = [not holds(until.operator, left, until.value.value) for _, _, left, _ in pairs]
    is_held = all(short) if which == "all" else any(short)
    return judged.waiting() if is_held else judged


def _mismatch(name: str, error: Mismatch, value: Value) -> str:
    return f"{name} holds {error.what}, which cannot be compared with {worded(value)}"
