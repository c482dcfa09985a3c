import pytest

from houston.watch.outliers.numbers import readable, readable_range
from houston.watch.outliers.severity import SEVERITIES, Cause, reason, severity


@pytest.mark.parametrize(
    ("excess", "lasting", "name"),
    [
        (0.9, True, "none"),
        (1.0, False, "info"),
        (1.6, False, "warning"),
        (2.6, False, "critical"),
        (1.0, True, "warning"),
        (9.0, True, "critical"),
    ],
)
def test_severity_follows_distance_and_duration(excess: float, lasting: bool, name: str) -> None:
    assert SEVERITIES[severity(excess, lasting=lasting)] == name


@pytest.mark.parametrize(
    ("value", "expected", "lower", "upper", "text"),
    [
        (6_195, 10_500, 9_800, 11_200, "41 % under the usual 9.8–11.2 k"),
        (0, 10_500, 9_800, 11_200, "100 % under the usual 9.8–11.2 k"),
        (47_250, 10_500, 9_800, 11_200, "4.5 times the usual 9.8–11.2 k"),
        (0.012, 0.03, 0.025, 0.04, "60 % under the usual 0.025–0.04"),
        (5, 0, 0, 2, "5 over the usual 0–2"),
        (-5, 3, -1, 7, "8 under the usual −1 to 7"),
        (44, 45, 45, 45, "2.2 % under the usual 45"),
    ],
)
def test_reasons_compare_with_what_is_usual(
    value: float, expected: float, lower: float, upper: float, text: str
) -> None:
    assert reason(value=value, expected=expected, lower=lower, upper=upper) == text


@pytest.mark.parametrize(
    ("cause", "text"),
    [
        (Cause.SHIFT, "10 % over the expected 100, like the rows before it"),
        (Cause.UNSEEN, "110, where 100 was expected, is like nothing before"),
        (Cause.STUCK, "stuck at 110"),
    ],
)
def test_reasons_inside_the_band_say_what_else_stood_out(cause: Cause, text: str) -> None:
    assert reason(value=110, expected=100, lower=80, upper=120, cause=cause) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999.7, "1 k"),
        (12_345, "12.3 k"),
        (-4.5, "−4.5"),
        (2_500_000, "2.5 M"),
        (0.00123, "0.00123"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert readable(value) == text


def test_a_range_names_its_unit_once() -> None:
    assert readable_range(900, 11_200) == "0.9–11.2 k"
