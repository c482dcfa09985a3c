"""Numbers as people write them."""

from __future__ import annotations

import math

UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def readable(value: float) -> str:
    """Such as "12.3 k"."""
    size, unit = unit_of(abs(value))
    return with_unit(shown(value / size), unit)


def readable_range(lower: float, upper: float) -> str:
    """Such as "9.8–11.2 k"."""
    size, unit = unit_of(max(abs(lower), abs(upper)))
    low, high = shown(lower / size), shown(upper / size)
    dash = " to " if lower < 0 else "–"
    return with_unit(low if low == high else f"{low}{dash}{high}", unit)


def readable_percent(share: float) -> str:
    """Such as "41 %", or "2.5 %" below ten."""
    return f"{share * 100:.{0 if share >= 0.1 else 1}f}".removesuffix(".0") + " %"


def unit_of(value: float) -> tuple[float, str]:
    return next(((size, unit) for size, unit in UNITS if value >= 0.9995 * size), (1.0, ""))


def with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def shown(value: float) -> str:
    """Three significant digits, without an exponent."""
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
