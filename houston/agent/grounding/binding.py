"""To which of a sentence's names and dates each of its figures belongs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from houston.agent.grounding.belonging import WHOLE, Anchor, Belonging, Wanted, is_wider
from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.earlier import is_earlier, row_of
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.reading import Said
from houston.agent.grounding.text import leading, says
from houston.agent.grounding.vocabulary import Mention
from houston.agent.grounding.wanting import wants

CLAUSE = re.compile(r"[;—]|,\s|\b(?:while|whereas|and|but|which)\b", re.IGNORECASE)
"""Where another thought may begin."""
PART_OF = re.compile(r"\bof(?: the| all)?[\s*_$€£]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """Under the best reading: the cells that each figure can be."""

    cells: tuple[tuple[Cell, ...], ...]
    wanted: tuple[Wanted, ...]


def bind(
    figures: Sequence[Figure], candidates: Sequence[Sequence[Cell]], said: Said, evidence: Evidence
) -> Bound:
    """The reading that leaves the fewest figures without a cell."""
    best = Bound((), ())
    least = len(figures) + 1
    belonging = replace(Belonging.of(said, evidence), now=_now(candidates))
    for wanted in wants(figures, said):
        cells = tuple(
            tuple(cell for cell in those if belonging.holds(figure, cell, want))
            for figure, those, want in zip(figures, candidates, wanted, strict=True)
        )
        without = sum(not kept and bool(those) for kept, those in zip(cells, candidates, strict=True))
        if without < least:
            best, least = Bound(cells, tuple(wanted)), without
        if not without:
            break
    return best


def _now(candidates: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """The rows of which the newer value is said."""
    newer = [
        cell
        for cells in candidates
        for cell in cells
        if cell.key in ("value", "total") and not is_earlier(cell)
    ]
    return frozenset(map(row_of, newer))


def unclaimed(bound: Bound, figures: Sequence[Figure], said: Said, evidence: Evidence) -> set[int]:
    """Figures said of a channel, a customer or the like, where only something wider has that value."""
    if says(WHOLE, said.text):
        return set()
    outof = {index for index, figure in enumerate(figures) if leading(PART_OF, said.text, figure.start)}
    return {
        index
        for index, (cells, wanted) in enumerate(zip(bound.cells, bound.wanted, strict=True))
        if index not in outof
        and any(
            is_wider(
                cells,
                d,
                _names(anchors, figures[index], said) - _all_said(d, cells, said, evidence),
                evidence,
            )
            for d, anchors in wanted.items()
        )
    }


def _names(anchors: Sequence[Anchor], figure: Figure, said: Said) -> set[Name]:
    """Those that stand before the figure, in its own clause."""
    return {
        anchor.name
        for anchor in anchors
        if isinstance(anchor, Mention)
        and 0 <= anchor.start < figure.start
        and (said.line.is_row or not CLAUSE.search(said.text[anchor.end : figure.start]))
    }


def _all_said(dimension: str, cells: Sequence[Cell], said: Said, evidence: Evidence) -> set[Name]:
    """The names in the sentence, where they are all that there are: together they are the whole."""
    named = {mention.name for mention in said.mentions if mention.dimension == dimension}
    if len(named) < 2:
        return set()
    metrics = {cell.names.get("metric", ()) for cell in cells}
    known = set[Name]().union(*(evidence.known[metric, dimension] for metric in metrics))
    return named if len(known) > 1 and known <= named else set()
