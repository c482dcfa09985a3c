"""True values made false: another number, swapped digits, another unit."""

import math
import random
from collections.abc import Iterator
from itertools import pairwise

from tests.agent.grounding.reviewers.slots import Slot, Style

LEAST, MOST = 0.01, 3.0
"""A wrong number is off by this share of the true one."""

TRIES = 40
CURRENCIES = ("$", "€", "£")
NAMED = {"CHF": "EUR", "USD": "EUR"}
LONGER = {"s": "minutes", "min": "hours", "h": "days", "days": "weeks", "kWh": "MWh", "l": "kWh"}


def wrong(slot: Slot, style: Style, rng: random.Random) -> str | None:
    """None where no other value can be told from the true one as it is written."""
    for _ in range(TRIES):
        share = math.exp(rng.uniform(math.log(LEAST), math.log(MOST)))
        value = abs(slot.value) * (1 + share if rng.random() < 0.5 else max(1 - share, 0.05))
        if slot.kind == "count" and style.step >= 1:
            value = round(value)
        if style.spelled and not 2 <= value <= 10:
            continue
        if is_false(_shown(value, style), slot, style):
            return style.text(value)
    return None


def swapped(slot: Slot, style: Style, rng: random.Random) -> str | None:
    """Two neighbouring digits have changed places; none where they are all alike."""
    if style.spelled:
        return None
    number = style.number(slot.value)
    digits = [place for place, char in enumerate(number) if char.isdigit()]
    pairs = list(pairwise(digits))
    rng.shuffle(pairs)
    for one, other in pairs:
        made = list(number)
        made[one], made[other] = made[other], made[one]
        text = "".join(made)
        if text[0] == "0" and len(text) > 1 and text[1] != ".":
            continue
        if text != number and is_false(_value(text), slot, style):
            return f"{style.before}{text}{style.after}"
    return None


def other_unit(slot: Slot, style: Style, rng: random.Random) -> str | None:
    found = [each for each in _units(slot, style) if each != style.text(slot.value)]
    return rng.choice(found) if found else None


def is_false(shown: float, slot: Slot, style: Style) -> bool:
    """Whether a fair reader calls it wrong, and it is nothing else that is true of the same thing."""
    size = abs(slot.value)
    off = abs(shown - size)
    if off < LEAST * size and style.hedged:
        return False
    if off <= style.step * (1.5 if style.hedged else 0.75) or (style.hedged and off < 0.06 * size):
        return False
    return not any(abs(shown - abs(each)) <= style.step for each in _related(slot))


def _related(slot: Slot) -> Iterator[float]:
    """The other values of the same thing, and what comes of two of them."""
    yield from slot.near
    every = (slot.value, *slot.near)
    for one in every:
        for other in every:
            if one is not other:
                yield one + other
                yield one - other
                if other:
                    yield from (one / other, one / other * 100, (one - other) / other * 100)


def _units(slot: Slot, style: Style) -> Iterator[str]:
    text, number = style.text(slot.value), style.number(slot.value)
    if number.endswith("k"):
        yield text.replace("k", "M")
    if style.spelled:
        return
    bold = "**" if style.after.endswith("**") else ""
    match slot.kind:
        case "money":
            yield from _other_money(slot, text)
            if abs(slot.value) < 1000:
                yield f"{bold}{number}%{bold}"
        case "percent":
            yield f"{bold}${number}{bold}"
            yield f"{bold}{number} percentage points{bold}"
        case "points":
            yield f"{number}%"
        case "times":
            yield f"{number}%"
        case "bare" if abs(slot.value) < 1000:
            yield f"{bold}{number}%{bold}"
        case "count":
            yield f"{bold}${number}{bold}"
            if abs(slot.value) < 1000:
                yield f"{bold}{number}%{bold}"
        case "amount":
            yield f"{style.before}{number} {LONGER[slot.unit]}{bold}"


def _other_money(slot: Slot, text: str) -> Iterator[str]:
    if slot.unit in CURRENCIES:
        yield from (text.replace(slot.unit, each) for each in CURRENCIES if each != slot.unit)
    else:
        yield text.replace(slot.unit, NAMED[slot.unit])


def _shown(value: float, style: Style) -> float:
    return round(abs(value) / style.size, style.places) * style.size


def _value(text: str) -> float:
    plain = text.replace(",", "").replace("k", "")
    return float(plain) * (1000 if text.endswith("k") else 1)
