"""What happened, in one plain phrase."""

from __future__ import annotations

import math

from houston.watch.outliers.detector import Cause

UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
#: from this many times the expected value on, "times" reads better than a percentage
TIMES_FROM = 3.0


def reason(*, value: float, expected: float, lower: float, upper: float, cause: Cause = Cause.VALUE) -> str:
    """Such as "41 % under the usual 9.8–11.2 k"; the bounds are those of the verdict, the cause too."""
    if cause == Cause.STUCK:
        return f"stuck at {number(value)}"
    if value < lower or value > upper:
        return f"{distance(value, expected)} the usual {between(lower, upper)}"
    if cause == Cause.SHIFT:
        return f"{distance(value, expected)} the expected {number(expected)}, like the rows before it"
    if cause == Cause.UNSEEN:
        return f"{number(value)}, where {number(expected)} was expected, was never seen around this hour"
    return f"{number(value)}, within the usual {between(lower, upper)}"


def distance(value: float, expected: float) -> str:
    side = "over" if value > expected else "under"
    if expected == 0 or value * expected < 0:
        return f"{number(abs(value - expected))} {side}"
    ratio = value / expected
    if ratio >= TIMES_FROM:
        return f"{number(ratio)} times"
    return f"{percent(abs(ratio - 1))} {side}"


def percent(share: float) -> str:
    return f"{share * 100:.{0 if share >= 0.1 else 1}f}".removesuffix(".0") + " %"


def between(lower: float, upper: float) -> str:
    size, unit = unit_of(max(abs(lower), abs(upper)))
    low, high = shown(lower / size), shown(upper / size)
    dash = " to " if lower < 0 else "–"
    return with_unit(low if low == high else f"{low}{dash}{high}", unit)


def number(value: float) -> str:
    size, unit = unit_of(abs(value))
    return with_unit(shown(value / size), unit)


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
