"""Points more often than hourly."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from houston.watch.outliers.detector import Detector, Verdicts
from houston.watch.outliers.fine.news import QUIET
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.severity import Cause
from tests.unit.outliers.shapes import DAY, bursty, busy_site, series

pytestmark = pytest.mark.slow

Floats = NDArray[np.float64]
AT = 4 * 288 + 100


def read(values: Floats, settings: Settings | None = None, *, start: int = 0) -> Verdicts:
    found = series(values, step=300)
    moved = type(found)(times=found.times + np.timedelta64(start, "s"), values=found.values)
    return Detector(settings).read(moved)


def alerts(verdicts: Verdicts) -> list[int]:
    return np.flatnonzero(verdicts.is_outlier).tolist()


def with_incident(kind: str) -> Floats:
    values = busy_site()
    some = slice(AT, AT + 12)
    if kind == "spike":
        values[AT] *= 2
    elif kind == "drop to zero":
        values[some] = 0
    elif kind == "drop":
        values[some] *= 0.5
    elif kind == "shift":
        values[AT:] *= 1.4
    elif kind == "slow leak":
        values[AT : AT + 144] *= np.linspace(1, 0.4, 144)
    elif kind == "flat line":
        values[AT : AT + 40] = values[AT]
    elif kind == "burst":
        values[some] *= np.random.default_rng(1).normal(1, 0.4, 12)
    return values


@pytest.mark.parametrize("days", [5, 8])
def test_the_daily_wave_is_no_outlier(days: int) -> None:
    assert alerts(read(busy_site(days))) == []


KINDS = {"spike": 1, "drop to zero": 2, "drop": 4, "shift": 8, "slow leak": 110, "flat line": 8, "burst": 6}


@pytest.mark.parametrize(("kind", "within"), KINDS.items())
def test_an_incident_is_told_soon_and_once(kind: str, within: int) -> None:
    found = alerts(read(with_incident(kind)))
    assert found
    assert AT <= found[0] < AT + within
    assert len([row for row in found if row < AT + QUIET]) <= 2


def test_usual_values_after_a_spike_are_clear_at_once() -> None:
    verdicts = read(with_incident("spike"))
    assert verdicts.severity[AT] > 0
    assert not verdicts.severity[AT + 1 : AT + 20].any()
    assert not verdicts.cause[AT + 1 : AT + 20].any()


def test_what_lasts_becomes_usual() -> None:
    values = np.concatenate([with_incident("shift"), 1.4 * busy_site(4)])
    verdicts = read(values)
    assert not [row for row in alerts(verdicts) if row > AT + 288]
    missed = np.abs(verdicts.expected[-288:] / values[-288:] - 1)
    assert np.median(missed) < 0.1


def test_what_is_larger_than_all_before_is_told_where_no_season_explains_the_values() -> None:
    values = bursty()
    quiet = alerts(read(values))
    assert len(quiet) <= 6
    values[2_000] = 3 * values[:2_000].max()
    assert 2_000 in alerts(read(values))


def test_a_drop_is_named_by_its_cause() -> None:
    assert read(with_incident("spike")).cause[AT] == Cause.VALUE
    stuck = read(with_incident("flat line"))
    assert Cause.STUCK in stuck.cause[AT : AT + 40]


def test_the_expected_value_follows_the_day_within_its_bounds() -> None:
    values = busy_site()
    verdicts = read(values)
    known = slice(3 * 288, None)
    assert np.median(np.abs(verdicts.expected[known] / values[known] - 1)) < 0.06
    inside = (values >= verdicts.lower) & (values <= verdicts.upper)
    assert inside[known].mean() > 0.99
    assert verdicts.lower[known].min() >= 0


@pytest.mark.parametrize("kind", ["spike", "shift"])
def test_unit_and_year_make_no_difference(kind: str) -> None:
    values = with_incident(kind)
    moved = read(4 * values, start=3 * 52 * 7 * DAY)
    assert_allclose(moved.score, read(values).score, rtol=1e-6, atol=1e-9)


def test_values_may_turn_negative_and_enormous() -> None:
    values = busy_site()
    values[AT], values[AT + 1], values[AT + 20] = -1e100, 1e100, 0.0
    verdicts = read(values)
    assert AT in alerts(verdicts)
    assert np.isfinite(verdicts.score).all()
