"""Whether a cell is of what a sentence says that a figure is of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from houston.agent.grounding import keys
from houston.agent.grounding.aspects import AVERAGE, AVERAGES, is_called_average
from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.earlier import is_earlier, row_of, speaks_of_earlier
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.moments import Moment
from houston.agent.grounding.nouns import is_anothers, leads
from houston.agent.grounding.reading import Said
from houston.agent.grounding.spans import is_when
from houston.agent.grounding.subjects import SOFT, is_hinted
from houston.agent.grounding.text import REACH, leading, name_of, says
from houston.agent.grounding.vocabulary import Mention

CARRIED = -1
"""Where a name stands that the lines before gave."""
Anchor = Mention | Moment
Wanted = Mapping[str, tuple[Anchor, ...]]
"""By dimension, the names (or dates) of which a figure must have one."""
BEST = re.compile(
    r"\b(?:highest|lowest|best|worst|top|bottom|biggest|largest|smallest|strongest|weakest|most"
    r"|least|leading|leader|channels|each|respectively|between the|outlier\w*|ranging)\b",
    re.IGNORECASE,
)
"""Words that speak of one of several without its name."""
TOGETHER = re.compile(
    r"\b(?:combined|together|altogether)\b|^[\s|*_]*(?:all|total|sum|overall)[\s*_]*\|", re.IGNORECASE
)
"""What is said of all speaks of no single one, whatever was named before."""
WHOLE = re.compile(
    r"\b(?:total|overall|all|altogether|whole|combined|together|sum|sums|adds? up|made|makes?"
    r"|account|in all|everything)\b",
    re.IGNORECASE,
)
OTHER_SIDE = re.compile(
    r"\b(?:from|vs\.?|versus|against|than|compared (?:to|with)|previous(?:ly| period)?|before)[\s*_~:]*"
    r"(?:(?:about|around|roughly|nearly|just \w+)\s)?[\s*_~$€£]*$",
    re.IGNORECASE,
)
WIDE = SOFT | {"metric", "client"}
"""What a row is of besides that which makes it one row of several."""
SHARE_OF = re.compile(r"^[\s*_]*of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Belonging:
    """How one sentence is held to its names.

    `strict`: a total is not what a row says of one channel. `recent`: the channels that may be
    meant without being named.
    """

    said: Said
    evidence: Evidence
    strict: bool
    recent: frozenset[Name]
    near: frozenset[Name]
    """All that is named in the sentence or just before it."""
    words: frozenset[str]
    """Of the sentence: a segment can be called `new`."""
    free: bool
    """It speaks of one of several without its name."""
    now: frozenset[str] = frozenset()
    """The rows of which the sentence says the newer value too."""

    @classmethod
    def of(cls, said: Said, evidence: Evidence) -> "Belonging":
        free = says(BEST, said.text) and not says(TOGETHER, said.text)
        recent = frozenset() if says(TOGETHER, said.text) else said.line.recent
        named = frozenset(one.name for one in said.mentions) | frozenset(said.line.carried.values())
        return cls(
            near=named | recent,
            words=frozenset(name_of(said.text)),
            free=free,
            said=said,
            evidence=evidence,
            strict=said.line.is_row and not says(WHOLE, said.text),
            recent=frozenset(evidence.channels) if free else recent,
        )

    def holds(self, figure: Figure, cell: Cell, wanted: Wanted) -> bool:
        if self._is_one_unnamed_channel(cell, wanted) or self._is_unnamed_part(figure, cell):
            return False
        if (
            is_earlier(cell)
            and row_of(cell) not in self.now
            and not speaks_of_earlier(self.said, figure, cell)
        ):
            return False
        if "segment" in wanted and "customer" in cell.names and "customer" not in wanted:
            return False
        return cell.role == "text" or all(
            any(self._is_of(figure, cell, dimension, anchor) for anchor in anchors)
            for dimension, anchors in wanted.items()
            if anchors
        )

    def _is_one_unnamed_channel(self, cell: Cell, wanted: Wanted) -> bool:
        channel = cell.names.get("channel")
        return (
            channel is not None
            and "channel" not in wanted
            and not self.strict
            and self.evidence.is_narrow(cell)
            and channel not in self.recent
        )

    def _is_unnamed_part(self, figure: Figure, cell: Cell) -> bool:
        """One job's or product's, where there is the figure of all and nothing says which one."""
        if cell.kind and (not self._is_named(cell.kind) or is_anothers(cell.kind, figure, self.said)):
            return True
        if self.free or cell.role not in ("level", "count"):
            return False
        metric, known = cell.names.get("metric", ()), self.evidence.known
        own = [name for d, name in cell.names.items() if d not in WIDE and len(known[metric, d]) > 1]
        if cell.role == "count" and "[" in cell.path and own and not any(map(self._is_named, own)):
            return True
        return any(not self._is_named(name) for name in self.evidence.parts(cell))

    def _is_named(self, name: Name) -> bool:
        return self.evidence.vocabulary.same(name) in self.near or self.words.issuperset(name)

    def _is_of(self, figure: Figure, cell: Cell, dimension: str, anchor: Anchor) -> bool:
        if isinstance(anchor, Moment) and dimension == "clock":
            return not cell.clock or cell.clock == anchor.clock
        if isinstance(anchor, Moment):
            if AVERAGES.search(cell.key) and is_called_average(figure, self.said):
                return True
            return is_when(cell, anchor) or (is_earlier(cell) and self._is_other_side(figure, cell))
        name = cell.names.get(dimension)
        if dimension == "metric" and self._is_other_metrics_own(figure, cell, anchor):
            return True
        if name is None:
            return not (self.strict and is_known(cell, dimension, {anchor.name}, self.evidence))
        return self.evidence.vocabulary.same(name) == anchor.name

    def _is_other_side(self, figure: Figure, cell: Cell) -> bool:
        """`from 5`, `vs. 5`: what a period is held against is of no date that the sentence names."""
        return row_of(cell) in self.now or bool(leading(OTHER_SIDE, self.said.text, figure.start))

    def _is_other_metrics_own(self, figure: Figure, cell: Cell, anchor: Mention) -> bool:
        """`3.9 % of the clicks` may be a rate of its own; a carried metric yields to a hint of another."""
        metric = cell.names.get("metric", ())
        after = self.said.text[figure.end : figure.end + REACH]
        if metric and cell.role == "count" and (leads(after, metric) or is_hinted(metric, after)):
            return True
        said_so = "average" in metric and self.words.issuperset(metric)
        if said_so and leading(AVERAGE, self.said.text, figure.start):
            return True  # `14 orders with 723.29 of revenue, on average 51.66`
        if anchor.start == CARRIED:
            return metric not in self.evidence.metrics or is_hinted(metric, self.said.text)
        is_share = figure.kind == "percent" and SHARE_OF.match(self.said.text[figure.end :])
        return bool(is_share) and cell.role == "level" and cell.key in keys.VALUES


def is_known(cell: Cell, dimension: str, names: set[Name], evidence: Evidence) -> bool:
    """Whether there are figures of this cell's metric for one of the names."""
    metric = cell.names.get("metric", ())
    return any((metric, dimension, name) in evidence.belongings for name in names)


def is_wider(cells: Sequence[Cell], dimension: str, names: set[Name], evidence: Evidence) -> bool:
    """Whether the cells are of all together, where there are figures for one of the names."""
    return bool(names and cells) and all(
        (
            cell.role not in ("text", "count")
            or (cell.role == "count" and "metric" in cell.names and "(" not in cell.path)
        )
        and dimension not in cell.names
        and not names & set(cell.names.values())
        and is_known(cell, dimension, names, evidence)
        for cell in cells
    )
