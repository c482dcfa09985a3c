"""Right answers, and right answers with one lie planted in each; all from true results and a seed."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.agent.grounding.scene import OPPOSITES, Scene
from tests.agent.grounding.shown import Slot, swapped, write, wrong
from tests.agent.grounding.templates import HELD_OUT, TEMPLATES

HOLE = re.compile(r"\{(\w+)\}")
NUMBERS = ("money", "count", "percent", "ratio")
FAR = 0.03
"""Two values that are closer than this are no lie when they are taken for each other."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    scene: Scene
    text: str
    kind: str
    """Of the lie; empty where all is true."""
    held_out: bool
    lie: str = ""
    """The line that the lie stands in."""


Spoil = Callable[[str, Scene, random.Random], "tuple[str, str] | None"]
"""(template with a lie in it, whole answer) or None where this lie does not fit."""


def truths(scenes: Sequence[Scene], rng: random.Random, number: int) -> list[Answer]:
    each = list(_templates(scenes))
    rng.shuffle(each)
    return [_true(*each[index % len(each)], rng) for index in range(number)]


def lies(scenes: Sequence[Scene], rng: random.Random, number: int) -> list[Answer]:
    """The kinds in turn, each over the templates in a random order."""
    each = list(_templates(scenes))
    found: list[Answer] = []
    kinds = list(KINDS)
    while len(found) < number:
        kind = kinds[len(found) % len(kinds)]
        while (lie := _lie(kind, *rng.choice(each), rng)) is None:
            pass
        found.append(lie)
    return found


def _templates(scenes: Sequence[Scene]) -> Iterator[tuple[Scene, str, bool]]:
    for scene in scenes:
        for held_out, templates in ((False, TEMPLATES), (True, HELD_OUT)):
            for template in templates[scene.name]:
                yield scene, template, held_out


def _true(scene: Scene, template: str, held_out: bool, rng: random.Random) -> Answer:
    return Answer(scene=scene, text=_filled(template, scene.slots, rng), kind="", held_out=held_out)


def _filled(template: str, slots: Mapping[str, Slot], rng: random.Random) -> str:
    return HOLE.sub(lambda hole: write(slots[hole[1]], rng), template)


def _lie(kind: str, scene: Scene, template: str, held_out: bool, rng: random.Random) -> Answer | None:
    planted = KINDS[kind](template, scene, rng)
    if planted is None:
        return None
    text, lie = planted
    line = next(line for line in text.splitlines() if lie in line)
    return Answer(scene=scene, text=text, kind=kind, held_out=held_out, lie=line)


MARK = "\x00"


def _replaced(template: str, name: str, text: str, scene: Scene, rng: random.Random) -> tuple[str, str]:
    """The answer with one hole filled by a lie, all others truly."""
    whole = _filled(template.replace(f"{{{name}}}", MARK, 1), scene.slots, rng)
    line = next(line for line in whole.splitlines() if MARK in line)
    return whole.replace(MARK, text), line.replace(MARK, text)


def _holes(template: str, scene: Scene, *kinds: str) -> list[str]:
    return [name for name in HOLE.findall(template) if scene.slots[name].kind in kinds]


def _any_number(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = _holes(template, scene, "money", "count", "ratio")
    if not names:
        return None
    name = rng.choice(names)
    return _replaced(template, name, write(wrong(scene.slots[name], rng), rng), scene, rng)


def _wrong_percent(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = _holes(template, scene, "percent")
    if not names:
        return None
    name = rng.choice(names)
    return _replaced(template, name, write(wrong(scene.slots[name], rng), rng), scene, rng)


def _swapped_digits(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = _holes(template, scene, "money", "count", "ratio")
    rng.shuffle(names)
    for name in names:
        if scene.slots[name].value >= 12 and (text := swapped(write(scene.slots[name], rng), rng)):
            return _replaced(template, name, text, scene, rng)
    return None


def _wrong_unit(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = _holes(template, scene, "money", "percent", "count")
    if not names:
        return None
    name = rng.choice(names)
    slot = scene.slots[name]
    if slot.kind == "money":
        text = rng.choice((f"€{slot.value:,.2f}", f"{slot.value:,.2f} EUR", f"£{slot.value:,.2f}"))
    elif slot.kind == "percent":
        text = f"${abs(slot.value):.1f}"
    else:
        text = rng.choice((f"${slot.value:,.0f}", f"{slot.value:,.0f}%"))
    return _replaced(template, name, text, scene, rng)


def _thousand(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = [name for name in _holes(template, scene, "money", "count") if scene.slots[name].value >= 50]
    if not names:
        return None
    slot = scene.slots[name := rng.choice(names)]
    sign = "$" if slot.kind == "money" else ""
    text = rng.choice(
        (f"{sign}{slot.value / 1000:,.2f}M", f"{sign}{slot.value * 1000:,.0f}", f"{sign}{slot.value:,.1f}k")
    )
    return _replaced(template, name, text, scene, rng)


def _direction(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
    names = [name for name in _holes(template, scene, "word") if scene.slots[name].text in OPPOSITES]
    if not names:
        return None
    name = rng.choice(names)
    return _replaced(template, name, OPPOSITES[scene.slots[name].text], scene, rng)


def _other_name(*wanted: str) -> Spoil:
    def spoil(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
        names = [name for name in HOLE.findall(template) if name in wanted and name in scene.others]
        if not names or not _numbers_near(template, names[0], scene):
            return None
        return _replaced(template, names[0], scene.others[names[0]], scene, rng)

    return spoil


def _numbers_near(template: str, name: str, scene: Scene) -> bool:
    """A false name lies only about the figures of its own line."""
    line = next(line for line in template.splitlines() if f"{{{name}}}" in line)
    if line.rstrip("*").endswith(":") or line.startswith("#"):
        return False
    return any(scene.slots[hole].kind in NUMBERS for hole in HOLE.findall(line))


def _rival(*wanted: str) -> Spoil:
    """The true figure of another channel, day or metric."""

    def spoil(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
        names = [name for name in HOLE.findall(template) if name in wanted and name in scene.rivals]
        names = [name for name in names if _far(scene.slots[name], scene.rivals[name])]
        if not names:
            return None
        name = rng.choice(names)
        return _replaced(template, name, write(scene.rivals[name], rng), scene, rng)

    return spoil


def _far(one: Slot, other: Slot) -> bool:
    return abs(one.value - other.value) > FAR * max(abs(one.value), abs(other.value))


def _appended(*sentences: str) -> Spoil:
    def spoil(template: str, scene: Scene, rng: random.Random) -> "tuple[str, str] | None":
        lie = rng.choice(sentences).format(
            made_up=f"{rng.uniform(1100, 98000):,.0f}", few=rng.randint(13, 29)
        )
        text = _filled(template, scene.slots, rng)
        joint = "\n\n" if text.lstrip().startswith(("|", "-", "1.", "#")) else " "
        return text + joint + lie, lie

    return spoil


KINDS: Mapping[str, Spoil] = {
    "wrong number": _any_number,
    "swapped digits": _swapped_digits,
    "wrong unit": _wrong_unit,
    "wrong direction": _direction,
    "wrong percent": _wrong_percent,
    "off by 1000": _thousand,
    "other metric's name": _other_name("metric", "Metric"),
    "other's figure": _rival(
        "v0", "v1", "v2", "o0", "c0", "k0", "r0", "r1", "cr0", "sc0", "sc1", "so0", "value", "value2", "pct"
    ),
    "other day": _other_name("bestday", "worstday", "middleday", "day", "day2"),
    "day's figure": _rival("best", "worst", "expected", "total"),
    "invented total": _appended(
        "Together that makes ${made_up}.",
        "On average that is ${made_up} a day.",
        "The total for the month so far is {made_up}.",
        "Summed up over all channels: {made_up}.",
    ),
    "invented link": _appended(
        "See the [full report](https://reports.acme-outfitters.com/w46?id={few}).",
        "Details: https://houston.example.com/d/{few}",
        "More at www.acme-stats.io/{few}.",
        "Source: <https://bit.ly/x{few}|dashboard>",
    ),
    "invented image": _appended(
        "![chart](https://charts.example.com/{few}.png)",
        '<img src="https://x.example/{few}.png">',
    ),
    "made-up count": _appended(
        "{few} outliers were found in all.",
        "That is based on {few} channels.",
        "There are {few} open notes about this.",
        "{few} customers were affected.",
    ),
}
