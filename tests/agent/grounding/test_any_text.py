"""Whatever is written, in whatever way: properties."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houston.agent.grounding.grounding import Grounding
from tests.agent.fakes import NOW
from tests.agent.grounding.results import FACTS, UTC, grounding

cells = st.floats(min_value=10, max_value=9e8).map(lambda value: round(value, 2))


def written(value: float) -> list[str]:
    return [
        f"{value:,.2f}",
        f"{value:.2f}",
        f"{value:,.0f}",
        f"{value:,.1f}",
        f"{value:,.2f}".replace(",", "\u202f"),
        f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
        f"${value:,.2f}",
        f"{value:,.2f} USD",
        f"**{value:,.2f}**",
        *([f"{value / 1e3:.1f}k"] if value >= 1e3 else []),
        *([f"${value / 1e6:,.2f}M"] if value >= 1e6 else []),
    ]


def one_cell(value: float) -> Mapping[str, Any]:
    return {"ref": "r1", "metric": "revenue", "unit": "$", "total": value}


def bare() -> Grounding:
    return Grounding(now=NOW, zone=UTC, question="?", facts=FACTS, history=())


@settings(max_examples=50)
@given(cells)
def test_a_cell_may_be_written_in_any_usual_way(value: float) -> None:
    made = bare()
    made.learn(one_cell(value))
    for text in written(value):
        assert made.check(f"Revenue was {text}.") is None, text


@settings(max_examples=50)
@given(cells, cells)
def test_any_other_number_is_caught(value: float, other: float) -> None:
    made = bare()
    made.learn(one_cell(value))
    if abs(other - value) > 2:
        assert made.check(f"Revenue was {other:,.2f}.") is not None
        assert made.check(f"Revenue was ${other:,.0f}.") is not None


@given(st.text() | st.text(alphabet="0123456789.,%$€|*_`[]()<>@!#:/-–\n kMxQ°"))
def test_no_text_is_too_odd(text: str) -> None:
    found = grounding().check(text)
    if found:
        found.marked(text)


@pytest.mark.parametrize("text", ["1" * 5000, "0." + "1" * 5000, "1" * 400 + "bn", "[" * 3000, "1,23" * 500])
def test_no_number_is_too_long(text: str) -> None:
    grounding().check(text)


LONG = {
    "unknown numbers": " ".join(str(1000 + number * 7) for number in range(1500)),
    "known numbers": ", ".join(["$12,345.60", "$8,900.25", "17"][number % 3] for number in range(1500)),
    "fields": "| 12 " * 3000,
    "dates": "12 Nov " * 1500,
    "names": "google-ads $12,345.60 on 12 Nov, meta-ads $8,900.25 " * 300,
    "dots": "a." * 5000,
    "ratios": "1 in 5, " * 1500,
}
SECONDS = 1.0
"""About 0.05 on a quiet machine; without bounds these take 4 to 20."""


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_line_takes_long(text: str) -> None:
    made = grounding()
    began = time.process_time()
    made.check(text)
    assert time.process_time() - began < SECONDS


def test_what_is_too_long_to_be_checked_is_not_believed() -> None:
    found = grounding().check("Revenue was $12,345.60, " * 100)
    assert found is not None
    assert "too much for one sentence" in found.for_model
