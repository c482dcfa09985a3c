"""The sums of a report's columns, where a sum is a figure at all."""

import re
from collections.abc import Sequence

from tools.results import rounded

NOT_ADDED = """
% age aov average avg change cpa cpc cpl cpm ctr cvr date day growth hour id index margin max maximum mean
median min minimum month no nr number pct per percent percentage price rank rate ratio roas roi score share
version week year zip
"""
"""Words in the name of a column that cannot be added up."""

IS_TOTAL = frozenset({"all", "grand total", "overall", "sum", "total", "totals"})
"""What a row says that is a sum already."""

WORD = re.compile(r"%|[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def totals(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, float | None]:
    """Of columns that hold numbers only; none where a row is a total itself."""
    if any(isinstance(cell, str) and cell.strip().casefold() in IS_TOTAL for row in rows for cell in row):
        return {}
    found = {}
    for index, column in enumerate(columns):
        held = [row[index] for row in rows if index < len(row) and row[index] is not None]
        numbers = [each for each in held if isinstance(each, int | float) and not isinstance(each, bool)]
        if numbers and len(numbers) == len(held) and adds_up(column):
            found[column] = rounded(float(sum(numbers)))
    return found


def adds_up(column: str) -> bool:
    words = {word.casefold().removesuffix("s") for word in WORD.findall(column)}
    return not words & {word.removesuffix("s") for word in NOT_ADDED.split()}
