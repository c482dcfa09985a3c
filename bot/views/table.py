"""Rows as a table of fixed width, which every Slack client shows alike."""

from collections.abc import Sequence
from typing import Any

from bot.views.text import code, cut, number, one_line

COLUMNS, WIDTH, CELL = 6, 78, 24


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A code block; what does not fit is cut, and more columns are counted."""
    shown = [one_line(each) for each in columns[:COLUMNS]]
    cells = [[_cell(value) for value in row[:COLUMNS]] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(shown)]
    widths = [min(width, CELL) for width in widths]
    lines = [_line(shown, widths), "  ".join("─" * width for width in widths)]
    lines += [_line(row, widths) for row in cells]
    more = len(columns) - COLUMNS
    said = code("\n".join(line[:WIDTH] for line in lines))
    return f"{said}\nand {more} more columns" if more > 0 else said


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cut(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, "")
    return one_line(str(value))
