"""Which earlier row is a row's own: the one with the same texts, else the one in the same place."""

from collections.abc import Sequence
from dataclasses import dataclass

from houston.watch.alerts.conditions.kinds import Which
from houston.watch.alerts.conditions.rows import Rows
from houston.watch.alerts.conditions.thresholds import filled

Label = tuple[str, ...]
Place = tuple[Rows, int]
"""Rows, and the column that is watched in them."""

UNPAIRED = "Nobody can say which row is which earlier one: give each row a name of its own in the query"


class Unpaired(Exception):
    """`why` in plain words."""

    def __init__(self, why: str = UNPAIRED) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Paired:
    """A cell now and then, neither of them empty."""

    row: int
    now: object
    then: object


def paired(now: Place, then: Place, which: Which) -> list[Paired]:
    """Rows that have no earlier one are left out, and so are empty cells. Raises Unpaired."""
    earlier = dict(filled(*then, "any"))
    partners = _partners(now, then, which)
    return [
        Paired(row=row, now=cell, then=earlier[partners[row]])
        for row, cell in filled(*now, which)
        if partners.get(row) in earlier
    ]


def _partners(now: Place, then: Place, which: Which) -> dict[int, int]:
    rows, earlier = now[0].rows, then[0].rows
    if which == "first" or len(rows) == len(earlier) == 1:
        return {0: 0}
    labels, known = _labels(*now), {label: row for row, label in enumerate(_labels(*then))}
    are_names = len(set(labels)) == len(labels) and len(known) == len(earlier)
    if are_names and any(label in known for label in labels):
        return {row: known[label] for row, label in enumerate(labels) if label in known}
    if len(rows) != len(earlier):
        raise Unpaired
    return {row: row for row in range(len(rows))}


def _labels(rows: Rows, watched: int) -> list[Label]:
    """The texts of each row, without what is watched and without dates, which move on."""
    return [_label(each, watched) for each in rows.rows]


def _label(row: Sequence[object], watched: int) -> Label:
    others = (cell for index, cell in enumerate(row) if index != watched)
    return tuple(cell for cell in others if isinstance(cell, str) and not _is_date(cell))


def _is_date(cell: str) -> bool:
    return cell[4:5] == cell[7:8] == "-" and cell[:4].isdigit()
