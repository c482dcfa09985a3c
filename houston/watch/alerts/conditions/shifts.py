"""Judges `Revenue changed` and `Revenue drops 20% vs last week`."""

from functools import partial
from math import inf, isclose
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.cells import Mismatch, amount, moment
from houston.watch.alerts.conditions.columns import found
from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.figures import digits, shown
from houston.watch.alerts.conditions.findings import Finding, Tested, failed, finding, missing
from houston.watch.alerts.conditions.kinds import Changed, Number, Shift, Wish
from houston.watch.alerts.conditions.pairing import Paired, Unpaired, paired
from houston.watch.alerts.conditions.rows import Rows
from houston.watch.alerts.conditions.thresholds import NO_ROWS, empty, filled
from houston.watch.alerts.conditions.wording import THEN

NO_BASELINE = "No baseline yet"


def movement(condition: Changed | Shift, rows: Rows, earlier: Rows | None, zone: ZoneInfo) -> Finding:
    """Raises ConditionError for a column that is not there."""
    index, which = found(condition, rows.columns)
    if not rows.rows:
        return missing(NO_ROWS)
    if not filled(rows, index, which):
        return missing(empty(rows.columns[index], which))
    then = _column(condition, earlier) if earlier and earlier.rows else None
    if earlier is None or then is None:
        return _no_baseline(condition.wish, f"there was no run with {rows.columns[index]}")
    try:
        pairs = paired((rows, index), (earlier, then), which)
        if not pairs:
            return _no_baseline(condition.wish, f"{rows.columns[index]} was empty")
        tested = [_tested(condition, each, zone) for each in pairs]
    except Unpaired as error:
        return failed(error.why)
    except Mismatch as error:
        return failed(f"{rows.columns[index]} holds {error.what}, which cannot drop or rise")
    tested.sort(key=lambda each: each[0], reverse=True)
    return finding([test for _, test in tested], which, is_cut=rows.is_cut or earlier.is_cut)


def _column(condition: Changed | Shift, earlier: Rows) -> int | None:
    """None for a run of before the query had this column."""
    try:
        return found(condition, earlier.columns)[0]
    except ConditionError:
        return None


def _no_baseline(wish: Wish, why: str) -> Finding:
    return Finding(text="", verdict="ok", note=f"{NO_BASELINE}: {why} {THEN[wish]}")


def _tested(condition: Changed | Shift, each: Paired, zone: ZoneInfo) -> tuple[float, Tested]:
    """With how far it went."""
    if isinstance(condition, Shift):
        return _shifted(condition, each, zone)
    is_same = _same(each.now, each.then, zone)
    show = partial(_changed, each, is_same, zone)
    return float(not is_same), Tested(row=each.row, is_breach=not is_same, show=show)


def _changed(each: Paired, is_same: bool, zone: ZoneInfo) -> str:
    """`8,750, was 8,000`."""
    before = "unchanged" if is_same else f"was {shown(each.then, None, zone)}"
    return f"{shown(each.now, None, zone)}, {before}"


def _shifted(condition: Shift, each: Paired, zone: ZoneInfo) -> tuple[float, Tested]:
    now, then = amount(each.now), amount(each.then)
    way = _way(condition, now, then)
    is_breach = way > 0 and (way >= condition.amount.value or isclose(way, condition.amount.value))
    like = None if condition.amount.is_percent else condition.amount
    return way, Tested(row=each.row, is_breach=is_breach, show=partial(_said, now, then, like, zone))


def _way(condition: Shift, now: float, then: float) -> float:
    """How far it went the way that is watched, in the amount's unit; from nothing, it is endless."""
    gone = _difference(then, now) if condition.direction == "drops" else _difference(now, then)
    gone = abs(gone) if condition.direction == "changes" else gone
    if not condition.amount.is_percent or gone == 0:
        return gone
    return _percent(gone, then)


def _difference(one: float, other: float) -> float:
    """Endless cells of one sign do not differ."""
    return 0.0 if one == other else _float(one) - _float(other)


def _percent(gone: float, then: float) -> float:
    if then == 0 or abs(gone) == inf:
        return inf if gone > 0 else -inf
    return gone / abs(_float(then)) * 100


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _said(now: float, then: float, like: Number | None, zone: ZoneInfo) -> str:
    """`7,000, 30% below 10,000`."""
    before = shown(then, like, zone)
    if now == then:
        return f"{shown(now, like, zone)}, unchanged"
    gone = _percent(_difference(now, then), then)
    side = "below" if gone < 0 else "above"
    size = f"{digits(abs(gone))}% " if abs(gone) != inf else ""
    return f"{shown(now, like, zone)}, {size}{side} {before}"


def _same(now: object, then: object, zone: ZoneInfo) -> bool:
    """Sums of the same numbers may differ in their last digits. Times may have been kept as text."""
    if isinstance(now, int | float) and isinstance(then, int | float):
        return isinstance(now, bool) == isinstance(then, bool) and isclose(_float(now), _float(then))
    if isinstance(now, str) and isinstance(then, str):
        return now == then
    at = moment(now, zone)
    return now == then or (at is not None and at == moment(then, zone))
