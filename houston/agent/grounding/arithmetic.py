"""Sums between figures of one sentence, each of which is known itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from houston.agent.grounding.cell import Name
from houston.agent.grounding.directions import changes
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.fitting import PART, covers

LEFT = re.compile(
    r"\b(?:left|leaves?|leaving|remain\w*|rest|other|range|spread|apart|ahead|behind|without|net)\b|=|\d\s?[−-]\s?[$€£\d]",
    re.IGNORECASE,
)
"""Words that let a figure be a difference; beside those of a change."""
WHOLE = re.compile(
    r"\b(?:total\w*|overall|all|altogether|combined|together|sums?|summ\w+|add\w*|made|makes?|both|in sum"
    r"|plus"
    r"|come|comes|came|of)\b|[=+Σ]",
    re.IGNORECASE,
)
RATIOS = ("percent", "times", "points")
DAY = 86400.0
MOST = 12
"""Figures of a sentence that are tried with each other: the nearest."""


@dataclass(frozen=True, slots=True)
class Known:
    figure: Figure
    value: float
    metric: Name = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the words of a sentence let its figures make of each other."""

    is_part: bool
    """A percentage of something."""
    differs: bool
    adds: bool

    @classmethod
    def of(cls, figure: Figure, text: str) -> "Context":
        return cls(
            is_part=bool(PART.match(text[figure.end :])),
            differs=changes(text) or bool(figure.sign) or bool(LEFT.search(text)),
            adds=bool(WHOLE.search(text)),
        )


def follows(figure: Figure, known: Sequence[Known], way: str, metric: Name, *, text: str) -> bool:
    """Whether the figure is a sum, difference, ratio or change of figures beside it.

    `metric`: what the figure is said to be of, where it is said; `text`: the sentence.
    """
    size = float(figure.unit) if figure.kind == "time" else 1.0
    if metric:
        known = [each for each in known if figure.kind in RATIOS or each.metric in ((), metric)]
    for value, order in _results(figure, _nearest(figure, known), Context.of(figure, text)):
        right = any(covers(reading.times(size), value, loose=True) for reading in figure.readings)
        if right and _goes(figure, value, order, way):
            return True
    return False


def _nearest(figure: Figure, known: Sequence[Known]) -> list[Known]:
    near = sorted(known, key=lambda each: abs(each.figure.start - figure.start))[:MOST]
    return sorted(near, key=lambda each: each.figure.start)


def _goes(figure: Figure, value: float, order: bool, way: str) -> bool:
    """Where it is plain which figure came first, the change must go the way that the words say."""
    if not order:
        return True
    said = figure.sign == "-" or way == "down"
    return value == 0 or not (way or figure.sign) or (value < 0) == said


def _results(figure: Figure, known: Sequence[Known], context: Context) -> Iterator[tuple[float, bool]]:
    """(value, whether its sign says something)."""
    before = [each for each in known if each.figure.start < figure.start and not _is_length(each.figure)]
    for one, other in permutations(known, 2):
        if figure.kind == "percent" and before and before[-1] not in (one, other):
            continue
        if other.figure.start < figure.start < one.figure.start and not context.is_part:
            continue
        if _alike(one.figure, other.figure):
            yield from _of_alike(figure, one, other, context)
        elif (
            figure.kind == "money"
            and _alike(figure, one.figure)
            and other.figure.kind == "plain"
            and other.value
        ):
            yield one.value / other.value, False
    same = [each for each in known if _alike(each.figure, figure)]
    for size in range(3, len(same) + 1):
        yield sum(each.value for each in same[:size]), False
        yield sum(each.value for each in same[-size:]), False


def _is_length(figure: Figure) -> bool:
    """Of a period: `over the last 7 days`."""
    return figure.kind == "time" and float(figure.unit) >= DAY


def _of_alike(figure: Figure, one: Known, other: Known, context: Context) -> Iterator[tuple[float, bool]]:
    ordered = one.figure.start < figure.start < other.figure.start
    percents = one.figure.kind == "percent"
    if figure.kind == "percent" and not percents and other.value:
        if not context.is_part and _are_of_one(one, other):
            yield (one.value - other.value) / abs(other.value) * 100, ordered
        if abs(one.value) <= abs(other.value):
            yield one.value / other.value * 100, False
    elif figure.kind == "points" and percents:
        yield one.value - other.value, ordered
    elif figure.kind == "times" and other.value:
        yield one.value / other.value, False
    elif _alike(figure, one.figure) and not percents:
        if context.differs:
            yield one.value - other.value, ordered
        if context.adds:
            yield one.value + other.value, False
    elif figure.kind == "percent" and percents:
        yield one.value + other.value, False


def _are_of_one(one: Known, other: Known) -> bool:
    """What changed is one thing: 9 given up are not 22 % fewer than 7 failed."""
    return one.metric == other.metric or () in (one.metric, other.metric)


def _alike(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and one.unit == other.unit
