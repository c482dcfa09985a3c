"""What is done to a true figure so that it is false."""

import itertools
import math
import random
import re
from collections.abc import Sequence

from tests.agent.grounding.outsiders.figure import Figure, Style, Written, write

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
CURRENCIES = {"$": ("€", "£"), "£": ("$", "€"), "€": ("$", "£")}
CODES = {"USD": ("EUR", "GBP"), "GBP": ("USD", "EUR"), "EUR": ("USD", "GBP")}
OTHER = {
    "kWh": ("MWh",),
    "litres": ("gallons", "tonnes"),
    "minutes": ("hours", "seconds"),
    "hours": ("days", "minutes"),
    "days": ("weeks", "hours"),
}
OF_ALL = (" of them", " failed", " open,", " went", " open right", " in progress", " new")


def wrong_number(one: Written, how: Style, pool: Sequence[float], rng: random.Random) -> str | None:
    """Changed by 1 % to 300 %."""
    figure, by = one.figure, math.exp(rng.uniform(math.log(0.01), math.log(3.0)))
    down = rng.random() < 0.5 and by < 0.9
    value = figure.value * (1 - by if down else 1 + by)
    if figure.kind == "count" and figure.value == round(figure.value):
        value = float(round(value))
    spoilt = write(figure, how, value)
    return spoilt.text if _is_false(one, spoilt.text, pool) else None


def swapped(one: Written, how: Style, pool: Sequence[float], rng: random.Random) -> str | None:
    """Two neighbouring digits, anywhere in the figure."""
    text = one.text
    places = [at for at, char in enumerate(text) if char.isdigit()]
    pairs = [(a, b) for a, b in itertools.pairwise(places) if text[a] != text[b]]
    pairs = [(a, b) for a, b in pairs if (a, text[b]) != (places[0], "0") and "." not in text[a:b]]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    spoilt = text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]
    return spoilt if _is_false(one, spoilt, pool) else None


def wrong_unit(
    one: Written, after: str, currency: str, pool: Sequence[float], rng: random.Random
) -> str | None:
    """The figure in a unit that it is not in."""
    ways = [way for way in _units(one, after, currency) if way != one.text]
    figure, shown = one.figure, _read(one, one.text)
    if not ways or shown is None or any(abs(other - shown / one.scale) <= one.step for other in figure.near):
        return None
    return rng.choice(ways)


def _units(one: Written, after: str, currency: str) -> list[str]:
    figure, text = one.figure, one.text
    found = DIGITS.search(text)
    if found is None:
        return []
    digits = found[0]
    ways = [text.replace("k", "M")] if re.search(r"\dk", text) else []
    match figure.kind:
        case "money" if not figure.bare:
            ways += [text.replace(old, new) for old in CURRENCIES if old in text for new in CURRENCIES[old]]
            ways += [text.replace(old, new) for old in CODES if old in text for new in CODES[old]]
            if abs(figure.value) < 1000:
                ways.append(re.sub(r"[$£€]?" + re.escape(digits) + r"( [A-Z]{3})?", digits + "%", text))
        case "percent":
            ways.append(_without(text, digits, f"{currency}{digits}"))
            if figure.change:
                ways += [
                    _without(text, digits, digits + word) for word in (" percentage points", " pp", " points")
                ]
        case "rate":
            ways.append(_without(text, digits, f"{currency}{digits}"))
        case "ratio" if not figure.bare:
            ways.append(re.sub(re.escape(digits) + "x?", digits + "%", text))
        case "measure":
            ways += [text.replace(old, new) for old in OTHER if f" {old}" in text for new in OTHER[old]]
        case "count" if not figure.bare and figure.value >= 100 and "k" not in text:
            ways.append(text.replace(digits, currency + digits))
        case "count" if not figure.bare and 2 <= figure.value <= 100 and after.startswith(OF_ALL):
            ways.append(text.replace(digits, digits + "%"))
    return ways


def _without(text: str, digits: str, instead: str) -> str:
    return re.sub(re.escape(digits) + r"\s?(%|percent)", instead, text)


def _is_false(one: Written, spoilt: str, pool: Sequence[float]) -> bool:
    """Nothing that the results or the answer itself hold of this thing explains it, at its rounding."""
    value, true = _read(one, spoilt), abs(one.figure.value)
    if spoilt == one.text or value is None:
        return False
    far = max(one.step * 1.01, 0.05 * true if one.hedged else 0.0)
    return abs(value - true) > far and not any(abs(value - each) <= one.step for each in explained(one, pool))


def explained(one: Written, pool: Sequence[float]) -> list[float]:
    """The numbers at hand, and what comes of two of them."""
    known = [*dict.fromkeys((*pool, *one.figure.near, abs(one.figure.value)))]
    made = [value for a in known for b in known if a != b for value in _made(a, b)]
    return [each for each in (*known, *made) if each != abs(one.figure.value)]


def _made(a: float, b: float) -> tuple[float, ...]:
    ratios = (a / b, a / b * 100, abs(a - b) / b * 100) if b else ()
    return (a + b, abs(a - b), *ratios)


def _read(one: Written, text: str) -> float | None:
    found = DIGITS.search(text)
    return float(found[0].replace(",", "")) * one.scale if found else None


def pool_of(figures: Sequence[Figure]) -> list[float]:
    return [abs(figure.value) for figure in figures]
