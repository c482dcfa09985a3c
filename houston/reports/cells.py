"""Cells of a result as JSON keeps them. Times keep that they are times: `{"time": "2026-11-14T09:30:00"}`."""

import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from store.sources import Cell

ROWS, BYTES = 200, 64_000
"""What is kept of one run."""

TIME, DATE = "time", "date"


def kept(rows: Sequence[Sequence[Cell]]) -> list[list[Any]]:
    """The first rows, as far as there is room for them."""
    found: list[list[Any]] = []
    size = 0
    for row in rows[:ROWS]:
        cells = [_packed(cell) for cell in row]
        size += len(json.dumps(cells))
        if size > BYTES:
            break
        found.append(cells)
    return found


def restored(rows: Sequence[Sequence[Any]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_unpacked(cell) for cell in row) for row in rows)


def _packed(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return {TIME: cell.isoformat()}
    if isinstance(cell, date):
        return {DATE: cell.isoformat()}
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell[TIME]) if TIME in cell else date.fromisoformat(cell[DATE])
    found: Cell = cell
    return found
