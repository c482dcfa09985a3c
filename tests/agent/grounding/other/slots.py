"""True values, and how people write them: other ways than those of `tests.agent.grounding.shown`."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tests.agent.grounding.shown import WORDS

Kind = Literal[
    "money", "count", "percent", "points", "ratio", "mean", "day", "clock", "way", "portion", "link", "word"
]
NUMBERS = ("money", "count", "percent", "points", "ratio", "mean")
CODES = {"$": "USD", "€": "EUR", "£": "GBP"}
ONES = [
    *WORDS,
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What stands in one hole of a template."""

    kind: Kind
    value: float = 0.0
    text: str = ""
    """Of words, and of phrases such as `doubled`."""
    false: tuple[str, ...] = ()
    """Texts that would be lies there."""
    symbol: str = ""
    """Of money."""
    day: date | None = None


def money(value: float, symbol: str) -> Slot:
    return Slot(kind="money", value=value, symbol=symbol)


def number(kind: Kind, value: float) -> Slot:
    return Slot(kind=kind, value=value)


def word(text: str, *false: str) -> Slot:
    return Slot(kind="word", text=text, false=tuple(other for other in false if other != text))


def on(day: date, *others: date) -> Slot:
    """`others`: days that the same results are of."""
    false = tuple(f"{one.day} {one:%B}" for one in others if one != day)
    return Slot(kind="day", day=day, false=false)


def written(slot: Slot, rng: random.Random) -> str:
    """One of the usual ways; without its sign, which the words around it tell."""
    size = abs(slot.value)
    match slot.kind:
        case "money":
            return rng.choice(_money(size, slot.symbol))
        case "count":
            return rng.choice(_count(size))
        case "percent":
            return rng.choice(
                [f"{size:.1f}%", f"{size:.1f} %", f"**{size:.1f}%**", f"{size:.1f} per cent", *_whole(size)]
            )
        case "points":
            return rng.choice(
                [f"{size:.2f} percentage points", f"{size:.2f} pp", f"{size:.1f} percentage points"]
            )
        case "ratio":
            return rng.choice([f"{size:.2f}", f"{size:.1f}", f"{size:.2f}x", f"`{size:.2f}`"])
        case "mean":
            return rng.choice([f"{size:,.1f}", f"{size:,.0f}", f"around {size:,.0f}"])
        case "day":
            return rng.choice(_day(slot.day or date.min))
        case _:
            return slot.text


def _whole(size: float) -> list[str]:
    return [f"{size:.0f}%", f"about {size:.0f} %", f"roughly {size:.0f}%"] if size >= 3 else []


def _money(size: float, symbol: str) -> list[str]:
    code = CODES[symbol]
    forms = [
        f"{symbol}{size:,.2f}",
        f"**{symbol}{size:,.2f}**",
        f"{code} {size:,.2f}",
        f"{size:,.2f} {symbol}",
        f"`{symbol}{size:,.2f}`",
    ]
    if size >= 100:
        forms += [f"{symbol}{size:,.0f}", f"{size:,.0f} {code}", f"_{symbol}{size:,.0f}_"]
        european = f"{size:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
        forms += [f"{european} {symbol}"]
    if size >= 10_000:
        forms += [
            f"{symbol}{size / 1e3:,.1f}k",
            f"{symbol}{size / 1e3:,.0f}k",
            f"around {symbol}{round(size, -3):,.0f}",
        ]
    if size >= 1e6:
        forms += [
            f"{symbol}{size / 1e6:.2f}m",
            f"{symbol}{size / 1e6:.1f} million",
            f"{symbol}{size / 1e6:.2f}M",
        ]
    return forms


def _count(size: float) -> list[str]:
    forms = [f"{size:,.0f}", f"**{size:,.0f}**", f"`{size:,.0f}`"]
    if size < 100:
        forms += [spelled(int(size))] * 2 if size != 1 else []
    if size >= 1000:
        forms += [
            f"{size:.0f}",
            f"{size / 1000:.1f}k",
            f"{size:,.0f}".replace(",", "\u2009"),
            f"about {round(size, -2):,.0f}",
        ]
    return forms


def spelled(size: int) -> str:
    if size < len(ONES):
        return ONES[size]
    tens, ones = divmod(size, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


def _day(day: date) -> list[str]:
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return [
        f"{day.day} {day:%b}",
        f"{day:%B} {day.day}",
        f"{day:%a}, {day.day} {day:%B}",
        day.isoformat(),
        f"{day:%A} ({day.day} {day:%b})",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day:%b} {day.day}{ending}",
    ]
