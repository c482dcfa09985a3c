import pytest

from houston.currencies import code, only_one, sign


@pytest.mark.parametrize("unit", ["EUR", "eur", "€", " € "])
def test_a_currency_is_known_by_its_code_and_its_sign(unit: str) -> None:
    assert (code(unit), sign(unit)) == ("EUR", "€")


@pytest.mark.parametrize("unit", ["", "%", "clicks", "ROI", "kWh", "CTR"])
def test_what_is_no_money_has_no_code(unit: str) -> None:
    assert (code(unit), sign(unit)) == ("", "")


def test_what_is_written_by_its_code_has_no_sign() -> None:
    assert (code("chf"), sign("chf")) == ("CHF", "")


def test_money_is_in_one_currency_or_it_is_not_said_which() -> None:
    assert only_one(["$", "clicks", "USD", ""]) == "USD"
    assert only_one(["$", "€"]) == only_one(["clicks"]) == only_one([]) == ""
