"""True values as analysts write them, and the same values spoilt."""

import random
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["money", "count", "percent", "ratio", "word"]
WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A value in an answer; words (names, dates) have a text only."""

    kind: Kind
    value: float = 0.0
    text: str = ""
    spelled: bool = False
    """Small counts may be written as words."""


def money(value: float) -> Slot:
    return Slot(kind="money", value=value)


def count(value: float, *, spelled: bool = False) -> Slot:
    return Slot(kind="count", value=value, spelled=spelled)


def percent(value: float) -> Slot:
    return Slot(kind="percent", value=value)


def ratio(value: float) -> Slot:
    return Slot(kind="ratio", value=value)


def word(text: str) -> Slot:
    return Slot(kind="word", text=text)


def write(slot: Slot, rng: random.Random) -> str:
    """One of the usual ways to write it; without its sign, which the words around it tell."""
    size = abs(slot.value)
    match slot.kind:
        case "word":
            return slot.text
        case "money":
            return _money(size, rng)
        case "percent":
            return rng.choice((f"{size:.1f}%", f"{size:.1f} %", f"{size:.1f} percent", _cut(size) + "%"))
        case "ratio":
            return rng.choice((f"{size:,.2f}", f"{size:,.0f}" if size >= 100 else f"{size:.3g}"))
        case "count":
            return _count(size, rng, spelled=slot.spelled)


def _cut(size: float) -> str:
    return f"{size:.0f}" if size >= 2 else f"{size:.1f}"


def _money(size: float, rng: random.Random) -> str:
    styles = [f"${size:,.2f}", f"**${size:,.2f}**", f"{size:,.2f} USD", f"$ {size:,.2f}"]
    if size >= 100:
        styles += [f"${size:,.0f}", f"USD {size:,.0f}"]
    if size >= 1000:
        styles += [f"${size / 1000:.1f}k", f"${size / 1000:.2f}K"]
    return rng.choice(styles)


def _count(size: float, rng: random.Random, *, spelled: bool) -> str:
    styles = [f"{size:,.0f}", f"**{size:,.0f}**"]
    if size >= 1000:
        styles += [f"{size:.0f}", f"{size / 1000:.1f}k", f"{size:,.0f}".replace(",", "\u202f")]
    if spelled and size < len(WORDS) and size != 1:
        styles = [f"{size:.0f}", WORDS[int(size)]]
    return rng.choice(styles)


def wrong(slot: Slot, rng: random.Random) -> Slot:
    """Another value: so far off that no rounding explains it."""
    if slot.kind == "count" and slot.value < 30:
        return replace(slot, value=max(0.0, slot.value + rng.choice((-4, -3, -2, 2, 3, 4, 5))), spelled=False)
    if slot.kind == "percent":
        return replace(slot, value=abs(slot.value) * rng.uniform(1.15, 1.9) + rng.uniform(1.2, 6))
    return replace(slot, value=slot.value * rng.choice((rng.uniform(0.3, 0.9), rng.uniform(1.1, 2.7))))


def swapped(written: str, rng: random.Random) -> str | None:
    """Two neighbouring digits change places, the leading ones rather than the last."""
    places = [i for i, char in enumerate(written[:-1]) if char.isdigit() and written[i + 1].isdigit()]
    places = [i for i in places if written[i] != written[i + 1] and not (written[i + 1] == "0" and i == 0)]
    if not places:
        return None
    at = places[0]
    return written[:at] + written[at + 1] + written[at] + written[at + 2 :]
