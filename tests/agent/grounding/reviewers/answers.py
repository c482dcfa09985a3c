"""Answers over what was read: true ones, and the same with one thing made false."""

import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.agent.grounding.reviewers.links import invented
from tests.agent.grounding.reviewers.scene import Scene
from tests.agent.grounding.reviewers.slots import Slot, Style, style
from tests.agent.grounding.reviewers.spoiling import other_unit, swapped, wrong

LINK = "invented link"
SPOILERS: dict[str, Callable[[Slot, Style, random.Random], str | None]] = {
    "wrong number": wrong,
    "swapped digits": swapped,
    "wrong unit": other_unit,
}
KINDS = (*SPOILERS, LINK)
OPENERS = ("", "", "", "", "", "", "Here's what I found.\n\n", "Sure. ", "In short: ")
CLOSINGS = (
    "",
    "",
    "",
    "",
    "",
    " Worth a look.",
    " Worth keeping an eye on.",
    "\n\nThe figures don't say why.",
    " I'd compare it again in a few days.",
    "\n\nHappy to break it down further.",
)
SIGNS = ("+", "-", "−")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of an answer, with its value if it is one."""

    text: str
    slot: Slot | None = None
    style: Style | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    scene: Scene
    text: str
    telling: str
    kind: str = ""
    """Of a lie; '' for the truth."""
    at: int = 0
    """Where the lie begins, and what stood there."""
    truth: str = ""
    value: float | None = None


def truths(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    made: dict[str, Answer] = {}
    while len(made) < number:
        scene, telling, pieces = _told(rng, scenes)
        text = _text(pieces)
        made.setdefault(text, Answer(scene=scene, text=text, telling=telling))
    return list(made.values())


def lies(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    """As many of each kind."""
    made: dict[str, Answer] = {}
    while len(made) < number:
        answer = _lie(rng, KINDS[len(made) % len(KINDS)], scenes)
        made.setdefault(answer.text, answer)
    return list(made.values())


def _lie(rng: random.Random, kind: str, scenes: Sequence[Scene]) -> Answer:
    while True:
        scene, telling, pieces = _told(rng, scenes)
        made = (
            _linked(rng, scene, telling, pieces)
            if kind == LINK
            else _spoilt(rng, kind, scene, telling, pieces)
        )
        if made:
            return made


def _linked(rng: random.Random, scene: Scene, telling: str, pieces: list[Piece]) -> Answer:
    text = _text(pieces)
    slug = scene.desk.context.client.slug if scene.desk.context.client else "agency"
    added, url = invented(slug, scene.link, rng)
    return Answer(scene=scene, text=text + added, telling=telling, kind=LINK, at=len(text) + added.index(url))


def _spoilt(rng: random.Random, kind: str, scene: Scene, telling: str, pieces: list[Piece]) -> Answer | None:
    values = [i for i, piece in enumerate(pieces) if piece.slot]
    for i in rng.sample(values, len(values)):
        piece = pieces[i]
        assert piece.slot
        assert piece.style
        text = SPOILERS[kind](piece.slot, piece.style, rng)
        if text is None:
            continue
        changed = [*pieces[:i], Piece(text=text), *pieces[i + 1 :]]
        at = len(_text(pieces[:i]))
        return Answer(
            scene=scene,
            text=_text(changed),
            telling=telling,
            kind=kind,
            at=at,
            truth=piece.text,
            value=piece.slot.value,
        )
    return None


def _told(rng: random.Random, scenes: Sequence[Scene]) -> tuple[Scene, str, list[Piece]]:
    """Every kind of result as often as the others, and every telling of it."""
    kind = rng.choice(sorted({scene.kind for scene in scenes}))
    scene = rng.choice([scene for scene in scenes if scene.kind == kind])
    telling = rng.choice(scene.tellings)
    pieces = list(_pieces(rng, scene, telling))
    opener, closing = rng.choice(OPENERS), rng.choice(CLOSINGS)
    if "\n" in telling:
        opener, closing = opener if opener.endswith("\n") else "", closing if closing.startswith("\n") else ""
    return scene, telling, [Piece(text=opener), *pieces, Piece(text=closing)]


def _pieces(rng: random.Random, scene: Scene, telling: str) -> Iterator[Piece]:
    is_start, signed = True, False
    for text, name, wish, _ in string.Formatter().parse(telling):
        yield Piece(text=text)
        is_start = (is_start and not text.strip("*")) or text.rstrip(" ").endswith((". ", ".", "\n"))
        if name is None:
            continue
        field = scene.fields[name]
        if isinstance(field, str):
            signed = field in SIGNS and bool(field)
            yield Piece(text=field)
        else:
            made = style(field, wish or ("r" if signed else ""), rng)
            shown = made.text(field.value)
            yield Piece(text=shown[0].upper() + shown[1:] if is_start else shown, slot=field, style=made)
            signed = False
        is_start = False


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).replace("  ", " ")
