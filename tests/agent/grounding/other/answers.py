"""True answers, and answers with one lie in each, of random agencies."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.agent.grounding.other.data import World
from tests.agent.grounding.other.fresh import FRESH
from tests.agent.grounding.other.lies import KINDS
from tests.agent.grounding.other.people import SCENES
from tests.agent.grounding.other.scenes import Scene
from tests.agent.grounding.other.slots import NUMBERS, written
from tests.agent.grounding.other.templates import TEMPLATES

HOLE = re.compile(r"\{(\w+)\}")
HEDGED_SIGN = re.compile(r"([+-])(about|around|roughly) ")
LIE = "\x00"
EXTRA = (
    "That makes {many} a day.",
    "In all, {few} channels were looked at.",
    "Customers say that {few} % of them would come again.",
    "Last year it was {many}.",
    "It took {few} hours to recover.",
    "Forecast for next week: {many}.",
    "More at https://docs.helper.example/{few}.",
    "![trend](https://img.example/{few}.png)",
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    scene: Scene
    text: str
    kind: str = ""
    """Of the lie; empty where all is true."""
    lie: int = -1
    """The line that the lie stands in."""


Texts = Mapping[str, Sequence[str]]
"""Templates by scene."""
HANDS: Mapping[str, Texts] = {"other": TEMPLATES, "fresh": FRESH}


def truths(rng: random.Random, number: int, texts: Texts = TEMPLATES) -> list[Answer]:
    """Of agencies in turn."""
    return [_true(*_next(rng, index, texts), rng) for index in range(number)]


def lies(rng: random.Random, number: int, texts: Texts = TEMPLATES) -> list[Answer]:
    """The kinds in turn."""
    kinds = [*KINDS, "made up"]
    found: list[Answer] = []
    while len(found) < number:
        kind = kinds[len(found) % len(kinds)]
        lie = _made_up(rng, texts) if kind == "made up" else _lie(kind, rng, texts)
        if lie:
            found.append(lie)
    return found


def _next(rng: random.Random, index: int, texts: Texts) -> tuple[Scene, str]:
    """Each scene in turn; a template all of whose holes the scene can fill."""
    scene = SCENES[index % len(SCENES)](World.of(rng))
    return scene, rng.choice(_templates(scene, texts))


def _templates(scene: Scene, texts: Texts) -> Sequence[str]:
    return [one for one in texts[scene.name] if set(HOLE.findall(one)) <= scene.slots.keys()]


def _filled(template: str, scene: Scene, rng: random.Random) -> str:
    return _tidy(HOLE.sub(lambda hole: written(scene.slots[hole[1]], rng), template))


def _tidy(text: str) -> str:
    """Nobody writes `+about 3 %`."""
    return HEDGED_SIGN.sub(r"\2 \1", text)


def _true(scene: Scene, template: str, rng: random.Random) -> Answer:
    return Answer(scene=scene, text=_filled(template, scene, rng))


def _lie(kind: str, rng: random.Random, texts: Texts) -> Answer | None:
    scene, template = _next(rng, rng.randrange(len(SCENES)), texts)
    holes = [
        found
        for found in HOLE.finditer(template)
        if kind != "another's name" or _tells(template, found, scene)
    ]
    rng.shuffle(holes)
    for hole in holes:
        if lie := KINDS[kind](scene.slots[hole[1]], hole[1], scene, rng):
            return _planted(template, hole, lie, kind, scene, rng)
    return None


def _planted(
    template: str, hole: "re.Match[str]", lie: str, kind: str, scene: Scene, rng: random.Random
) -> Answer:
    whole = _filled(template[: hole.start()] + LIE + template[hole.end() :], scene, rng)
    line = whole[: whole.index(LIE)].count("\n")
    return Answer(scene=scene, text=_tidy(whole.replace(LIE, lie)), kind=kind, lie=line)


def _tells(template: str, hole: "re.Match[str]", scene: Scene) -> bool:
    """Whether a false name there is a lie about figures: it stands in a line with just one name and some."""
    line = next(line for line in _lines(template) if line[0] <= hole.start() < line[1])
    others = [scene.slots[name] for name in HOLE.findall(template[line[0] : line[1]])]
    named = sum(bool(one.false) and one.kind == "word" for one in others)
    return named == 1 and any(one.kind in NUMBERS for one in others)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _made_up(rng: random.Random, texts: Texts) -> Answer:
    """A sentence more, of nothing that was read."""
    scene, template = _next(rng, rng.randrange(len(SCENES)), texts)
    extra = rng.choice(EXTRA).format(many=f"{rng.uniform(1e3, 9e4):,.0f}", few=rng.randint(61, 89))
    text = f"{_filled(template, scene, rng)}\n\n{extra}"
    return Answer(scene=scene, text=text, kind="made up", lie=text.count("\n"))
