"""What can be done with amounts: each checks that their units go together. Raises ToolError."""

import ast
import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from houston.agent.tool import ToolError

WHAT_IT_CAN = (
    "It takes + - * / and sum, mean, median, max, min, abs, count, round, percent_change(from, to), "
    "share(part, whole) over "
    "references such as r2.total, r1.rows[0].value or r1.rows.value."
)


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    unit: str = ""


Amounts = list[Amount]


def joined(op: ast.operator, left: Amount, right: Amount) -> Amount:
    match op:
        case ast.Add():
            return Amount(left.value + right.value, _same_unit(left, right))
        case ast.Sub():
            return Amount(left.value - right.value, _same_unit(left, right))
        case ast.Mult():
            return Amount(
                left.value * right.value, "" if left.unit and right.unit else left.unit or right.unit
            )
        case ast.Div():
            unit = "" if left.unit == right.unit else left.unit
            return Amount(_divided(left.value, right.value), unit)
    raise ToolError(f"That operator is not allowed. {WHAT_IT_CAN}")


def _same_unit(*amounts: Amount) -> str:
    units = list(dict.fromkeys(one.unit for one in amounts if one.unit))
    if len(units) > 1:
        raise ToolError(f"These have different units ({', '.join(units)}) and cannot be put together.")
    return units[0] if units else ""


def _divided(one: float, other: float) -> float:
    if other == 0:
        raise ToolError("That divides by zero: there is no such ratio.")
    return one / other


def _percent(part: float, whole: float, *compared: Amount) -> Amount:
    _same_unit(*compared)
    return Amount(_divided(part, whole) * 100, "%")


def rounded(amount: Amount, digits: ast.expr) -> Amount:
    wanted = digits.value if isinstance(digits, ast.Constant) else None
    if not isinstance(wanted, int) or not 0 <= wanted <= 6:
        raise ToolError("round takes a number of digits from 0 to 6.")
    return Amount(round(amount.value, wanted), amount.unit)


def _over(function: Callable[[list[float]], float]) -> Callable[[Amounts], Amount]:
    return lambda amounts: Amount(function([one.value for one in amounts]), _same_unit(*amounts))


OVER_MANY: Mapping[str, Callable[[Amounts], Amount]] = {
    "sum": _over(math.fsum),
    "mean": _over(statistics.fmean),
    "median": _over(statistics.median),
    "max": _over(max),
    "min": _over(min),
    "count": lambda amounts: Amount(float(len(amounts))),
}
OVER_TWO: Mapping[str, Callable[[Amount, Amount], Amount]] = {
    "percent_change": lambda start, end: _percent(end.value - start.value, abs(start.value), start, end),
    "share": lambda part, whole: _percent(part.value, whole.value, part, whole),
}
OVER_ONE: Mapping[str, Callable[[Amount], Amount]] = {
    "abs": lambda one: Amount(abs(one.value), one.unit),
    "round": lambda one: Amount(float(round(one.value)), one.unit),
}
