"""Which engine judges a series."""

from __future__ import annotations

from typing import Any

from houston.watch.outliers.coarse.engine import DAILY, HOURLY
from houston.watch.outliers.engine import Engine
from houston.watch.outliers.fine.engine import FINE

#: an hour, but for jitter
LEAST_COARSE = 3_000.0
#: most of a day
LEAST_DAILY = 50_000.0
#: by the seconds between rows from which on it judges
BY_SPACING: tuple[tuple[float, Engine[Any]], ...] = (
    (0.0, FINE),
    (LEAST_COARSE, HOURLY),
    (LEAST_DAILY, DAILY),
)
ENGINES = tuple(engine for _, engine in BY_SPACING)


def engine_for(spacing: float) -> int:
    """The place in ENGINES of the one that judges rows `spacing` seconds apart."""
    return max(i for i, (least, _) in enumerate(BY_SPACING) if spacing >= least)
