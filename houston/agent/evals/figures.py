"""The figures that a text shows, and whether one of them is a given value at its shown rounding."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
TO = r"\s?(?:[-–—]|to|and|until)\s?"
DATES = re.compile(
    rf"""\d{{4}}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?
    | (?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s{MONTH})?{TO})?
      \d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{MONTH}(?:,?\s\d{{4}}\b)?
    | \b{MONTH}\s\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:{TO}\d{{1,2}}(?!\d))?(?:,?\s\d{{4}}\b)?
    | \b{MONTH}\s\d{{4}}\b
    | \b\d{{1,2}}:\d\d(?::\d\d)?\b | \b\d{{1,2}}\s?[ap]m\b""",
    re.IGNORECASE | re.VERBOSE,
)
NOT_DATA = re.compile(
    r"\b(?:19|20)\d\d\b(?![.,]\d)|\bweeks? \d+\b|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?)\b"
    r"|^\s*\d+[.)]\s",
    re.IGNORECASE | re.MULTILINE,
)
"""What a text without any data may well say: years, week numbers, spans, the numbers of a list."""

FIGURE = re.compile(
    r"(?<![\w.,/])(?:[$€£]|CHF|USD|EUR)?\s?(?P<whole>\d{1,3}(?:[,'’\u00a0\u2009\u202f]\d{3})+|\d+)"
    r"(?P<part>\.\d+)?\s?(?P<suffix>%|percent\b|(?:k|m|bn|b|million|thousand)\b)?(?![\w])",
    re.IGNORECASE,
)
FACTORS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9}
COARSEST = 0.05
"""How far a rounding may go, as a part of the value: 12k for 12,345, not 10k."""

FINEST_PERCENT = 0.1
"""A step that is always fine enough."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`step` is what one more in the last digit would add."""

    value: float
    step: float
    is_percent: bool

    def shows(self, value: float) -> bool:
        """Whether it is this value as shown; the sign is said in words, so it does not count."""
        size = abs(value)
        if _rounds(size, self.value, self.step, is_percent=self.is_percent):
            return True
        return self.is_percent and _rounds(size * 100, self.value, self.step, is_percent=True)


def figures(text: str) -> list[Figure]:
    """All but dates and times, in their order."""
    return list(_figures(DATES.sub(" ", text)))


def data_figures(text: str) -> list[Figure]:
    """Without what is no data: years, spans of time, numbers of a list."""
    return list(_figures(NOT_DATA.sub(" ", DATES.sub(" ", text))))


def shown(wanted: float | str, found: list[Figure]) -> bool:
    """Whether a value, written as a number or such as `12.3%` or `$1,200`, is among the figures."""
    if isinstance(wanted, int | float):
        return any(figure.shows(float(wanted)) for figure in found)
    written = next(_figures(wanted), None)
    return written is not None and any(
        figure.is_percent == written.is_percent
        and (figure.shows(written.value) or written.shows(figure.value))
        for figure in found
    )


def _figures(text: str) -> Iterator[Figure]:
    for match in FIGURE.finditer(text):
        suffix = (match["suffix"] or "").lower()
        factor = FACTORS.get(suffix, 1.0)
        whole = re.sub(r"\D", "", match["whole"])
        decimals = len(match["part"] or ".") - 1
        yield Figure(
            value=float(whole + (match["part"] or "")) * factor,
            step=10.0**-decimals * factor,
            is_percent=suffix in ("%", "percent"),
        )


def _rounds(value: float, shown: float, step: float, *, is_percent: bool) -> bool:
    slack = 1e-9 * max(1.0, value)
    if abs(value - shown) <= slack:
        return True
    is_fine = (is_percent and step <= FINEST_PERCENT) or step / 2 <= COARSEST * value
    return is_fine and abs(value - shown) <= 0.501 * step + slack
