"""From a driver's values to cells, counted as they come."""

import json
import math
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from store.sources.nouns import Cell, Limits, Result

EXACT = 2**53
"""Beyond this, a float cannot tell one integer from the next."""
FIXED_BYTES = 8


class Meter:
    """Takes rows until they are too many, or too big."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = time.monotonic()
        self._rows: list[tuple[Cell, ...]] = []
        self._bytes = 0
        self._is_full = False

    @property
    def batch(self) -> int:
        """How many rows to ask for next: few at first, since nobody knows yet how big they are."""
        if not self._rows:
            return 1
        room = (self._limits.bytes - self._bytes) // max(1, self._bytes // len(self._rows))
        return max(1, min(1000, room + 1, self._limits.rows - len(self._rows) + 1))

    def take(self, rows: Iterable[Sequence[Any]]) -> bool:
        """Whether there is room for more."""
        for row in rows:
            cells = tuple(cell(value) for value in row)
            self._bytes += sum(map(size, cells))
            if len(self._rows) >= self._limits.rows or self._bytes > self._limits.bytes:
                self._is_full = True
                return False
            self._rows.append(cells)
        return True

    def result(self, columns: Iterable[str]) -> Result:
        seconds = time.monotonic() - self._began
        return Result(columns=tuple(columns), rows=tuple(self._rows), is_cut=self._is_full, seconds=seconds)


def cell(value: Any) -> Cell:
    """What has no cell of its own becomes text; what is no number (NaN) is no value."""
    if isinstance(value, Decimal):
        return _from_decimal(value)
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value
    if value is None or isinstance(value, bool | int | str | date):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return _from_bytes(bytes(value))
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)


def size(value: Cell) -> int:
    """About the bytes that a cell takes."""
    return len(value) if isinstance(value, str) else FIXED_BYTES


def _from_decimal(value: Decimal) -> Cell:
    if value.is_finite() and value == value.to_integral_value() and abs(value) < EXACT:
        return int(value)
    return _from_float(float(value))


def _from_float(value: float) -> Cell:
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else str(value)


def _from_bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
