"""Makes a cell of a returned number: its unit, its role, what it counts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from houston.agent.grounding import keys
from houston.agent.grounding.cell import Cell, Name, Role
from houston.agent.grounding.figures import SECONDS
from houston.agent.grounding.place import Place
from houston.agent.grounding.text import name_of


def cell_of(key: str, value: float, place: Place) -> Cell:
    names, unit = dict(place.names), place.unit if key in keys.VALUES else ""
    if key not in keys.GENERIC:
        names["metric"] = name_of(key)
    change = bool(keys.CHANGE.search(key)) and not keys.NO_CHANGE.search(key)
    role: Role = "id" if keys.IDS.search(key) else "count" if keys.COUNTS.search(key) else "level"
    span = place.span
    if key == "compared_value":
        span = None if span and span[0] == span[1] else place.other_span
    cell = Cell(
        value=value,
        path=place.path,
        key=key,
        role="change" if change else role,
        names=names,
        nouns=_nouns(key, place),
        span=span,
        clock=place.clock,
        other_span=place.other_span if change else None,
    )
    if keys.PERCENT.search(key) or unit in ("%", "percent"):
        return replace(cell, measure="percent", unit="%")
    if key in keys.TIMES or unit in SECONDS:
        return replace(cell, measure="time", unit=str(keys.TIMES.get(key) or float(SECONDS[unit])))
    return replace(cell, unit=unit or (_currency(place) if _is_money(key) and role == "level" else ""))


def calculated(data: Mapping[str, Any], place: Place) -> Cell:
    """The difference of two cells is a change, their ratio is none."""
    cell = cell_of("calculated", float(data["value"]), place)
    moved = re.search(r"percent_change|-", str(data["expression"]))
    return replace(cell, role="change") if moved else cell


def _currency(place: Place) -> str:
    """A code, where what money is in is returned beside it."""
    return place.unit if place.unit.isupper() else "?"


def _is_money(key: str) -> bool:
    return key not in keys.VALUES and bool(keys.MONEY.search(key))


def _nouns(key: str, place: Place) -> tuple[Name, ...]:
    """A count beside a list counts what is in the list; a cell inside of it does not."""
    if key == "rows" and ".source" in f".{place.path}":
        return (("row",), ("point",), ("data", "point"))
    return () if "[" in place.path or key == "left_out" else place.nouns
