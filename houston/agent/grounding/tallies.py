"""Counts that nobody returned and anybody can make: `five of the 7 days beat that`, `above $4k on 3 days`.

What satisfies a comparison is counted in the returned rows. Where a sentence is read as such a count, the
rows alone decide on it, whatever else has that number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from houston.agent.grounding.aspects import EXPECTATIONS
from houston.agent.grounding.cell import Cell
from houston.agent.grounding.comparisons import (
    LENGTHS,
    Comparison,
    Counted,
    comparison_after,
    comparison_before,
    noun_before,
)
from houston.agent.grounding.earlier import is_earlier
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.fitting import covers
from houston.agent.grounding.reading import Said
from houston.agent.grounding.spans import is_when
from houston.agent.grounding.text import singular
from houston.agent.grounding.topic import Topic
from houston.agent.grounding.units import has_unit

LEVELS = ("money", "plain", "percent")
ANYTHING = frozenset(["time", "reading", "point", "value", "row"])
FEWEST = 3
"""Rows of which somebody counts some."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What the rows are held against: a figure of the sentence, or the mean of the rows."""

    figure: Figure | None
    is_told: bool = False
    """The figure was said before; else it is a bar, which may be any round number."""

    def sizes(self, values: Sequence[float]) -> Iterator[float]:
        """What it can be exactly: the mean, a row's own value that was said before, or what is written."""
        mean = sum(values) / len(values)
        if self.figure is None:
            yield mean
            return
        reading = self.figure.readings[0]
        exact = [one for one in (mean, *(values if self.is_told else ())) if covers(reading, one)]
        yield from exact
        if not self.is_told or not exact:
            yield reading.value


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that the rows decide on."""

    is_true: bool
    borne_out: frozenset[int]
    """Where the figures begin that are true with it."""


def tally(figure: Figure, said: Said, evidence: Evidence) -> Tally | None:
    """None where the figure counts nothing that can be counted."""
    counted = Counted.of(figure, said.text) if _may_count(figure) else None
    if counted is None:
        return None
    found = comparison_after(said.text, counted.end) if counted.noun else None
    found = found or comparison_before(said.text, figure.start)
    threshold = _threshold(found, figure, said) if found else None
    if found is None or threshold is None:
        return None
    noun = counted.noun or noun_before(said.text, found.start)
    columns = _columns(replace(counted, noun=noun), threshold, said, evidence)
    if not columns:
        return None
    return Tally(
        is_true=figure.readings[0].value in _true(found, threshold, columns),
        borne_out=frozenset(_with(figure, counted, threshold, found, said)),
    )


def _with(
    figure: Figure, counted: Counted, threshold: Threshold, found: Comparison, said: Said
) -> Iterator[int]:
    """Where the count stands, what it is of, and the bar that the sentence itself sets."""
    yield figure.start
    if counted.number:
        yield from (one.start for one in said.figures if figure.end <= one.start < counted.end)
    if threshold.figure and not found.is_back:
        yield threshold.figure.start


def _may_count(figure: Figure) -> bool:
    value = figure.readings[0].value
    is_length = figure.kind == "time" and figure.unit in LENGTHS
    return (is_length or figure.kind == "plain") and not figure.sign and value == int(value)


def _true(found: Comparison, threshold: Threshold, columns: Sequence[Sequence[float]]) -> set[int]:
    return {
        sum(found.holds(value, size) for value in values)
        for values in columns
        for size in threshold.sizes(values)
    }


def _threshold(found: Comparison, count: Figure, said: Said) -> Threshold | None:
    """The figure that follows the comparison; for `that`, the last one before it."""
    if found.is_mean:
        return Threshold(None)
    others = [one for one in said.figures if one.kind in LEVELS and one is not count]
    if found.is_back:
        told = [one for one in others if one.end <= min(found.start, count.start)]
        return Threshold(told[-1], is_told=True) if told else None
    return next((Threshold(one) for one in others if one.start <= found.end <= one.end), None)


def _columns(counted: Counted, threshold: Threshold, said: Said, evidence: Evidence) -> list[list[float]]:
    """The values of each list that the sentence may speak of."""
    topic = Topic.of(said, evidence)
    found = []
    for cells in evidence.columns():
        if not _is_of(cells[0], counted) or topic.excludes(cells) or not _is_measured(cells[0]):
            continue
        if threshold.figure and not has_unit(threshold.figure, cells[0], said, evidence):
            continue
        meant = [cell for cell in cells if all(is_when(cell, day) for day in topic.days[:1])] or cells
        found += [[one.value for one in each] for each in (cells, meant) if counted.are(len(each))]
    return [values for values in found if len(values) >= FEWEST]


def _is_measured(cell: Cell) -> bool:
    return not is_earlier(cell) and cell.key not in EXPECTATIONS


def _is_of(cell: Cell, counted: Counted) -> bool:
    """Whether the rows are what is counted."""
    if counted.noun in ANYTHING:
        return True
    if counted.noun in LENGTHS.values():
        return _grain(cell) == counted.noun
    return counted.noun in map(singular, cell.names)


def _grain(cell: Cell) -> str:
    if cell.span is None or "weekday" in cell.names:
        return ""
    days = (cell.span[1] - cell.span[0]).days + 1
    return "hour" if cell.clock else {1: "day", 7: "week"}.get(days, "month" if 28 <= days <= 31 else "")
