"""What the people themselves said: their figures may be said back to them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from houston.agent.grounding.figures import Figure, figures
from houston.agent.grounding.moments import moments
from houston.agent.grounding.text import blank, clean
from houston.agent.grounding.words import spelled

Span = tuple[date, date]


@dataclass(slots=True)
class Asked:
    figures: list[Figure] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)
    clocks: set[str] = field(default_factory=set)

    def hear(self, texts: Iterable[str], today: date) -> None:
        for text in map(clean, texts):
            told = moments(text, today)
            bare = blank(text, ((one.start, one.end) for one in told))
            self.figures += [*figures(bare), *spelled(bare)]
            for moment in told:
                if moment.first and moment.last:
                    self.spans.add((moment.first, moment.last))
                if moment.clock:
                    self.clocks.add(moment.clock)

    def says(self, figure: Figure) -> bool:
        """The very figure, in the same unit or with none."""
        return any(
            one.readings[0].value == figure.readings[0].value
            and (one.kind == figure.kind or (not figure.hedge and "plain" in (one.kind, figure.kind)))
            and (one.unit == figure.unit or not one.unit or not figure.unit)
            for one in self.figures
        )


def numbers(text: str, today: date) -> frozenset[float]:
    """The numbers that a person wrote, dates left out."""
    asked = Asked()
    asked.hear([text], today)
    return frozenset(reading.value for figure in asked.figures for reading in figure.readings)
