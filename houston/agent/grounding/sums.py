"""Arithmetic over returned cells: a tiny language with a fixed list of things it can do."""

import ast
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from houston.agent.grounding.operations import (
    OVER_MANY,
    OVER_ONE,
    OVER_TWO,
    WHAT_IT_CAN,
    Amount,
    Amounts,
    joined,
    rounded,
)
from houston.agent.grounding.references import Operand, Step, operands
from houston.agent.tool import ToolError

CONSTANTS = frozenset((2.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 100.0, 365.0, 1000.0))
LONGEST = 300
DEEPEST = 20
REF = re.compile(r"r\d+")


def evaluate(
    expression: str, results: Mapping[str, Mapping[str, Any]], constants: frozenset[float]
) -> tuple[Amount, list[Operand]]:
    """The amount, and the cells it was made from. Raises ToolError with what to mend."""
    if len(expression) > LONGEST:
        raise ToolError(f"The expression is too long: at most {LONGEST} characters.")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ToolError(f"“{expression}” is no expression. {WHAT_IT_CAN}") from None
    sums = _Sums(results, constants)
    amount = _single(sums.of(tree.body, 0))
    if not sums.used:
        raise ToolError(f"The expression names no returned cell. {WHAT_IT_CAN}")
    if not math.isfinite(amount.value):
        raise ToolError("The result is no finite number.")
    return amount, sums.used


class _Sums:
    def __init__(self, results: Mapping[str, Mapping[str, Any]], constants: frozenset[float]) -> None:
        self._results = results
        self._constants = constants
        self.used: list[Operand] = []

    def of(self, node: ast.expr, depth: int) -> Amounts:
        if depth > DEEPEST:
            raise ToolError("The expression is nested too deeply.")
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return [self._constant(float(value))]
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
                turn = -1.0 if isinstance(sign, ast.USub) else 1.0
                return [Amount(turn * one.value, one.unit) for one in self.of(inner, depth + 1)]
            case ast.BinOp(left=left, op=op, right=right):
                return [joined(op, _single(self.of(left, depth + 1)), _single(self.of(right, depth + 1)))]
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return [self._called(name, arguments, depth)]
            case ast.Attribute() | ast.Subscript() | ast.Name():
                return self._referred(node)
        raise ToolError(f"“{ast.unparse(node)}” is not allowed. {WHAT_IT_CAN}")

    def _constant(self, value: float) -> Amount:
        if value not in self._constants:
            raise ToolError(
                f"The plain number {value:g} is not allowed: name the cell it comes from. "
                "Only numbers of the question "
                "and 2, 7, 12, 24, 30, 52, 60, 100, 365, 1000 may stand by themselves."
            )
        return Amount(value)

    def _called(self, name: str, arguments: Sequence[ast.expr], depth: int) -> Amount:
        if name == "round" and len(arguments) == 2:
            return rounded(_single(self.of(arguments[0], depth + 1)), arguments[1])
        given = [self.of(argument, depth + 1) for argument in arguments]
        if name in OVER_MANY and given:
            return OVER_MANY[name]([one for amounts in given for one in amounts])
        if name in OVER_TWO and len(given) == 2:
            return OVER_TWO[name](_single(given[0]), _single(given[1]))
        if name in OVER_ONE and len(given) == 1:
            return OVER_ONE[name](_single(given[0]))
        raise ToolError(f"There is no {name} with {len(arguments)} arguments. {WHAT_IT_CAN}")

    def _referred(self, node: ast.expr) -> Amounts:
        ref, steps = _path(node)
        found = operands(self._results, ref, steps)
        self.used += found
        return [Amount(one.value, one.unit) for one in found]


def _path(node: ast.expr) -> tuple[str, list[Step]]:
    match node:
        case ast.Name(id=name) if REF.fullmatch(name):
            return name, []
        case ast.Attribute(value=inner, attr=name):
            ref, steps = _path(inner)
            return ref, [*steps, name]
        case ast.Subscript(value=inner, slice=ast.Constant(value=str() | int() as key)) if not isinstance(
            key, bool
        ):
            ref, steps = _path(inner)
            return ref, [*steps, key]
        case ast.Subscript(
            value=inner, slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as back))
        ):
            ref, steps = _path(inner)
            return ref, [*steps, -back]
    raise ToolError(f"“{ast.unparse(node)}” is no reference to a result. {WHAT_IT_CAN}")


def _single(amounts: Amounts) -> Amount:
    if len(amounts) != 1:
        raise ToolError(
            f"A column of {len(amounts)} numbers stands where one is needed: take its sum, mean, max or min."
        )
    return amounts[0]
