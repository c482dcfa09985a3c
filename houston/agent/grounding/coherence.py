"""Figures of a sentence that make each other true: `A is ahead of B by 12 (40 vs. 28)`.

Where two returned values make a third figure of the sentence, to the digits that are shown, it matters
little how well the names around them were understood: a wrong one among them would not. What is of
another metric, client, channel or day than any that the sentence names supports nothing in it.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.directions import changes
from houston.agent.grounding.evidence import Evidence
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.fitting import covers
from houston.agent.grounding.reading import Said
from houston.agent.grounding.topic import Topic

LEVELS = ("money", "plain", "percent", "time")
DIGITS = 3
"""That one of the two must have: small numbers make each other by chance."""
MOST = 12
"""Figures of a sentence that are tried with each other."""


def coherent(
    claims: Sequence[Figure], close: Sequence[Sequence[Cell]], said: Said, evidence: Evidence
) -> set[int]:
    """For each figure that two with a returned value make: those two, where they stand nearest to it."""
    moved, found = changes(said.text), dict[int, tuple[int, int, int]]()
    topic = Topic.of(said, evidence)
    near = range(min(len(claims), MOST))
    for one, other in permutations([each for each in near if close[each] and _is_level(claims[each])], 2):
        if not _are_alike(claims[one], claims[other]) or topic.excludes(close[one], close[other]):
            continue
        sizes = _size(close[one][0], claims[one]), _size(close[other][0], claims[other])
        made = list(_made(*sizes, claims[one], moved=moved))
        for third in near:
            if third not in (one, other) and _is_made(claims[third], made):
                span = max(one, other, third) - min(one, other, third)
                found[third] = min(found.get(third, (MOST, 0, 0)), (span, one, other))
    return {index for _, *pair in found.values() for index in pair}


def _size(cell: Cell, figure: Figure) -> float:
    """In the unit in which the figure is written."""
    return abs(cell.value) * (float(cell.unit) / float(figure.unit) if figure.kind == "time" else 1)


def _made(one: float, other: float, figure: Figure, *, moved: bool) -> Iterator[tuple[str, float]]:
    """(kind of figure, its size) that two values make."""
    if figure.kind == "percent":
        yield "points", (one - other) * (1 if max(one, other) > 1 else 100)
    else:
        yield figure.kind, one - other
    if other and one != other:
        yield "times", one / other
        yield "percent", one / other * 100
        if moved:
            yield "percent", (one - other) / other * 100


def _is_made(figure: Figure, made: Sequence[tuple[str, float]]) -> bool:
    return any(
        kind == figure.kind and value and any(covers(each, value, loose=True) for each in figure.readings)
        for kind, value in made
    )


def _is_level(figure: Figure) -> bool:
    return figure.kind in LEVELS and not figure.sign


def _are_alike(one: Figure, other: Figure) -> bool:
    is_long = any(sum(map(str.isdigit, each.text)) >= DIGITS for each in (one, other))
    return is_long and one.kind == other.kind and one.unit == other.unit
