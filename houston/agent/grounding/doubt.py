from dataclasses import dataclass

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.figures import Figure


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure, date or time without support."""

    text: str
    start: int
    end: int
    figure: Figure | None = None
    seen_as: tuple[Cell, ...] = ()
    """What does have this value, of something else."""
    is_rest: bool = False
    """The end of a sentence that is too long to be checked."""
