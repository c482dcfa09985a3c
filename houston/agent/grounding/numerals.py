"""Digits as people write them: 1,234.5 · 1 234,5 · 1.234,5 · 0.07."""

import re
from dataclasses import dataclass

NUMERAL = (
    r"(?:\d{1,3}(?:[,'’\u00a0\u2009\u202f ]\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?:[.\u00a0\u2009\u202f ]\d{3})+(?:,\d+)?"
    r"|\d+(?:[.,]\d+)?|\.\d+)(?!\d|[.,]\d)"
    r"|\d+(?:[.,]\d+){2,}"
)
MOST_DIGITS = 100
"""More mean nothing, and are no number that a computer holds."""
SPACES = re.compile(r"['’\u00a0\u2009\u202f ]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a numeral can mean."""

    value: float
    step: float
    """The worth of its last digit."""

    def times(self, factor: float) -> "Reading":
        return Reading(self.value * factor, self.step * factor)


def readings(numeral: str) -> tuple[Reading, ...]:
    """The likeliest first; `1.234` is also one thousand two hundred and thirty-four."""
    bare = SPACES.sub("", numeral)
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        decimal = "." if bare.rindex(".") > bare.rindex(",") else ","
        return (_reading(bare, decimal),)
    if not dots and not commas:
        return (_reading(bare, "."),)
    separator = "." if dots else ","
    if not _groups(bare, separator):
        return (_reading(bare, separator),)
    whole = _reading(bare.replace(separator, ""), ".")
    if dots + commas > 1 or separator == ",":
        return (whole,)
    return _reading(bare, "."), whole


def _groups(bare: str, separator: str) -> bool:
    first, *others = bare.split(separator)
    return len(first) <= 3 and not first.startswith("0") and all(len(other) == 3 for other in others)


def _reading(bare: str, decimal: str) -> Reading:
    whole, _, fraction = bare.rpartition(decimal) if decimal in bare else (bare, "", "")
    digits = re.sub(r"\D", "", whole)
    value = float(f"{digits[:MOST_DIGITS] or 0}.{fraction or 0}")
    return Reading(value, 10.0 ** -len(fraction[:MOST_DIGITS]))


def hedged(reading: Reading) -> Reading:
    """As coarse as its trailing zeros say, where it is written as `about 1,200`; at most 9 % of it."""
    step = reading.step
    while step < reading.value and reading.value % (step * 10) == 0 and step * 10 <= reading.value / 10:
        step *= 10
    return Reading(reading.value, min(step, max(reading.value * 0.09, reading.step)))
