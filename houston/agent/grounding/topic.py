"""What a sentence names, however its figures are spread over that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from houston.agent.grounding.cell import Cell, Name
from houston.agent.grounding.earlier import is_earlier
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.moments import Moment
from houston.agent.grounding.reading import Said
from houston.agent.grounding.spans import is_when
from houston.agent.grounding.subjects import SOFT, is_hinted

BINDING = ("metric", "client", "channel")


@dataclass(frozen=True, slots=True)
class Topic:
    text: str
    names: Mapping[str, frozenset[Name]]
    """By dimension, all that the sentence names."""
    days: Sequence[Moment]
    same: Callable[[Name], Name]
    """The one name of what has several."""

    @classmethod
    def of(cls, said: Said, evidence: Evidence) -> "Topic":
        names: dict[str, frozenset[Name]] = {}
        for one in said.mentions:
            dimension = "metric" if one.dimension == "field" else one.dimension
            if dimension not in SOFT:
                names[dimension] = names.get(dimension, frozenset()) | {one.name}
        days = [one for one in said.moments if one.kind in ("dates", "weekday") and not one.wrong]
        return cls(text=said.text, names=names, days=days, same=evidence.vocabulary.same)

    def excludes(self, *figures: Sequence[Cell]) -> bool:
        """Whether none of the figures, each with the cells that it can be, is of what is named."""
        cells = [cell for those in figures for cell in those]
        return any(self._is_other(dimension, cells) for dimension in BINDING) or self._is_other_day(cells)

    def _is_other(self, dimension: str, cells: Sequence[Cell]) -> bool:
        named = self.names.get(dimension, frozenset())
        return bool(named and cells) and all(
            (own := cell.names.get(dimension)) is not None
            and self.same(own) not in named
            and not (dimension == "metric" and is_hinted(own, self.text))
            for cell in cells
        )

    def _is_other_day(self, cells: Sequence[Cell]) -> bool:
        return bool(self.days and cells) and not any(
            is_earlier(cell) or is_when(cell, day) for cell in cells for day in self.days
        )
