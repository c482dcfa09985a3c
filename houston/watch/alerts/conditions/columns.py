"""Which of a result's columns is meant."""

import re
from collections.abc import Sequence

from houston.watch.alerts.conditions.errors import ConditionError
from houston.watch.alerts.conditions.kinds import Column, Condition, RowCount, Silence, Which
from houston.watch.quoting import nearest

LISTED = 8
GAP = re.compile(r"[\s_\-]+")


def check(condition: Condition, columns: Sequence[str]) -> None:
    """Raises ConditionError for a column that is not there, with the one that was probably meant."""
    if isinstance(condition, RowCount):
        return
    if condition.column is not None:
        find(condition.column, columns, condition.text)


def found(condition: Condition, columns: Sequence[str]) -> tuple[int, Which]:
    """Where the column is, and which rows count. Raises ConditionError."""
    assert not isinstance(condition, RowCount | Silence)
    index, is_longer = find(condition.column, columns, condition.text)
    return index, "any" if is_longer else condition.which


def find(column: Column, columns: Sequence[str], text: str) -> tuple[int, bool]:
    """Its index, and whether it is called by the longer name. Case, and spaces for `_`, do not matter unless
    several columns are alike. Raises ConditionError."""
    for name, is_longer in ((column.name, False), (column.longer, True)):
        for alike in (str, _folded, _flat):
            same = [index for index, each in enumerate(columns) if alike(each) == alike(name)]
            if len(same) > 1:
                why = f"Several columns are called {columns[same[0]]}; name them apart in the query"
                raise ConditionError(why, text, column.at)
            if same:
                return same[0], is_longer
    raise ConditionError(_unknown(column.name, columns), text, column.at)


def _unknown(name: str, columns: Sequence[str]) -> str:
    if not columns:
        return "The result has no columns"
    if meant := nearest(name, columns):
        return f"The result has no column {name}; did you mean {meant}?"
    more = f" and {len(columns) - LISTED} more" if len(columns) > LISTED else ""
    return f"The result has no column {name}; it has {', '.join(columns[:LISTED])}{more}"


def _folded(name: str) -> str:
    return name.strip().casefold()


def _flat(name: str) -> str:
    return GAP.sub(" ", _folded(name)).strip()
