"""Sums over returned cells."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from houston.agent.grounding.grounding import Grounding
from houston.agent.tool import ToolError
from tests.agent.fakes import NOW, context
from tests.agent.grounding.results import CLICKS, FACTS, NOTES, REVENUE, UTC
from tools.calculate import calculate

RESULTS: dict[str, Mapping[str, Any]] = {"r1": REVENUE, "r2": CLICKS, "r3": NOTES}


async def work_out(expression: str, *, question: str = "", **more: Any) -> dict[str, Any]:
    asker = replace(context(), results=lambda: RESULTS, question=question)
    return dict(await calculate.function(asker, expression, **more))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("expression", "value", "unit"),
    [
        ("r1.total / r2.total", 12345.6 / 6321, "$"),
        ("r1.rows[0].value - r1.rows[1].value", 5454.9, "$"),
        ("sum(r1.rows.value)", 12345.6, "$"),
        ("mean(r1.rows.value)", 6172.8, "$"),
        ("max(r1.rows.value)", 8900.25, "$"),
        ("percent_change(r1.compared_to.total, r1.total)", 15.37404794, "%"),
        ("share(r1.rows[-1].value, r1.total)", 27.90751361, "%"),
        ("round(r1.total / 7, 1)", 1763.7, "$"),
        ("-(r2.total * 2)", -12642.0, ""),
        ("count(r2.rows.value)", 2.0, ""),
    ],
)
async def test_it_works_out_what_is_asked(expression: str, value: float, unit: str) -> None:
    result = await work_out(expression)
    assert result["value"] == pytest.approx(value)
    assert result["unit"] == unit
    assert result["operands"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("r9.total / 2", "r1, r2, r3"),
        ("r1.sum", "Its fields: metric"),
        ("r1.rows[7].value", "has 2 items"),
        ("r1.metric", "is not a number"),
        ("r1.rows.value", "column of 2"),
        ("r1.total + 17", "name the cell"),
        ("100 - 7", "names no returned cell"),
        ("r1.total + r1.rows[0].percent", "different units"),
        ("r1.total / (r2.total - r2.total)", "divides by zero"),
        ("__import__('os').system('x')", "is not allowed"),
        ("r1.total ** 2", "not allowed"),
        ("(lambda: 1)()", "not allowed"),
        ("r1.total if 2 else 7", "not allowed"),
        ("+" * 100 + "r1.total", "nested too deeply"),
        ("r1.total +", "is no expression"),
        ("median()", "There is no median with 0"),
    ],
)
async def test_what_it_cannot_do_is_said_with_what_to_mend(expression: str, words: str) -> None:
    with pytest.raises(ToolError, match=words):
        await work_out(expression)


@pytest.mark.asyncio
async def test_numbers_of_the_question_may_be_used() -> None:
    result = await work_out("r1.total - 5000", question="How far is revenue above 5,000?")
    assert result["value"] == pytest.approx(7345.6)


@pytest.mark.asyncio
async def test_a_unit_that_no_cell_has_is_refused() -> None:
    with pytest.raises(ToolError, match="Leave unit out"):
        await work_out("r2.total / 7", unit="€")


@pytest.mark.asyncio
async def test_its_result_is_evidence_like_any_other() -> None:
    made = Grounding(now=NOW, zone=UTC, question="?", facts=FACTS, history=())
    assert made.check("That is $1.95 per click.") is not None
    made.learn({"ref": "r4", **await work_out("r1.total / r2.total")})
    assert made.check("That is $1.95 per click.") is None
