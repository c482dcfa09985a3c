"""Figures as a GPT-like model writes them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["money", "count", "percent", "ratio", "rate", "measure"]
SIGNS = {"$": "$", "£": "£", "EUR": "€"}
CODES = {"$": "USD", "£": "GBP", "EUR": "EUR"}
LONG = {"kWh": "kWh", "l": "litres", "min": "minutes", "hours": "hours", "days": "days", "minutes": "minutes"}
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value in an answer, and the numbers that the same thing has besides it."""

    kind: Kind
    value: float
    unit: str = ""
    signed: bool = False
    plain: bool = False
    """Neither bold nor hedged nor cut short, as in a table."""
    bare: bool = False
    """No result names its unit; or there is none to spoil."""
    near: tuple[float, ...] = ()
    row: str = ""
    change: bool = False
    """A change in percent, as against a share."""


@dataclass(frozen=True, kw_only=True)
class Style:
    """How one answer writes its figures: the same all through, as people do."""

    money: str
    count: str
    percent: str
    bold: bool
    hedge: str
    spelled: bool


@dataclass(frozen=True, kw_only=True)
class Written:
    figure: Figure
    text: str
    step: float
    """What one more in the last shown place is worth."""
    scale: float = 1.0
    hedged: bool = False


def style(rng: random.Random) -> Style:
    return Style(
        money=rng.choices(("full", "whole", "k", "code"), (5, 4, 2, 1))[0],
        count=rng.choices(("full", "k", "digits"), (8, 1, 1))[0],
        percent=rng.choices(("one", "whole", "word", "spaced"), (7, 2, 1, 1))[0],
        bold=rng.random() < 0.35,
        hedge=rng.choice(("about ", "roughly ", "~", "around ", "")),
        spelled=rng.random() < 0.5,
    )


def numbers(found: Any) -> tuple[float, ...]:
    """All numbers of a result or of a part of it."""
    if isinstance(found, bool) or found is None or isinstance(found, str):
        return ()
    if isinstance(found, int | float):
        return (abs(float(found)),)
    parts = found.values() if isinstance(found, Mapping) else found
    return tuple(number for part in parts for number in numbers(part))


def write(figure: Figure, how: Style, value: float | None = None) -> Written:
    """As it stands in the text; `value` in place of its own."""
    true = figure.value if value is None else value
    match figure.kind:
        case "money":
            text, step, scale, cut = _money(abs(true), figure, how)
        case "count":
            text, step, scale, cut = _count(abs(true), figure, how)
        case "percent":
            text, step, scale, cut = _percent(abs(true), figure, how)
        case "rate":
            text, step, scale, cut = f"{abs(true) * 100:.2f}%", 0.0001, 0.01, False
        case "ratio":
            text, step, scale, cut = f"{abs(true):,.2f}{figure.unit}", 0.01, 1.0, False
        case "measure":
            text, step, scale, cut = _measure(abs(true), figure)
    if figure.signed:
        text = ("+" if true > 0 else "-") + text
    hedged = cut and bool(how.hedge) and not figure.signed and not figure.plain
    if how.bold and not figure.plain and not figure.signed:
        text = f"**{text}**"
    return Written(
        figure=figure, text=(how.hedge if hedged else "") + text, step=step, scale=scale, hedged=hedged
    )


def _money(size: float, figure: Figure, how: Style) -> tuple[str, float, float, bool]:
    if figure.unit == "":
        whole = how.money != "full" and size >= 100
        return (f"{size:,.0f}", 1.0, 1.0, False) if whole else (f"{size:,.2f}", 0.01, 1.0, False)
    sign = SIGNS[figure.unit]
    if how.money == "k" and size >= 1_000_000:
        return f"{sign}{size / 1e6:.2f}M", 1e4, 1e6, True
    if how.money == "k" and size >= 1000:
        return f"{sign}{size / 1000:.1f}k", 100.0, 1000.0, True
    if how.money == "whole" and size >= 100:
        return f"{sign}{size:,.0f}", 1.0, 1.0, False
    if how.money == "code" and size >= 1:
        return f"{size:,.2f} {CODES[figure.unit]}", 0.01, 1.0, False
    if size < 0.1:
        return f"{sign}{size:.3f}", 0.001, 1.0, False
    return f"{sign}{size:,.2f}", 0.01, 1.0, False


def _count(size: float, figure: Figure, how: Style) -> tuple[str, float, float, bool]:
    if size != round(size):
        return f"{size:,.1f}", 0.1, 1.0, False
    if how.count == "k" and size >= 10_000 and not figure.plain:
        return f"{size / 1000:.1f}k", 100.0, 1000.0, True
    if how.spelled and 2 <= size < len(WORDS) and not figure.plain:
        return WORDS[int(size)], 1.0, 1.0, False
    return (f"{size:.0f}" if how.count == "digits" else f"{size:,.0f}"), 1.0, 1.0, False


def _percent(size: float, figure: Figure, how: Style) -> tuple[str, float, float, bool]:
    if how.percent == "whole" and size >= 2 and not figure.plain:
        return f"{size:.0f}%", 1.0, 1.0, True
    if how.percent == "word" and not figure.plain:
        return f"{size:.1f} percent", 0.1, 1.0, False
    return f"{size:.1f}{' ' if how.percent == 'spaced' else ''}%", 0.1, 1.0, False


def _measure(size: float, figure: Figure) -> tuple[str, float, float, bool]:
    unit = LONG[figure.unit]
    if size >= 100 or size == round(size):
        return f"{size:,.0f} {unit}", 1.0, 1.0, False
    return f"{size:.1f} {unit}", 0.1, 1.0, False
