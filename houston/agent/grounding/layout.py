"""Lines, lists and tables: what a line takes over from the heading above it."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from houston.agent.grounding.cell import Name
from houston.agent.grounding.subjects import SOFT
from houston.agent.grounding.vocabulary import Mention

ROW = re.compile(r"^\s*\|")
RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s")
HEADING = re.compile(r"^\s*#{1,6}\s|:[\s*_]*$")
RECENT = 3
CARRIED = ("metric", "channel", "client")


@dataclass(frozen=True, slots=True)
class Column:
    start: int
    end: int
    header: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """How a sentence stands on the page."""

    text: str
    is_row: bool = False
    is_header: bool = False
    is_item: bool = False
    columns: tuple[Column, ...] = ()
    number: int = 0
    """Of a table's row, from 1 on."""
    carried: Mapping[str, Name] = field(default_factory=dict)
    recent: frozenset[Name] = frozenset()
    """The names in the last few sentences, and in the question."""
    heading: str = ""
    heads: Mapping[int, Sequence[Mention]] = field(default_factory=dict)
    """The names in each column's head, by where the column begins."""

    def column(self, position: int) -> Column | None:
        return next((column for column in self.columns if column.start <= position < column.end), None)


class Layout:
    """Follows the lines of an answer from the first to the last."""

    def __init__(self) -> None:
        self._headers: tuple[str, ...] | None = None
        self._last_row: tuple[str, ...] = ()
        self._rows = 0
        self._carried: dict[str, Name] = {}
        self._has_named = False
        self._asked: frozenset[Name] = frozenset()
        self._heading = ""
        self._recent: deque[frozenset[Name]] = deque(maxlen=RECENT)

    def line(self, text: str, topic: Name = (), asked: frozenset[Name] = frozenset()) -> Line:
        """`topic`: the metric that was asked about, which holds until the answer names one.

        `asked`: all names in the question.
        """
        self._asked = asked
        if topic and not self._has_named:
            self._carried.setdefault("metric", topic)
        if not text.strip():
            return Line(text)
        if RULE.match(text):
            self._headers = self._last_row or self._headers
            return Line(text)
        if ROW.match(text):
            return self._row(text)
        self._headers, self._last_row = None, ()
        if BULLET.match(text):
            return Line(
                text, is_item=True, carried=dict(self._carried), recent=self._near(), heading=self._heading
            )
        return Line(text, carried=dict(self._carried), recent=self._near(), heading=self._heading)

    def _near(self) -> frozenset[Name]:
        return self._asked.union(*self._recent)

    def _row(self, text: str) -> Line:
        places = _places(text)
        cells = tuple(text[start:end].strip() for start, end in places)
        self._last_row = cells
        if self._headers is None:
            self._headers, self._rows = cells, 0
            return Line(text, is_header=True, carried=dict(self._carried))
        self._rows += 1
        padded = (*self._headers, *("",) * len(places))
        columns = tuple(Column(start, end, padded[index]) for index, (start, end) in enumerate(places))
        return Line(
            text,
            is_row=True,
            columns=columns,
            number=self._rows,
            carried=dict(self._carried),
            recent=self._near(),
            heading=self._heading,
        )

    def remember(self, line: Line, mentions: list[Mention]) -> None:
        """What is in it for the lines that follow.

        What a heading is about holds for the list or the table under it, and its metric for the text
        that follows.
        """
        self._has_named |= any(mention.dimension == "metric" for mention in mentions)
        if line.text.strip():
            self._recent.append(frozenset(one.name for one in mentions if one.dimension not in SOFT))
        if not line.text.strip() or line.is_row or line.is_header or RULE.match(line.text):
            return None
        if line.is_item:
            return self._remember_metric(mentions)
        heading = bool(HEADING.search(line.text.rstrip()))
        self._heading = line.text if heading else ""
        before, self._carried = self._carried, {}
        for dimension in CARRIED if heading else CARRIED[:1]:
            names = {mention.name for mention in mentions if mention.dimension == dimension}
            if len(names) == 1:
                self._carried[dimension] = names.pop()
            elif not names and dimension == "metric" and dimension in before:
                self._carried[dimension] = before[dimension]
        return None

    def _remember_metric(self, mentions: list[Mention]) -> None:
        """A list whose heading names no metric goes on with that of its last item."""
        names = {mention.name for mention in mentions if mention.dimension == "metric"}
        if len(names) == 1 and "metric" not in self._carried:
            self._carried["metric"] = names.pop()


def _places(text: str) -> list[tuple[int, int]]:
    bars = [found.start() for found in re.finditer(r"(?<!\\)\|", text)]
    ends = [*bars[1:], len(text.rstrip())] if len(bars) > 1 and not text.rstrip().endswith("|") else bars[1:]
    return [(start + 1, end) for start, end in zip(bars, ends, strict=False)]
