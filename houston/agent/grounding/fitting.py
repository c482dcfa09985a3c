"""Which cells a figure can stand for, by its value, its unit, its sign and the words around it."""

import re
from collections.abc import Callable, Iterator

from houston.agent.grounding.aspects import CALCULATED, Aspect, is_said_of
from houston.agent.grounding.cell import Cell
from houston.agent.grounding.directions import PLACES, Way, changes, way_of
from houston.agent.grounding.evidence import Evidence, Shelf
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.numerals import Reading
from houston.agent.grounding.reading import Said
from houston.agent.grounding.text import leading, says
from houston.agent.grounding.units import has_unit

SHELVES: dict[str, Shelf] = {"percent": "percent", "points": "percent", "time": "time", "times": "times"}
EPSILON = 1e-9
QUOTED = re.compile(
    r"\bnotes?\b|\bsa(?:ys|id)\b|\bwrote\b|\breads\b|\baccording\b|\bmention\w*|\breport\w*|\btitled?\b|\bcalled\b|\bnamed\b|"
    r"[“”\"«»>]|\bthread\b|\bmessage\b|\bdescri\w+|\bstates?\b|\bclaim\w*",
    re.IGNORECASE,
)
LOSSES = re.compile(r"\b(?:drop|decline|decrease|loss|fall|down|lost|below|less)\w*", re.IGNORECASE)
PART = re.compile(
    r"[\s*_]*(?:of|(?:is |was |were |are )?(?:came|comes?|made|belongs?|from|by)|(?:is|was|were|are) from)\b",
    re.I,
)
"""After a percentage that is a part of something."""
BY = re.compile(r"\bby[\s*_~≈]*(?:[a-z]+\s){0,2}[\s*_~]*$", re.IGNORECASE)
UNIT = re.compile(r"[\s*_]*points?\b", re.IGNORECASE)
PERCENT_COLUMN = re.compile(r"%|percent|share|change|rate|growth|diff|off|vs|Δ|delta", re.IGNORECASE)


def fits(figure: Figure, said: Said, evidence: Evidence) -> list[Cell]:
    """Every cell that the figure can be, whatever it is said to be of."""
    way, before = _way(figure, said)
    aspect = Aspect.of(figure, said)
    return [
        cell
        for cell in _close(figure, said, evidence)
        if has_unit(figure, cell, said, evidence)
        and _sign(figure, cell, said, way, before=before)
        and is_said_of(figure, cell, aspect, evidence)
    ]


def contradicts(figure: Figure, said: Said, evidence: Evidence, is_of: Callable[[Cell], bool]) -> bool:
    """Whether this very change was returned, and went the other way; `is_of`: of what the figure is."""
    way, before = _way(figure, said)
    return (
        any(
            cell.role == "change"
            and has_unit(figure, cell, said, evidence)
            and not _sign(figure, cell, said, way, before=before)
            and is_of(cell)
            for cell in _close(figure, said, evidence)
        )
        if way or figure.sign
        else False
    )


def covers(reading: Reading, value: float, *, loose: bool = False) -> bool:
    """Whether the reading is the value rounded or cut off at its last digit."""
    low, high = _bounds(reading, loose=loose)
    return low <= abs(value) <= high


def _bounds(reading: Reading, *, loose: bool) -> tuple[float, float]:
    slack = max(reading.step * 1e-6, reading.value * 1e-14)
    if loose:
        return reading.value - reading.step / 2 - slack, reading.value + reading.step / 2 + slack
    return reading.value - reading.step / 2 - slack, reading.value + reading.step - max(
        slack, reading.step * 1e-6
    )


def _close(figure: Figure, said: Said, evidence: Evidence) -> Iterator[Cell]:
    shelves = {SHELVES.get(figure.kind, "plain")}
    if figure.kind == "plain" and _in_percent_column(figure, said):
        shelves.add("percent")
    factor = float(figure.unit) if figure.kind == "time" else 1.0
    seen: set[int] = set()
    for reading in figure.readings:
        low, high = _bounds(reading.times(factor), loose=figure.word)
        for entry in evidence.between(low, high):
            exact = entry.cell.role != "count" or entry.shelf != "plain" or _exact(reading, entry.value)
            if entry.shelf in shelves and exact and id(entry.cell) not in seen:
                seen.add(id(entry.cell))
                yield entry.cell


def _exact(reading: Reading, count: float) -> bool:
    """Counts are whole: 3 is not 3.9; thousands of them may be rounded."""
    return reading.step > 1 or abs(reading.value - count) < EPSILON


def _in_percent_column(figure: Figure, said: Said) -> bool:
    """And bare: `12 points` beside it are no percentage."""
    column = said.line.column(figure.start)
    if column is None or not PERCENT_COLUMN.search(column.header):
        return False
    return not UNIT.match(said.text, figure.end, column.end)


def _way(figure: Figure, said: Said) -> tuple[Way, bool]:
    column = said.line.column(figure.start)
    start = column.start if column else 0
    end = column.end if column else len(said.text)
    way, before = way_of(said.text[start:end], figure.start - start, figure.end - start)
    if not before and figure.kind in ("money", "plain") and PLACES.search(said.text[figure.end : end]):
        return "", False
    return way, before


def _sign(figure: Figure, cell: Cell, said: Said, way: Way, *, before: bool) -> bool:
    if cell.role == "text":
        return cell.trusted or (says(QUOTED, said.text))
    negative = cell.value < 0
    if figure.sign and not figure.readings[0].value:
        return True
    if figure.sign:
        return negative == (figure.sign == "-") and (
            not way or cell.value == 0 or negative == (way == "down")
        )
    if figure.kind in ("time", "times"):
        return True
    if way:
        return _moved(figure, cell, way, before=before)
    if cell.role != "change":
        return not negative
    return _neutral(figure, cell, said)


def _moved(figure: Figure, cell: Cell, way: Way, *, before: bool) -> bool:
    """A figure with a direction is a change that went there, or counts what went there."""
    if cell.role == "change" or cell.key == CALCULATED:
        return cell.value == 0 or (cell.value < 0) == (way == "down")
    return cell.value >= 0 and (" went " not in cell.path or cell.path.endswith(f"went {way}"))


def _neutral(figure: Figure, cell: Cell, said: Said) -> bool:
    """A change without a direction: `a difference of $5`; no bare `$5`, no `12 %` for −12 in a table."""
    column = said.line.column(figure.start)
    if cell.key == CALCULATED:
        return cell.value >= 0 or (column is None and changes(said.text))
    if column:
        return (cell.value >= 0 and changes(column.header)) or (
            cell.value < 0 and bool(LOSSES.search(column.header))
        )
    if figure.kind == "percent" and PART.match(said.text[figure.end :]):
        return bool(leading(BY, said.text, figure.start))
    return (
        changes(said.text)
        or bool(leading(BY, said.text, figure.start))
        or (figure.word and figure.kind != "percent")
    )
