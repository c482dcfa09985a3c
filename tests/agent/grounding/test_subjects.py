"""Whose figure it is: of the metric that was asked about, of its own row, of its own time."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from houston.agent.grounding.grounding import Grounding
from tests.agent.fakes import NOW
from tests.agent.grounding.results import BEFORE, FACTS, SOURCE, UTC

Result = Mapping[str, Any]
WEEK = {"start": "2026-11-09", "end": "2026-11-15"}


def performance(metric: str, unit: str, total: float, **more: Any) -> Result:
    return {"metric": metric, "unit": unit, "period": WEEK, "total": total, "source": SOURCE, **more}


def change(total: float, difference: float, percent: float) -> Result:
    return {**BEFORE, "total": total, "difference": difference, "percent": percent}


RATES = (
    performance("cost_per_click", "$", 1.04, compared_to=change(1.037, 0.003, 0.3)),
    performance("conversion_rate", "", 0.0391, compared_to=change(0.04, -0.0009, -2.25)),
    performance("clicks", "", 6321.0),
)
THREE = (
    performance("revenue", "$", 12345.6),
    performance("conversions", "", 361.0),
    performance("clicks", "", 6321.0),
)
CUSTOMERS = {
    "period": {"start": "2026-10-01", "end": "2026-10-31"},
    "total": 40,
    "new": 8,
    "by_segment": [
        {"segment": "loyal", "customers": 10, "new": 1, "orders": 83, "revenue": 14567.73},
        {"segment": "returning", "customers": 18, "new": 6, "orders": 166, "revenue": 26165.94},
    ],
    "source": {"client": "Globex Travel", "start": "2026-10-01", "end": "2026-10-31", "rows": 40},
}
MARCH = {
    "metric": "sales",
    "unit": "€",
    "by": "month",
    "compared_to": {"start": "2026-04-01", "end": "2026-04-30", "total": 614749.56},
    "rows": [{"month": "2026-03-01", "value": 609861.0, "compared_value": 614749.56}],
    "source": {"client": "N", "start": "2026-03-01", "end": "2026-03-31"},
}
SPIKE = {"metric": "spend", "unit": "$", "value": 4711.5, "expected": 1812.25, "usual": [1700.1, 1900.9]}
NOTHING = {"metric": "sales", "total": 0.0, "source": {"start": "2019-01-01", "end": "2019-12-31"}}


def doubted(results: Sequence[Result], text: str, question: str = "?") -> list[str]:
    made = Grounding(now=NOW, zone=UTC, question=question, facts=FACTS, history=())
    for number, result in enumerate(results):
        made.learn({"ref": f"r{number}", **result})
    found = [made.check(line) for line in text.splitlines(keepends=True)]
    return [figure for complaint in found if complaint for figure in complaint.figures]


CHRISTMAS = {
    "first": {"date": "2025-12-24", "weekday": "Wednesday", "iso_week": 52, "iso_year": 2025, "quarter": 4},
    "source": SOURCE,
}


TRUE = [
    (RATES, "Acme paid $1.04 per click (up 0.3 %) last week and 3.9 % of the clicks converted."),
    ((CUSTOMERS,), "Globex Travel won **8 new customers**, 1–31 Oct, of 40 in all."),
    ((CUSTOMERS,), "18 customers are returning.\nThey come to 166 orders and 26,166 of revenue."),
    ((MARCH,), "| Month | Sales | Before |\n|---|---|---|\n| Mar 2026 | €609,861 | €614,750 |\n"),
    ((MARCH,), "**Sales**, 1–31 Mar: **€609,861**, against €614,750 on 1–30 Apr."),
    ((NOTHING,), "There is nothing for 1 Jan – 31 Dec 2019."),
    ((SPIKE,), "Only $1,812.25 would be normal."),
]


@pytest.mark.parametrize(("results", "text"), TRUE)
def test_true_sentences_of_rules_and_models_pass(results: Sequence[Result], text: str) -> None:
    assert doubted(results, text) == []


@pytest.mark.parametrize(
    "text", ["Only $4,711.50 would be normal.", "Normal would be $4,711.50.", "$4,711.50 was to be expected."]
)
def test_what_happened_is_not_what_was_normal(text: str) -> None:
    assert doubted((SPIKE,), text) == ["$4,711.50"]


def test_a_week_is_of_the_year_that_is_said_with_it() -> None:
    said = "24 December 2025 is a Wednesday, in week {} of 2025."
    assert doubted((CHRISTMAS,), said.format(52)) == []
    assert doubted((CHRISTMAS,), said.format(51)) == ["week 51 of 2025"]


def test_a_total_without_a_name_is_of_what_was_asked_about() -> None:
    total = "All three together: 361."
    assert doubted(THREE, total, "How many conversions did we get?") == []
    assert doubted(THREE, total, "How many clicks did we get?") == ["361"]


def test_a_total_without_a_name_is_of_what_the_sentence_before_named() -> None:
    assert doubted(THREE, "Conversions were 361.\nAll together: 6,321.\n", "How many clicks?") == ["6,321"]


def test_other_words_for_a_metric_name_it_too() -> None:
    assert doubted(THREE, "Sales came to $12,345.60 for that.", "How many clicks did we get?") == []


def test_an_average_beside_its_own_parts_is_theirs() -> None:
    metrics = {"metrics": [{"name": "revenue", "unit": "$"}, {"name": "spend", "unit": "$"}]}
    greta = {"name": "Greta Diaz", "segment": "returning", "orders": 11, "revenue": 949.58}
    results = (metrics, {"customers": [{**greta, "average_order": 86.33}], "count": 1, "source": SOURCE})
    said = "Greta Diaz (returning): 11 orders with 949.58 of revenue, on average {}.\n"
    assert doubted(results, said.format("86.33")) == []
    assert doubted(results, said.format("83.36")) == ["83.36"]
