"""Whole answers: true ones, and those with one lie in them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.agent.grounding.outsiders import (
    on_causes,
    on_days,
    on_events,
    on_pairs,
    on_parts,
    on_records,
    on_reports,
    on_totals,
)
from tests.agent.grounding.outsiders.figure import Figure, Style, Written, style, write
from tests.agent.grounding.outsiders.links import invented
from tests.agent.grounding.outsiders.pen import Pen, Piece, Told
from tests.agent.grounding.outsiders.scene import Scene
from tests.agent.grounding.outsiders.spoiling import pool_of, swapped, wrong_number, wrong_unit

KINDS = ("wrong number", "swapped digits", "wrong unit", "invented link")
TELLINGS = (
    on_totals.TELLINGS
    | on_pairs.TELLINGS
    | on_parts.TELLINGS
    | on_days.TELLINGS
    | on_events.TELLINGS
    | on_causes.TELLINGS
    | on_records.TELLINGS
    | on_reports.TELLINGS
)
DATES = ("british", "american", "short", "us-short", "named", "iso", "year", "ordinal")
OPENERS = ("", "", "", "", "Here's the picture. ", "Quick read: ", "Sure. ", "In short: ")
CLOSERS = (
    "",
    "",
    "",
    "Worth a look.",
    "I'd double-check with the team before acting on it.",
    "Hope that helps.",
    "Overall nothing alarming, I'd say.",
    "Might be worth raising in the next call.",
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    scene: Scene
    text: str
    kind: str = "truth"
    at: int = 0
    """Where the lie begins."""
    truth: str = ""
    """What stood there, and the cells that it was from."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    scene: Scene
    pieces: tuple[str | Written, ...]
    how: Style

    @property
    def figures(self) -> list[Figure]:
        return [each.figure for each in self.pieces if isinstance(each, Written)]

    @property
    def cells(self) -> str:
        return "; ".join(dict.fromkeys(each.row for each in self.figures))

    def text(self, changed: int = -1, instead: str = "") -> tuple[str, int]:
        """With one piece changed, and where that one begins."""
        text, at = "", 0
        for place, piece in enumerate(self.pieces):
            at = len(text) if place == changed else at
            shown = piece if isinstance(piece, str) else piece.text
            text += instead if place == changed else shown
        return text, at


def truths(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    made = _drafts(rng, scenes)
    return [
        Answer(scene=one.scene, text=one.text()[0], truth=one.cells)
        for one, _ in zip(made, range(number), strict=False)
    ]


def lies(rng: random.Random, number: int, scenes: Sequence[Scene]) -> list[Answer]:
    found: list[Answer] = []
    for kind in KINDS:
        made = (spoilt for one in _drafts(rng, scenes) if (spoilt := _spoilt(one, kind, rng)))
        found += [spoilt for spoilt, _ in zip(made, range(number // len(KINDS)), strict=False)]
    return found


def _drafts(rng: random.Random, scenes: Sequence[Scene]) -> Iterator[Draft]:
    while True:
        scene, how = rng.choice(scenes), style(rng)
        pen = Pen(scene=scene, rng=rng, dates=rng.choice(DATES))
        told = _told(pen, rng)
        if told:
            pieces = tuple(piece if isinstance(piece, str) else write(piece, how) for piece in told)
            yield Draft(scene=scene, pieces=pieces, how=how)


def _told(pen: Pen, rng: random.Random) -> Told | None:
    tellings = TELLINGS[pen.scene.kind]
    chosen = rng.sample(tellings, min(len(tellings), rng.choices((1, 2), (2, 1))[0]))
    parts = [told for each in chosen if (told := each(pen))]
    if not parts:
        return None
    opener, closer = rng.choice(OPENERS), rng.choice(CLOSERS)
    whole: list[Piece] = [opener.rstrip() + "\n\n" if opener and str(parts[0][0]).startswith("|") else opener]
    for told in parts:
        block = any(isinstance(each, str) and "\n" in each for each in (*whole[-1:], *told))
        whole += ["\n\n" if block and len(whole) > 1 else " " if len(whole) > 1 else "", *told]
    return (*whole, ("\n" if isinstance(whole[-1], str) and whole[-1].endswith("\n") else " ") + closer)


def _spoilt(draft: Draft, kind: str, rng: random.Random) -> Answer | None:
    if kind == "invented link":
        text, (added, at) = draft.text()[0].rstrip(), invented(draft.scene, rng)
        return Answer(scene=draft.scene, text=text + added, kind=kind, at=len(text) + at)
    places = [place for place, each in enumerate(draft.pieces) if isinstance(each, Written)]
    place = rng.choice(places)
    one = draft.pieces[place]
    assert isinstance(one, Written)
    instead = _instead(draft, one, place, kind, rng)
    if instead is None:
        return None
    text, at = draft.text(place, instead)
    truth = f"{one.text} of {one.figure.row}"
    return Answer(scene=draft.scene, text=text, kind=kind, at=at, truth=truth)


def _instead(draft: Draft, one: Written, place: int, kind: str, rng: random.Random) -> str | None:
    pool = pool_of(draft.figures)
    if kind == "wrong number":
        return wrong_number(one, draft.how, pool, rng)
    if kind == "swapped digits":
        return swapped(one, draft.how, pool, rng)
    after = draft.pieces[place + 1] if place + 1 < len(draft.pieces) else ""
    currency = {"EUR": "€"}.get(draft.scene.currency, draft.scene.currency) or "$"
    return wrong_unit(one, after if isinstance(after, str) else "", currency, pool, rng)
