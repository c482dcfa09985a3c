"""Values in an answer, and the ways in which a model writes one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["money", "count", "percent", "points", "times", "amount", "bare"]
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
HEDGES = ("about ", "around ", "roughly ", "~", "nearly ", "just over ")
TIMES = {"s": "seconds", "min": "minutes", "h": "hours", "days": "days"}


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A true value; `near` are others of the same thing, which a lie must not hit by chance."""

    kind: Kind
    value: float
    unit: str = ""
    places: int = 2
    """How many decimals it is known to."""
    near: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Style:
    """How it is written: `about $` 12.4 `k`."""

    before: str = ""
    after: str = ""
    places: int = 0
    size: int = 1
    hedged: bool = False
    spelled: bool = False

    @property
    def step(self) -> float:
        """What one of the last shown digit is worth."""
        return float(self.size * 10**-self.places)

    def number(self, value: float) -> str:
        if self.spelled:
            return WORDS[round(value)]
        shown = round(abs(value) / self.size, self.places)
        return f"{shown:,.{max(self.places, 0)}f}" + ("k" if self.size == 1000 else "")

    def text(self, value: float) -> str:
        return f"{self.before}{self.number(value)}{self.after}"


def style(slot: Slot, wish: str, rng: random.Random) -> Style:
    """`wish` is "" for any, else of: e (to the last digit), a (rounded), b (bold), w (in words)."""
    size = abs(slot.value)
    if wish == "w" and slot.kind == "count" and float(size).is_integer() and 2 <= size < len(WORDS):
        return Style(spelled=True)
    wish = wish or rng.choice(("e", "e", "r", "r", "b", "a"))
    if wish == "a" and _may_be_hedged(slot):
        return _hedged(slot, rng)
    named = _named(slot, rng, is_plain=wish == "e")
    if wish == "e":
        return replace(named, places=_exact(slot))
    places, thousands = rng.choice(list(_roundings(slot)))
    made = replace(named, places=places, size=thousands)
    return replace(made, before="**" + made.before, after=made.after + "**") if wish == "b" else made


def _exact(slot: Slot) -> int:
    """As many decimals as it has; money and percentages always have theirs."""
    if slot.kind in ("percent", "points", "times"):
        return slot.places
    value = float(round(slot.value, slot.places))
    if slot.kind in ("money", "bare"):
        return 0 if value.is_integer() and slot.kind == "bare" else slot.places
    return next((places for places in range(slot.places) if round(value, places) == value), slot.places)


def _may_be_hedged(slot: Slot) -> bool:
    """Nobody says `about 14 orders` of 14 orders."""
    return slot.kind != "count" or abs(slot.value) >= 1000


def _roundings(slot: Slot) -> Iterator[tuple[int, int]]:
    """(decimals, size)"""
    size, exact = abs(slot.value), _exact(slot)
    yield exact, 1
    if size >= 100 and exact:
        yield 0, 1
    if 10 <= size < 100 and exact > 1:
        yield 1, 1
    if slot.kind == "percent" and size >= 10:
        yield 0, 1
    if size >= 10_000 and slot.kind == "money":
        yield 1, 1000


def _hedged(slot: Slot, rng: random.Random) -> Style:
    """Where a word says which side the true value lies on, it does."""
    size, exact = abs(slot.value), _exact(slot)
    places = -2 if size >= 2000 else -1 if size >= 300 else 0 if size >= 10 else exact
    made = replace(_named(slot, rng), places=places, hedged=True)
    if size >= 10_000 and slot.kind in ("money", "count") and rng.random() < 0.7:
        made = replace(made, places=1, size=1000)
    shown = round(size / made.size, made.places) * made.size
    allowed = [each for each in HEDGES if _is_fair(each, shown, size)]
    return replace(made, before=rng.choice(allowed) + made.before)


def _is_fair(hedge: str, shown: float, size: float) -> bool:
    if hedge == "nearly ":
        return size < shown
    return shown < size if hedge == "just over " else True


def _named(slot: Slot, rng: random.Random, *, is_plain: bool = False) -> Style:
    match slot.kind:
        case "money" if slot.unit in "$£€":
            return Style(before=slot.unit)
        case "money":
            return Style(before=slot.unit + " ") if rng.random() < 0.6 else Style(after=" " + slot.unit)
        case "percent" if is_plain:
            return Style(after="%")
        case "percent":
            return Style(after=rng.choice(("%", "%", "%", " %", " percent")))
        case "points":
            return Style(after=rng.choice((" percentage points", " points", " pp")))
        case "times":
            return Style(after=rng.choice(("x", "×", " times")))
        case "amount":
            return Style(after=" " + rng.choice((slot.unit, TIMES.get(slot.unit, slot.unit))))
        case "count" | "bare":
            return Style()
