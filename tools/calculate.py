from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from houston.agent.grounding.asked import numbers
from houston.agent.grounding.operations import Amount
from houston.agent.grounding.references import Operand
from houston.agent.grounding.sums import CONSTANTS, evaluate
from houston.agent.tool import ToolContext, ToolError, tool

KINDS = ("metric", "channel", "client")
DIGITS = 10
"""Significant digits of a result."""


@tool(label="Calculating")
async def calculate(
    ctx: ToolContext,
    expression: Annotated[str, Field(min_length=1, max_length=300)],
    unit: str | None = None,
) -> dict[str, Any]:
    """Works out a figure from cells that tools returned in this conversation; use it for every sum,
    difference, ratio or average that no tool returned. Example: percent_change(r1.total, r2.total),
    share(r1.rows[0].value, r1.total), r3.total / r4.total, mean(r1.rows.value), sum(r1.rows.value).

    Args:
        expression: + - * / ( ) and sum, mean, median, max, min, abs, count, round, percent_change(from, to),
            share(part, whole) over references: r2 is the result with "ref": "r2"; r2.rows.value is a
            whole column.
        unit: The result's unit where it is not that of the cells.
    """
    amount, used = evaluate(expression, ctx.results(), CONSTANTS | numbers(ctx.question, ctx.today))
    sources = [ctx.results()[ref].get("source") for ref in dict.fromkeys(one.ref for one in used)]
    return {
        **_shared(used),
        "value": float(f"{amount.value:.{DIGITS}g}"),
        "unit": _unit(amount, unit, used),
        "expression": expression,
        "operands": [{"ref": one.ref, "path": one.path, "value": one.value} for one in used[:20]],
        "source": _source([source for source in sources if source]),
    }


def _unit(amount: Amount, wanted: str | None, used: Iterable[Operand]) -> str:
    """A unit that none of the cells has would be a claim of the model's own."""
    if not wanted or wanted == amount.unit:
        return amount.unit
    if wanted not in ("%", "percent", "x", "×") and wanted not in {one.unit for one in used}:
        raise ToolError(f"None of these cells is in {wanted}. Leave unit out.")
    return wanted


def _shared(used: Iterable[Operand]) -> dict[str, str]:
    """The subjects that all cells have in common."""
    known = [one.subjects for one in used]
    return {
        kind: known[0][kind]
        for kind in KINDS
        if kind in known[0] and all(each.get(kind) == known[0][kind] for each in known)
    }


def _source(sources: list[Mapping[str, Any]]) -> dict[str, Any]:
    clients = list(dict.fromkeys(source.get("client") for source in sources))
    starts = [source["start"] for source in sources if source.get("start")]
    ends = [source["end"] for source in sources if source.get("end")]
    period = {"start": min(starts), "end": max(ends)} if starts and ends else {}
    return {
        "client": clients[0] if len(clients) == 1 else None,
        **period,
        "rows": sum(source.get("rows", 0) for source in sources),
        "freshness": max(
            (source["freshness"] for source in sources if source.get("freshness")), default=None
        ),
    }
