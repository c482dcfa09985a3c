"""How a true value is spoilt: each gives the lie as it would be written, or None where it does not fit."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from tests.agent.grounding.other.scenes import Scene
from tests.agent.grounding.other.slots import NUMBERS, Slot, spelled, written

Spoil = Callable[[Slot, str, Scene, random.Random], "str | None"]
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
OTHER_MONEY = {"$": "€", "€": "£", "£": "$"}
FAR = 0.04
"""Values that are closer than this may be taken for each other."""


def _off(slot: Slot, rng: random.Random) -> Slot:
    """So far that no rounding explains it."""
    if slot.kind == "count" and slot.value < 60:
        return replace(slot, value=slot.value + rng.choice((2, 3, 5, 7, 11)))
    return replace(slot, value=slot.value * rng.choice((rng.uniform(0.35, 0.85), rng.uniform(1.18, 2.4))))


def value(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    return written(_off(slot, rng), rng) if slot.kind in NUMBERS else None


def last_digits(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    """The last two digits of a whole number of at least three change places."""
    if slot.kind not in ("money", "count") or abs(slot.value) < 100:
        return None
    text = f"{abs(slot.value):,.0f}" if slot.kind == "count" else f"{abs(slot.value):,.2f}"
    if text[-1] == text[-2]:
        return None
    return slot.symbol + text[:-2] + text[-1] + text[-2]


def one_digit(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind not in ("money", "count", "percent") or abs(slot.value) < 10:
        return None
    text = f"{abs(slot.value):,.1f}%" if slot.kind == "percent" else f"{slot.symbol}{abs(slot.value):,.0f}"
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = rng.choice(places[:2])
    return (
        text[:at]
        + str((int(text[at]) + rng.choice((2, 4, 5))) % 9 + 1 if text[at] != "9" else 4)
        + text[at + 1 :]
    )


def currency(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind != "money":
        return None
    return written(replace(slot, symbol=OTHER_MONEY[slot.symbol]), rng)


def scale(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    size = abs(slot.value)
    if slot.kind not in ("money", "count") or size < 2000:
        return None
    return rng.choice(
        (f"{slot.symbol}{size / 1e3:.1f}m", f"{slot.symbol}{size:,.0f}k", f"{slot.symbol}{size / 1e3:,.2f}")
    )


def unit(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    """% for points, points for %, % for a count, money for a percentage."""
    size = abs(slot.value)
    match slot.kind:
        case "points":
            return f"{size:.2f} %"
        case "percent" if size >= 2:
            return rng.choice((f"{size:.1f} percentage points", f"${size:.1f}"))
        case "count" if size >= 4:
            return rng.choice((f"{size:,.0f} %", f"€{size:,.0f}"))
    return None


def rival(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    others = [scene.slots[one] for one in scene.rivals.get(name, ()) if one in scene.slots]
    far = [
        one
        for one in others
        if abs(abs(one.value) - abs(slot.value)) > FAR * max(abs(one.value), abs(slot.value), 1e-9)
    ]
    return written(rng.choice(far), rng) if far else None


def _false(kind: str) -> Spoil:
    def spoil(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
        return rng.choice(slot.false) if slot.kind == kind and slot.false else None

    return spoil


def far_day(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    """A day that nothing was read of."""
    if slot.kind != "day" or not slot.day:
        return None
    return written(replace(slot, day=slot.day - timedelta(days=rng.randint(70, 200))), rng)


def weekday(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind != "day" or not slot.day:
        return None
    wrong = slot.day + timedelta(days=rng.randint(1, 6))
    return f"{wrong:%A}, {slot.day.day} {slot.day:%b}"


def in_words(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind != "count" or slot.value >= 90:
        return None
    return spelled(int(slot.value) + rng.choice((2, 4, 9)))


def in_script(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    said = value(slot, name, scene, rng)
    return said and (said.translate(rng.choice((ARABIC, WIDE))) if any(map(str.isdigit, said)) else None)


def in_code(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind not in ("money", "count"):
        return None
    return f"`{slot.symbol}{_off(slot, rng).value:,.0f}`"


def link(slot: Slot, name: str, scene: Scene, rng: random.Random) -> str | None:
    if slot.kind != "link":
        return None
    return rng.choice(
        (*slot.false, "bit.ly/3xYz", "www.boards-export.com/x", "//evil.example/p", "evil-boards.com")
    )


KINDS: Mapping[str, Spoil] = {
    **{
        "wrong value": value,
        "last digits swapped": last_digits,
        "one digit": one_digit,
        "other currency": currency,
    },
    **{"wrong scale": scale, "wrong unit": unit, "another's figure": rival, "wrong way": _false("way")},
    **{"wrong portion": _false("portion"), "other day of the data": _false("day"), "day outside": far_day},
    **{
        "wrong weekday": weekday,
        "wrong time": _false("clock"),
        "in words": in_words,
        "other digits": in_script,
    },
    **{"in code": in_code, "another's name": _false("word"), "wrong link": link},
}
