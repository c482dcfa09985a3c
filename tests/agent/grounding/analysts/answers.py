"""Right answers and lying ones, over scenes that were read once."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.agent.grounding.analysts.lies import (
    KINDS,
    cells,
    link,
    other_number,
    other_unit,
    swapped,
)
from tests.agent.grounding.analysts.pen import MARK, Figure, Pen, filled
from tests.agent.grounding.analysts.scene import Scene

MAKERS = {"wrong number": other_number, "swapped digits": swapped, "wrong unit": other_unit}


@dataclass(frozen=True, kw_only=True)
class Answer:
    scene: Scene
    text: str
    kind: str = ""
    """Of its lie; '' for a right one."""
    at: int = -1
    """Where the lie begins."""
    truth: str = ""
    """What stood there."""


def truths(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    return [_right(rng, scenes[at % len(scenes)])[0] for at in range(number)]


def lies(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    made: list[Answer] = []
    while len(made) < number:
        kind = KINDS[len(made) % len(KINDS)]
        lie = _lying(rng, scenes[rng.randrange(len(scenes))], kind)
        if lie is not None:
            made.append(lie)
    return made


def _right(rng: random.Random, scene: Scene) -> tuple[Answer, str, list[Figure]]:
    pen = Pen(rng=rng, today=scene.desk.today)
    marked = scene.write(pen)
    text = filled(marked, [figure.text for figure in pen.figures])
    return Answer(scene=scene, text=text), marked, pen.figures


def _lying(rng: random.Random, scene: Scene, kind: str) -> Answer | None:
    right, marked, figures = _right(rng, scene)
    if kind == "invented link":
        return _linked(rng, right)
    known = [each for result in scene.desk.results.values() for each in cells(result)]
    places = [int(found) for found in MARK.findall(marked)]
    rng.shuffle(places)
    for place in places:
        text = MAKERS[kind](figures[place], known, rng)
        if text is not None and text != figures[place].text:
            return _planted(right, marked, figures, place, text, kind)
    return None


def _planted(
    right: Answer, marked: str, figures: Sequence[Figure], place: int, lie: str, kind: str
) -> Answer:
    texts = [figure.text for figure in figures]
    found = re.search(f"\ue000{place}\ue001", marked)
    assert found is not None
    before = filled(marked[: found.start()], texts)
    after = filled(marked[found.end() :], texts)
    return Answer(scene=right.scene, text=before + lie + after, kind=kind, at=len(before), truth=texts[place])


def _linked(rng: random.Random, right: Answer) -> Answer:
    """A line of its own, or one more sentence at the end of a line that is no table's."""
    lines = right.text.split("\n")
    places = [at for at, line in enumerate(lines) if line and not line.startswith("|")]
    at, said = rng.choice(places), link(rng)
    before = "\n".join([*lines[:at], lines[at] + " "])
    return Answer(
        scene=right.scene,
        text="\n".join([before + said, *lines[at + 1 :]]),
        kind="invented link",
        at=len(before),
    )
