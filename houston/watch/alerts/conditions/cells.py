"""Cells, and what they are compared with."""

import operator as compare
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from houston.watch.alerts.conditions.figures import local, shown
from houston.watch.alerts.conditions.kinds import Day, Flag, Moment, Number, Operator, Value
from houston.watch.alerts.conditions.values import dated

ISO_LENGTH = len("2026-11-18")


class Mismatch(Exception):
    """A cell is of another kind than what it is compared with; `what` the cell is."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def is_empty(cell: object) -> bool:
    """NULL and NaN: such a cell is no breach, and no value either."""
    return cell is None or (isinstance(cell, float) and cell != cell)


def pair(cell: object, value: Value, zone: ZoneInfo) -> tuple[object, object]:
    """Both as what can be compared with each other. Raises Mismatch."""
    match value:
        case Number():
            return amount(cell), value.value
        case Flag():
            return _flag(cell, zone), value.is_true
        case Day():
            return local(_moment(cell, zone), zone).date(), value.day
        case Moment():
            return _moment(cell, zone), _in(value.at, zone)
        case _:
            return _text(cell, value.text, zone)


def holds(operator: Operator, left: object, right: object) -> bool:
    return bool(OPERATORS[operator](left, right))


def amount(cell: object) -> int | float:
    """Raises Mismatch."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise Mismatch(kind(cell))
    return cell


def moment(cell: object, zone: ZoneInfo) -> datetime | None:
    """The time that a cell holds, a day being its midnight there; None for what is no time."""
    try:
        return _moment(cell, zone)
    except Mismatch:
        return None


def kind(cell: object, zone: ZoneInfo | None = None) -> str:
    """`text ("n/a")`, `a number (8,750)`."""
    names = ((bool, "true or false"), ((int, float), "a number"), (date, "a date"), (str, "text"))
    name = next((name for types, name in names if isinstance(cell, types)), "something else")
    return f"{name} ({shown(cell, None, zone or ZoneInfo('UTC'))})"


def _text(cell: object, wanted: str, zone: ZoneInfo) -> tuple[object, object]:
    """A date in quotes is a date where the column holds dates."""
    if isinstance(cell, str):
        return cell.strip().casefold(), wanted.strip().casefold()
    if isinstance(cell, date) and (day := dated(wanted)):
        return pair(cell, day, zone)
    raise Mismatch(kind(cell, zone))


def _flag(cell: object, zone: ZoneInfo) -> bool:
    """Databases without booleans have 1 and 0."""
    if isinstance(cell, bool) or (isinstance(cell, int) and cell in (0, 1)):
        return bool(cell)
    raise Mismatch(kind(cell, zone))


def _moment(cell: object, zone: ZoneInfo) -> datetime:
    """Without a zone it is UTC, as databases mean it; a date is its midnight in the alert's zone."""
    try:
        found = _read(cell) if isinstance(cell, str) else cell
        if isinstance(found, datetime):
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        if isinstance(found, date):
            return datetime.combine(found, time(), zone)
    except ValueError:
        pass
    raise Mismatch(kind(cell))


def _read(cell: str) -> date:
    """Raises ValueError."""
    text = cell.strip()
    dashes = text[4:5] + text[7:8]
    if dashes != "--":
        raise ValueError("no ISO date")
    return date.fromisoformat(text) if len(text) == ISO_LENGTH else datetime.fromisoformat(text)


def _in(at: datetime, zone: ZoneInfo) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=zone)


OPERATORS: dict[Operator, Callable[[Any, Any], Any]] = {
    **{"<": compare.lt, "<=": compare.le, ">": compare.gt, ">=": compare.ge},
    **{"=": compare.eq, "!=": compare.ne, "contains": compare.contains},
}
