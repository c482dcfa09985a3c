"""Figures that are true one by one, and not together."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from houston.agent.grounding.cell import Cell
from houston.agent.grounding.directions import moved_from
from houston.agent.grounding.doubt import Doubt
from houston.agent.grounding.earlier import is_earlier
from houston.agent.grounding.figures import Figure
from houston.agent.grounding.fitting import covers
from houston.agent.grounding.reading import Said

TO = re.compile(
    r"[\s*_)]*(?:to|→|->)[\s*_(~$€£]*(?:(?:about|around|roughly|nearly|almost|just|over|now)\s[\s*_~$€£]*)?",
    re.IGNORECASE,
)
THAN = re.compile(
    r"\b(?:is|was|are|were|stands|lies)\s(?:\w+\s){0,2}(?:(?P<more>higher|more|larger|bigger|better|above)|lower|less|fewer"
    r"|smaller|below)\s(?:than\s)?(?:[\w'’*~$€£-]+\s){0,5}[*_~$€£]*$",
    re.IGNORECASE,
)
LEVELS = ("money", "plain", "percent")
MOST = 12
"""Figures of a sentence that are held against each other."""
SLACK = (-1, 0, 1)
"""By how many of its last digits a figure may be rounded or cut off."""
AGAIN = re.compile(r"[(=≈]|\b(?:i\.?e\.?|or|exactly|that is|meaning|of which|same)\b", re.IGNORECASE)
"""Between two figures that may be the same one, said again."""


def turned(claims: Sequence[Figure], said: Said, known: set[int]) -> list[Doubt]:
    """`rose from 5 to 4`: both figures are true, the word between them is not."""
    wrong = []
    for index, origin in enumerate(claims):
        way = moved_from(said.text, origin.start)
        other = _target(claims, index, said) if way else None
        if not way or other is None or {origin.start, other.start} & known:
            continue
        gained = other.readings[0].value - origin.readings[0].value
        if gained * (1 if way == "up" else -1) < 0:
            wrong.append(Doubt(other.text, other.start, other.end, other))
    return wrong


def shifted(claims: Sequence[Figure], said: Said, known: set[int]) -> list[Doubt]:
    """`from 5 to 8 (+20 %)`: each is true of something, together they are not."""
    for index, (origin, other, percent) in enumerate(zip(claims, claims[1:], claims[2:], strict=False)):
        three = (origin, other, percent)
        if index > MOST or percent.kind != "percent" or {one.start for one in three} & known:
            continue
        if not _became(origin, other, said) or not _in_brackets(said.text, other, percent):
            continue
        if origin.kind == other.kind and origin.unit == other.unit and not _makes(origin, other, percent):
            return [Doubt(one.text, one.start, one.end, one) for one in three]
    return []


def _in_brackets(text: str, other: Figure, percent: Figure) -> bool:
    """`8 (+20 %)`, and nothing else between the brackets."""
    opened = text[other.end : percent.start].strip(" *_~")
    return opened == "(" and text[percent.end :].lstrip(" *_~").startswith(")")


def _makes(origin: Figure, other: Figure, percent: Figure) -> bool:
    """Whether one became the other by so much, at the digits that are shown."""
    was, now, moved = (one.readings[0] for one in (origin, other, percent))
    sizes = [(now.value + a * now.step, was.value + b * was.step) for a in SLACK for b in SLACK]
    changes = [(new - old) / old * 100 for new, old in sizes if old > 0]
    if not changes or origin.sign or other.sign:
        return True
    ways = {"+": (1,), "-": (-1,)}.get(percent.sign, (1, -1))
    shown = [way * moved.value for way in ways]
    return any(min(changes) - moved.step <= one <= max(changes) + moved.step for one in shown)


def _target(claims: Sequence[Figure], index: int, said: Said) -> Figure | None:
    """What it became: `from A to B`, or `B, up from A`."""
    origin = claims[index]
    after = claims[index + 1] if index + 1 < len(claims) else None
    if after and TO.fullmatch(said.text[origin.end : after.start]):
        return after if after.kind == origin.kind else None
    same = [one for one in claims[:index] if one.kind == origin.kind]
    gap = said.text[same[-1].end : origin.start] if same else ""
    return same[-1] if same and len(gap) < 70 and not set(";!?") & set(gap) else None


def compared(claims: Sequence[Figure], said: Said, known: set[int]) -> list[Doubt]:
    """`at 5 it is higher than the 8 of the week before`."""
    wrong = []
    for one, other in pairwise(claims):
        found = THAN.search(said.text[one.end : other.start])
        if not found or one.kind != other.kind or one.kind not in LEVELS or {one.start, other.start} & known:
            continue
        gained = one.readings[0].value - other.readings[0].value
        if gained * (1 if found["more"] else -1) < 0:
            wrong.append(Doubt(other.text, other.start, other.end, other))
    return wrong


def multiplied(
    claims: Sequence[Figure], cells: Sequence[Sequence[Cell]], said: Said, known: set[int]
) -> list[Doubt]:
    """`halved from 4 to 8`, `doubled (4 → 12)`: the word must be what the two figures make of it."""
    words = [one for one in claims if one.kind == "times" and one.hedge and one.start not in known]
    if len(words) != 1 or len(claims) > MOST:
        return []
    for ratio in _ratios(claims, cells, said):
        if not any(covers(reading, ratio, loose=True) for reading in words[0].readings):
            return [Doubt(words[0].text, words[0].start, words[0].end, words[0])]
    return []


def _ratios(claims: Sequence[Figure], cells: Sequence[Sequence[Cell]], said: Said) -> Iterator[float]:
    """What became how many times as much, where the words or the cells tell which was first."""
    olds = [index for index, those in enumerate(cells) if those and all(map(is_earlier, those))]
    pairs = [(old, index) for old in olds for index, those in enumerate(cells) if those and index not in olds]
    also = [
        (index, index + 1)
        for index in range(len(claims) - 1)
        if _became(claims[index], claims[index + 1], said)
    ]
    for old, new in also or pairs:
        one, other = claims[old], claims[new]
        if one.kind == other.kind and one.kind in LEVELS and one.readings[0].value:
            yield other.readings[0].value / one.readings[0].value


def _became(origin: Figure, other: Figure, said: Said) -> bool:
    return bool(TO.fullmatch(said.text[origin.end : other.start]))


def said_twice(claims: Sequence[Figure], cells: Sequence[Sequence[Cell]], said: Said) -> set[int]:
    """Second figures of one and the same cell: `20 where 20 was expected`, where it was 12."""
    twice: set[int] = set()
    if len(claims) > MOST:
        return twice
    for index, figure in enumerate(claims):
        for earlier in range(index):
            between = said.text[claims[earlier].end : figure.start]
            same = _identity(cells[index]) == _identity(cells[earlier]) and _is_one(
                *cells[index], *cells[earlier]
            )
            if same and figure.kind == claims[earlier].kind and not AGAIN.search(between):
                twice.add(index)
    return twice


def _is_one(*cells: Cell) -> bool:
    """Not a value and the expected one that happen to be the same."""
    return len({cell.key for cell in cells}) == 1


def _identity(cells: Sequence[Cell]) -> object:
    """What the cells say: nothing where they are no single measured value."""
    first = {
        (cell.value, cell.role, tuple(sorted(cell.names.items())), cell.span, cell.clock) for cell in cells
    }
    return first if len(first) == 1 and cells[0].role == "level" else object()
