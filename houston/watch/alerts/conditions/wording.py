"""A condition as it can be typed, and what it means in words."""

import re
from datetime import timedelta

from houston.watch.alerts.conditions.figures import figure
from houston.watch.alerts.conditions.kinds import (
    Changed,
    Column,
    Condition,
    Day,
    Flag,
    Moment,
    Number,
    RowCount,
    Shift,
    Silence,
    Threshold,
    Value,
    Wish,
)
from houston.watch.alerts.conditions.phrases import AUXILIARY, ROWS, VERBS, VERSUS, WHICH
from houston.watch.alerts.conditions.tokens import quoted

PLAIN = re.compile(r"[^\W\d]\w*(?: [^\W\d]\w*)*")
OWN_WORDS = frozenset(
    {*WHICH, *VERBS, *VERSUS, *AUXILIARY, *ROWS, "until", "recovers", "no", "number", "row"}
)
"""A name that holds any of these is quoted, though not each would be misread."""

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
IN_ROWS = {"any": "in any row", "first": "in the first row", "all": "in all rows"}
SAID = {
    **{"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"},
    **{"=": "is", "!=": "is not", "contains": "contains"},
}
SAID_OF_TIME = {"<": "is before", "<=": "is not after", ">": "is after", ">=": "is not before"}
COUNTED = {"<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least", "=": "exactly"}
THEN: dict[Wish, str] = {
    "previous": "in the previous run",
    "yesterday": "yesterday at this time",
    "last_week": "a week ago",
    "same_day_last_week": "on the same day last week",
}
MOVED = {"drops": "below", "rises": "above", "changes": "away from"}
RUNS: dict[Wish, str] = {
    "previous": "previous run",
    "yesterday": "yesterday",
    "last_week": "last week",
    "same_day_last_week": "same day last week",
}


def written(condition: Condition) -> str:
    """As it can be typed: it reads back as the same condition."""
    match condition:
        case RowCount():
            return f"rows {condition.operator} {figure(condition.value)}"
        case Silence():
            where = f" in {quoted(condition.column.name)}" if condition.column else ""
            return f"no data{where} for {lasting(condition.length)}"
        case Changed():
            return f"{_subject(condition)} changed vs {RUNS[condition.wish]}"
        case Shift():
            moved = f"{condition.direction} by {figure(condition.amount)}"
            return f"{_subject(condition)} {moved} vs {RUNS[condition.wish]}"
        case Threshold():
            until = condition.until
            beyond = f" until {until.operator} {figure(until.value)}" if until else ""
            return f"{_subject(condition)} {condition.operator} {value(condition.value)}{beyond}"


def meaning(condition: Condition) -> str:
    """`fires when Revenue is below 10,000 in any row`."""
    return f"fires when {_meant(condition)}"


def value(wanted: Value) -> str:
    match wanted:
        case Number():
            return figure(wanted)
        case Flag():
            return "true" if wanted.is_true else "false"
        case Day():
            return wanted.day.isoformat()
        case Moment():
            return wanted.at.isoformat(" ")
        case _:
            return quoted(wanted.text)


def lasting(length: timedelta) -> str:
    """`3 hours`, `90 seconds`."""
    seconds = length // timedelta(seconds=1)
    unit, size = next(each for each in UNITS if seconds % each[1] == 0)
    return f"{seconds // size:d} {unit}{'' if seconds == size else 's'}"


def _meant(condition: Condition) -> str:
    match condition:
        case RowCount():
            return _rows(condition)
        case Silence():
            where = f"in {condition.column.name}" if condition.column else "in the rows"
            return f"no row came for {lasting(condition.length)}, by the newest time {where}"
        case Changed():
            then = THEN[condition.wish]
            return f"{condition.column.name} is not what it was {then}, {IN_ROWS[condition.which]}"
        case Shift():
            amount = f"{figure(condition.amount)} or more {MOVED[condition.direction]}"
            then = THEN[condition.wish]
            return f"{condition.column.name} is {amount} what it was {then}, {IN_ROWS[condition.which]}"
        case Threshold():
            names = SAID | SAID_OF_TIME if isinstance(condition.value, Day | Moment) else SAID
            said = f"{names[condition.operator]} {value(condition.value)} {IN_ROWS[condition.which]}"
            until = condition.until
            beyond = f", until it {SAID[until.operator]} {figure(until.value)}" if until else ""
            return f"{condition.column.name} {said}{beyond}"


def _rows(condition: RowCount) -> str:
    if condition.value.value == 0 and condition.operator in ("=", "<=", ">", "!="):
        return "there are no rows" if condition.operator in ("=", "<=") else "there is any row"
    if condition.operator == "!=":
        return f"the number of rows is not {figure(condition.value)}"
    return f"there are {COUNTED[condition.operator]} {figure(condition.value)} rows"


def _subject(condition: Threshold | Changed | Shift) -> str:
    if condition.column.longer:
        return condition.column.longer
    if condition.which != "any":
        return f"{condition.which} {quoted(condition.column.name)}"
    return _name(condition.column)


def _name(column: Column) -> str:
    is_plain = PLAIN.fullmatch(column.name) and not OWN_WORDS.intersection(column.name.lower().split())
    return column.name if is_plain else quoted(column.name)
