"""What a telling is written with: figures, days and names in one answer's habits."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.agent.grounding.outsiders.figure import SIGNS, Figure, numbers
from tests.agent.grounding.outsiders.scene import Scene

Piece = str | Figure
Row = Mapping[str, Any]
Told = tuple[Piece, ...]
NAMES = {"google-ads": "Google Ads", "meta-ads": "Meta Ads", "email": "Email", "linkedin-ads": "LinkedIn Ads"}


@dataclass(frozen=True, kw_only=True)
class Pen:
    scene: Scene
    rng: random.Random
    dates: str

    def one(self, *ways: str) -> str:
        return self.rng.choice(ways)

    def value(self, value: float, row: Row, unit: str, metric: str = "", **how: Any) -> Figure:
        """A metric's value in the metric's unit."""
        if unit in SIGNS:
            return self._figure("money", value, row, unit=unit, **how)
        if unit == "%":
            return self._figure("percent", value, row, **how)
        if unit:
            return self._figure("measure", value, row, unit=unit, **how)
        if metric == "conversion_rate":
            return self._figure("rate", value, row, **how)
        if metric == "return_on_ad_spend":
            return self._figure("ratio", value, row, unit=self.one("", "x"), **how)
        return self._figure("count", value, row, **how)

    def count(self, value: float, row: Row, **how: Any) -> Figure:
        return self._figure("count", value, row, **how)

    def percent(self, value: float, row: Row, **how: Any) -> Figure:
        return self._figure("percent", value, row, change=True, **how)

    def share(self, value: float, row: Row, **how: Any) -> Figure:
        return self._figure("percent", value, row, **how)

    def times(self, value: float, row: Row, **how: Any) -> Figure:
        return self._figure("ratio", value, row, **how)

    def measure(self, value: float, row: Row, unit: str, **how: Any) -> Figure:
        return self._figure("measure", value, row, unit=unit, **how)

    def cell(self, value: float, row: Row, **how: Any) -> Figure:
        """Of a report's column, which has no unit."""
        kind = "count" if value == round(value) else "money"
        return self._figure(kind, value, row, bare=True, **how)

    def takings(self, value: float, row: Row, **how: Any) -> Figure:
        """Customers' revenue, of which the result says no currency; the client's metrics do."""
        return self._figure("money", value, row, unit=self.scene.currency, bare=True, **how)

    def _figure(self, kind: Any, value: float, row: Row, **how: Any) -> Figure:
        near = tuple(number for number in numbers(row) if number != abs(value))
        return Figure(kind=kind, value=value, near=near, row=str(dict(row))[:400], **how)

    def day(self, day: str) -> str:
        at = datetime.fromisoformat(day)
        month, short = f"{at:%B}", f"{at:%b}"
        ways = {
            "british": f"{at.day} {month}",
            "american": f"{month} {at.day}",
            "short": f"{at.day} {short}",
            "us-short": f"{short} {at.day}",
            "named": f"{at:%A}, {at.day} {short}",
            "iso": f"{at:%Y-%m-%d}",
            "year": f"{at.day} {month} {at.year}",
            "ordinal": f"{month} {at.day}{_ordinal(at.day)}",
        }
        return ways[self.dates]

    def span(self, period: Row) -> str:
        start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
        if start.month == end.month and self.dates in ("british", "short", "year"):
            return f"{start.day}–{self.day(period['end'])}"
        return f"{self.day(period['start'])} {self.one('to', '–', 'through')} {self.day(period['end'])}"

    def name(self, raw: str) -> str:
        """A channel's, a segment's or a client's: as it is written, or as people write it."""
        return self.one(raw, NAMES.get(raw, raw.replace("-", " ")))

    def metric(self, raw: str) -> str:
        if raw == "return_on_ad_spend":
            return self.one("ROAS", "return on ad spend")
        return raw.replace("_", " ")

    def of(self, unit: str, word: str = "of") -> str:
        """Between a figure and the name of what it counts or measures."""
        return f" {word} " if unit else " "

    @property
    def whose(self) -> str:
        client = self.scene.client
        return self.one(client, client.split()[0]) if client else "the agency"


def say(template: str, *pieces: Piece) -> Told:
    """The pieces in the places of `{}`; `^` makes the next letter a capital."""
    parts = template.split("{}")
    assert len(parts) == len(pieces) + 1, template
    told: list[Piece] = [parts[0]]
    for piece, part in zip(pieces, parts[1:], strict=True):
        told += [piece, part]
    return tuple(_joined(told))


def moved(change: float, up: str, down: str) -> str:
    return up if change > 0 else down


def _joined(told: list[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in told:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        else:
            made.append(piece)
    return [re.sub(r"\^(.)", lambda at: at[1].upper(), one) if isinstance(one, str) else one for one in made]


def _ordinal(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(0 if 10 < number < 14 else number % 10, "th")
