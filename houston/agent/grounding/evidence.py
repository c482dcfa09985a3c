"""Everything that was returned in a conversation, kept so that a figure is found at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from houston.agent.grounding.cell import Cell, Measure, Name
from houston.agent.grounding.cells import harvest
from houston.agent.grounding.figures import figures
from houston.agent.grounding.place import Harvest, Span, Stamp
from houston.agent.grounding.subjects import SOFT
from houston.agent.grounding.text import name_of
from houston.agent.grounding.vocabulary import Vocabulary
from houston.agent.grounding.words import spelled

Shelf = Literal["plain", "percent", "time", "times"]
UNITS = {"points": "pp", "percent": "%", "times": "×"}
MEASURES: Mapping[str, Measure] = {"points": "percent", "percent": "percent", "time": "time"}
SMALLEST_SHARE = 1.0
LEAST_TIMES = 5.0
"""Percent of change below which nobody says how many times as much it became."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as one kind of figure shows it: 0.0405 is also 4.05 %."""

    value: float
    shelf: Shelf
    cell: Cell


class Evidence:
    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._entries: list[Entry] = []
        self._values: list[float] = []
        self._sorted = True
        self.vocabulary = Vocabulary()
        self.spans: set[Span] = set()
        self.clocks: set[str] = set()
        self.stamps: list[Stamp] = []
        self._shapes: set[tuple[str, Name, frozenset[str]]] = set()
        """(result, metric, kinds of names) of all figures."""
        self.links: set[str] = set()
        self.names: set[str] = set()
        """Names with digits or dots in them, as returned, without regard to case."""
        self.ids: set[str] = set()
        self.nouns: set[Name] = set()
        self.metrics: set[Name] = set()
        self.channels: set[Name] = set()
        self._totals: set[tuple[str, Name]] = set()
        """(result, metric) that have a figure for all channels together."""
        self.currencies: set[str] = set()
        self.belongings: set[tuple[Name, str, Name]] = set()
        """(metric, dimension, name) of which there are figures."""
        self.known: dict[tuple[Name, str], set[Name]] = defaultdict(set)
        """By (metric, dimension): the names of which there are figures."""
        self.aspects: set[str] = set()
        self.rows = 0
        """Of the longest list."""
        self._columns: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        """(list, field): what its rows have there."""
        self._cut: set[str] = set()
        """Results whose lists are not whole."""

    def learn(self, data: Mapping[str, Any]) -> None:
        self.take(harvest(data, self._zone, ref=str(data.get("ref", ""))))

    def take(self, found: Harvest) -> None:
        for one, other in found.aliases:
            self.vocabulary.alias(one, other)
        for dimension, text in found.labels:
            self._name(dimension, text)
        for cell in found.cells:
            self.add(cell)
        for path, text, trusted in found.texts:
            self._read(path, text, trusted=trusted)
        self.spans |= found.spans
        self.stamps += found.stamps
        self.clocks |= {stamp.clock for stamp in found.stamps}
        self.links |= found.links
        self.nouns |= found.nouns

    def add(self, cell: Cell) -> None:
        entries = [Entry(abs(value), shelf, cell) for shelf, value in _shelves(cell)]
        self._entries += entries
        self._sorted = False
        if len(cell.unit) == 3 and cell.unit.isupper():
            self.currencies.add(cell.unit)
        metric = cell.names.get("metric", ())
        for dimension, name in cell.names.items():
            self.known[metric, dimension].add(name)
        self.belongings |= {(metric, dimension, name) for dimension, name in cell.names.items()}
        self.aspects.add(cell.key)
        if metric:
            self._shapes.add((cell.path.partition(".")[0], metric, _kinds(cell)))
        if "channel" in cell.names:
            self.channels.add(cell.names["channel"])
        elif metric and cell.key == "total":
            self._totals.add((cell.path.partition(".")[0], metric))
        if cell.role == "count":
            self.rows = max(self.rows, int(cell.value))
        if cell.key == "left_out" and cell.value:
            self._cut.add(cell.path.rpartition(".")[0])
        if cell.role == "level" and cell.path.endswith(f"].{cell.key}"):
            self._columns[cell.path[: cell.path.rindex("[")], cell.key].append(cell)
        if cell.role == "id" and cell.value == int(cell.value):
            self.ids.add(str(int(cell.value)))

    def columns(self) -> Iterable[Sequence[Cell]]:
        """Each field of each list that was returned whole."""
        for (path, _), cells in self._columns.items():
            if path.rpartition(".")[0] not in self._cut:
                yield cells

    def is_narrow(self, cell: Cell) -> bool:
        """It is one channel's, where the same result has the figure for all of them."""
        return (cell.path.partition(".")[0], cell.names.get("metric", ())) in self._totals

    def parts(self, cell: Cell) -> Iterable[Name]:
        """The names without which the same result has the same figure of the whole; channels apart."""
        ref, metric, kinds = cell.path.partition(".")[0], cell.names.get("metric", ()), _kinds(cell)
        for kind in kinds - {"channel"}:
            if (ref, metric, kinds - {kind}) in self._shapes:
                yield cell.names[kind]

    def between(self, low: float, high: float) -> Iterable[Entry]:
        """What lies there without its sign, both ends included."""
        if not self._sorted:
            self._entries.sort(key=lambda entry: entry.value)
            self._values = [entry.value for entry in self._entries]
            self._sorted = True
        return self._entries[bisect_left(self._values, low) : bisect_right(self._values, high)]

    def nearest(self, value: float, shelf: Shelf, most: int = 3) -> list[Cell]:
        """For a complaint: the cells whose value is closest."""
        self.between(0, 0)
        entries = [entry for entry in self._entries if entry.shelf == shelf and entry.cell.role != "text"]
        entries.sort(key=lambda entry: abs(entry.value - abs(value)))
        return list({entry.cell.path: entry.cell for entry in entries}.values())[:most]

    def knows_day(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spans)

    def knows_date(self, day: date) -> bool:
        """It is in what was read, or just beside it: the day before, the day after."""
        near = timedelta(days=1)
        return any(first - near <= day <= last + near for first, last in self.spans)

    def _name(self, dimension: str, text: str) -> None:
        self.vocabulary.add(dimension, text)
        if dimension == "metric":
            self.metrics.add(name_of(text))
        plain = text.casefold()
        if text.isdigit():
            self.ids.add(text)
        elif any(char.isdigit() for char in text) or "." in text or "@" in text or spelled(text):
            self.names.add(plain)

    def _read(self, path: str, text: str, *, trusted: bool) -> None:
        """The figures inside a returned text."""
        for figure in [*figures(text), *spelled(text)]:
            unit, measure = UNITS.get(figure.kind, figure.unit), MEASURES.get(figure.kind, "plain")
            for reading in figure.readings[:1]:
                value = -reading.value if figure.sign == "-" else reading.value
                self.add(Cell(value, path, "text", measure, "text", unit, trusted=trusted))


def _kinds(cell: Cell) -> frozenset[str]:
    return frozenset(cell.names) - SOFT - {"metric"}


def _shelves(cell: Cell) -> list[tuple[Shelf, float]]:
    value = cell.value
    if cell.measure == "percent":
        if cell.role != "change":
            return [("percent", value), ("times", value / 100)]
        return (
            [("percent", value), ("times", 1 + value / 100)]
            if abs(value) >= LEAST_TIMES
            else [("percent", value)]
        )
    if cell.measure == "time":
        return [("time", value * float(cell.unit or 1)), ("plain", value)]
    shelves: list[tuple[Shelf, float]] = [("plain", value)]
    if cell.unit == "×" and cell.role == "text":
        return [("times", value)]
    if cell.unit in ("", "x", "×", "?") and cell.role == "level":
        shelves.append(("times", value))
        if abs(value) <= SMALLEST_SHARE and (value != int(value) or not value):
            shelves.append(("percent", value * 100))
    elif cell.unit == "" and cell.role == "change" and abs(value) <= SMALLEST_SHARE:
        shelves.append(("percent", value * 100))
    return shelves
