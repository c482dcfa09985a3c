"""Cells of earlier results by name: `r2.total`, `r1.rows[0].value`; `r1.rows.value` is a whole column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from houston.agent.tool import ToolError

Step = str | int
SUBJECTS = ("metric", "channel", "client", "segment", "name")
CURRENCY_FREE = frozenset(
    [
        "count",
        "rows",
        "points",
        "days",
        "customers",
        "orders",
        "new",
        "returning",
        "left_out",
        "row_count",
        "times_spread",
        "working_days",
    ]
)
"""Fields that are not measured in their result's unit."""
PERCENTS = ("percent", "share")


@dataclass(frozen=True, kw_only=True)
class Operand:
    """One number that was returned."""

    ref: str
    path: str
    """Within the result: `rows[0].value`."""
    value: float
    unit: str = ""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """What it is of, as far as the result says so: metric, channel, client."""


def operands(results: Mapping[str, Mapping[str, Any]], ref: str, steps: Sequence[Step]) -> list[Operand]:
    """The number that a reference names, or the numbers of a column. Raises ToolError with what there is."""
    if ref not in results:
        known = ", ".join(results) or "none yet"
        raise ToolError(f"There is no result {ref}. The results of this conversation: {known}.")
    walk = _Walk(ref)
    walk.go(results[ref], list(steps), "", "", {})
    if not walk.found:
        raise ToolError(f"{_written(ref, steps)} holds no numbers.")
    return walk.found


class _Walk:
    def __init__(self, ref: str) -> None:
        self._ref = ref
        self.found: list[Operand] = []

    def go(self, at: Any, steps: list[Step], path: str, unit: str, subjects: Mapping[str, str]) -> None:
        if isinstance(at, Mapping):
            unit = str(at["unit"]) if at.get("unit") is not None else unit
            subjects = {**subjects, **{key: at[key] for key in SUBJECTS if isinstance(at.get(key), str)}}
        if not steps:
            return self._keep(at, path, unit, subjects)
        step, rest = steps[0], steps[1:]
        if isinstance(step, int):
            return self.go(self._item(at, step, path), rest, f"{path}[{step}]", unit, subjects)
        if isinstance(at, list):
            for index, item in enumerate(at):
                self.go(item, steps, f"{path}[{index}]", unit, subjects)
            return None
        return self.go(self._field(at, step, path), rest, f"{path}.{step}" if path else step, unit, subjects)

    def _item(self, at: Any, index: int, path: str) -> Any:
        if not isinstance(at, list):
            raise ToolError(f"{self._ref}.{path} is no list.")
        if not -len(at) <= index < len(at):
            raise ToolError(f"{self._ref}.{path} has {len(at)} items, counted from 0.")
        return at[index]

    def _field(self, at: Any, name: str, path: str) -> Any:
        if not isinstance(at, Mapping):
            raise ToolError(f"{self._ref}.{path} has no fields.")
        if name not in at:
            fields = ", ".join(str(key) for key in at if key not in ("ref", "source"))
            raise ToolError(f"{_dotted(self._ref, path)} has no field {name}. Its fields: {fields}.")
        return at[name]

    def _keep(self, at: Any, path: str, unit: str, subjects: Mapping[str, str]) -> None:
        if isinstance(at, list) and all(isinstance(item, int | float) for item in at):
            for index, item in enumerate(at):
                self._keep(item, f"{path}[{index}]", unit, subjects)
            return
        if at is None:
            raise ToolError(f"{_dotted(self._ref, path)} has no figure (no data).")
        if isinstance(at, bool) or not isinstance(at, int | float):
            raise ToolError(f"{_dotted(self._ref, path)} is not a number.")
        own = _unit_of(path.rpartition(".")[2].partition("[")[0], unit)
        self.found.append(Operand(ref=self._ref, path=path, value=float(at), unit=own, subjects=subjects))


def _unit_of(name: str, unit: str) -> str:
    if any(word in name for word in PERCENTS):
        return "%"
    return "" if name in CURRENCY_FREE else unit


def _dotted(ref: str, path: str) -> str:
    return f"{ref}.{path}" if path else ref


def _written(ref: str, steps: Sequence[Step]) -> str:
    return ref + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
