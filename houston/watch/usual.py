"""What a metric usually comes to at this time: the median of the same time in the weeks before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

WEEKS = 8
LEAST = 3
"""Weeks of which there must be figures."""

SCALE = 1.4826
"""Makes a median of distances as wide as a standard deviation."""

FLOOR = 0.02
"""Of the usual figure: no metric is steadier than that."""

FAR = 3.0
"""Spreads, from which on a figure is not usual any more."""

Window = tuple[datetime, datetime]
"""From, until."""


@dataclass(frozen=True, kw_only=True)
class Usual:
    """`spread` is how far the weeks usually lie from their median."""

    value: float
    spread: float
    weeks: int

    @classmethod
    def of(cls, values: Sequence[float | None]) -> "Usual | None":
        """None where too few weeks are known."""
        known = [value for value in values if value is not None and math.isfinite(value)]
        if len(known) < LEAST:
            return None
        middle = median(known)
        spread = SCALE * median(abs(value - middle) for value in known)
        return cls(value=middle, spread=max(spread, FLOOR * abs(middle)), weeks=len(known))

    def spreads(self, value: float) -> float:
        """How many spreads a figure is away, with its sign."""
        away = value - self.value
        return away / self.spread if self.spread else math.copysign(math.inf, away) if away else 0.0

    def holds(self, value: float) -> bool:
        return abs(self.spreads(value)) < FAR


def weeks_before(window: Window, zone: ZoneInfo) -> list[Window]:
    """The same time on the clock in the weeks before, the latest first."""
    return [
        (_earlier(window[0], number, zone), _earlier(window[1], number, zone))
        for number in range(1, WEEKS + 1)
    ]


def _earlier(at: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    return (at.astimezone(zone) - timedelta(weeks=weeks)).astimezone(UTC)
