"""A figure is in what its cell is in: a client's currency, a metric's unit, and nothing else."""

import pytest

from tests.agent.grounding.test_subjects import doubted

GRETA = {"name": "Greta Diaz", "segment": "loyal", "orders": 11, "revenue": 1949.58, "average_order": 177.23}
METRICS = {"metrics": [{"name": "revenue", "unit": "€"}, {"name": "spend", "unit": "$"}]}


def customers(unit: str | None) -> dict[str, object]:
    return {"customers": [{**GRETA, "unit": unit}], "count": 1}


@pytest.mark.parametrize("said", ["€1,949.58", "€1.95k", "EUR 1,950", "1,949.58 euros", "1,949.58"])
def test_revenue_is_told_in_its_currency_or_without_one(said: str) -> None:
    assert doubted([customers("EUR")], f"Greta Diaz came to {said} of revenue.") == []


@pytest.mark.parametrize("said", ["$1,949.58", "£1,950", "CHF 1,949.58"])
def test_revenue_in_another_currency_is_doubted(said: str) -> None:
    assert doubted([METRICS, customers("EUR")], f"Greta Diaz came to {said} of revenue.")


def test_orders_are_no_money() -> None:
    assert doubted([customers("EUR")], "Greta Diaz placed €11 of orders.")


@pytest.mark.parametrize(
    ("said", "is_true"),
    [("5,031 litres", True), ("5,031 l", True), ("5,031 tonnes", False), ("5,031 km", False)],
)
def test_what_is_measured_in_one_unit_is_not_told_in_another(said: str, is_true: bool) -> None:
    fuel = {"metric": "fuel_burned", "unit": "litres", "total": 5031.11}
    assert (doubted([fuel], f"Fuel burned came to {said} on that day.") == []) is is_true
