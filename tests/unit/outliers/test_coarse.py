"""Hourly and slower series, by their behaviour."""

from dataclasses import fields

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from houston.watch.outliers.coarse.engine import DAILY, HOURLY
from houston.watch.outliers.detector import Detector
from houston.watch.outliers.group import Group
from houston.watch.outliers.series import Series
from houston.watch.outliers.settings import Settings
from houston.watch.outliers.severity import Cause
from houston.watch.outliers.tuning import Tuning
from houston.watch.outliers.verdicts import Verdicts
from tests.unit.outliers.shapes import DAY, HOUR, daily_orders, hourly_traffic, series

pytestmark = pytest.mark.slow

Numbers = NDArray[np.float64]


def daily(values: Numbers) -> Verdicts:
    return Detector().read(series(values, step=DAY))


def alerts(verdicts: Verdicts) -> list[int]:
    return [int(row) for row in np.flatnonzero(verdicts.is_outlier)]


def growing(days: int = 200) -> Numbers:
    """Half a percent a day, weekends at 60 %, 4 % noise."""
    day = np.arange(days)
    week = np.where(day % 7 >= 5, 0.6, 1.0)
    noise = np.random.default_rng(3).normal(0, 0.04, days)
    return np.asarray(200 * np.exp(0.005 * day + noise) * week)


def test_growth_makes_no_bias_and_no_alerts() -> None:
    values, verdicts = growing(), daily(growing())
    assert not [row for row in alerts(verdicts) if row >= 28]
    assert abs(np.mean(values[60:] / verdicts.expected[60:] - 1)) < 0.02


def test_noise_that_grows_with_the_level_is_not_called_out_at_its_height() -> None:
    verdicts = daily(growing(300))
    reach = (verdicts.upper - verdicts.lower) / verdicts.expected
    assert not [row for row in alerts(verdicts) if row >= 28]
    assert reach[290] < 2 * reach[100]


def test_a_level_shift_alerts_once_and_is_usual_within_a_week() -> None:
    values = daily_orders()
    values[100:] = np.round(values[100:] * 1.7)
    verdicts = daily(values)
    found = [row for row in alerts(verdicts) if row >= 90]
    assert 100 <= found[0] <= 102
    assert found[-1] <= 107
    assert not verdicts.severity[108:].any()
    assert np.median(np.abs(verdicts.expected[107:] / values[107:] - 1)) < 0.08


def test_the_way_back_from_a_shift_is_no_outlier() -> None:
    values = daily_orders()
    values[100:112] = np.round(values[100:112] * 0.5)
    verdicts = daily(values)
    assert 100 in alerts(verdicts)
    assert not [row for row in alerts(verdicts) if row >= 112]


def test_a_usual_value_after_a_spike_is_clear_at_once() -> None:
    values = daily_orders()
    values[100] *= 3
    verdicts = daily(values)
    assert 100 in alerts(verdicts)
    assert verdicts.severity[100] > 0
    assert not verdicts.severity[101:110].any()
    assert not verdicts.cause[101:110].any()


def test_an_outlier_does_not_teach() -> None:
    values = daily_orders()
    spiked = values.copy()
    spiked[100] *= 20
    np.testing.assert_allclose(daily(spiked).expected[101:108], daily(values).expected[101:108], rtol=0.06)


def test_the_last_day_of_the_month_is_learned() -> None:
    values = daily_orders(40)
    day = series(values, step=DAY).times.astype("datetime64[D]")
    last = (day + 1).astype("datetime64[M]") != day.astype("datetime64[M]")
    values[last] *= 1.6
    assert not [row for row in alerts(daily(values)) if last[row] and row > 100]


def test_closed_weekends_are_usual_and_business_on_one_is_not() -> None:
    values = daily_orders()
    values[np.arange(len(values)) % 7 >= 5] = 0
    values[103] = 60
    assert [row for row in alerts(daily(values)) if row >= 28] == [103]


def test_a_step_of_a_line_that_stands_still_is_usual_when_it_has_settled() -> None:
    values = np.full(120, 40.0)
    values[60:] = 50
    verdicts = daily(values)
    assert alerts(verdicts) == [60]
    assert not verdicts.severity[70:].any()
    assert verdicts.expected[-1] == pytest.approx(50)


def test_a_slow_leak_is_found() -> None:
    values = daily_orders()
    values[100:] *= np.maximum(0.5, 1 - 0.03 * np.arange(len(values) - 100))
    assert any(100 < row < 112 for row in alerts(daily(values)))


def test_a_repeated_value_alerts_where_values_hardly_ever_repeat() -> None:
    values = np.random.default_rng(4).normal(100, 5, 150)
    values[100:108] = 101.25
    verdicts = daily(values)
    assert any(verdicts.cause[row] == Cause.STUCK for row in alerts(verdicts) if 100 <= row < 108)


def test_missing_days_do_not_move_the_week() -> None:
    whole = series(daily_orders(), step=DAY)
    kept = np.ones(len(whole), np.bool_)
    kept[[40, 41, 42, 73, 90]] = False
    verdicts = Detector().read(Series(times=whole.times[kept], values=whole.values[kept]))
    assert not [row for row in alerts(verdicts) if row >= 28]


def test_after_a_year_without_points_it_warms_up_anew() -> None:
    values = daily_orders()
    before, after = series(values[:70], step=DAY), series(3 * values[70:], step=DAY)
    times = np.append(before.times, after.times + np.timedelta64(500, "D"))
    verdicts = Detector().read(Series(times=times, values=np.append(before.values, after.values)))
    assert np.isnan(verdicts.expected[70:84]).all()
    assert not [row for row in alerts(verdicts) if row >= 70]


@pytest.mark.parametrize("step", [2 * HOUR, 6 * HOUR, 7 * DAY], ids=["2 hours", "6 hours", "a week"])
def test_other_spacings_are_judged_too(step: int) -> None:
    values = np.random.default_rng(2).normal(100, 3, 300)
    values[250] = 160
    verdicts = Detector().read(series(values, step=step))
    assert 250 in alerts(verdicts)
    assert len(alerts(verdicts)) <= 2


@pytest.mark.parametrize("engine", [DAILY, HOURLY], ids=["daily", "hourly"])
def test_many_at_once_are_judged_as_one_by_one(engine: object) -> None:
    step, rows = (DAY, daily_orders(12)) if engine is DAILY else (HOUR, hourly_traffic(3))
    wholes = [series(rows * scale, step=step) for scale in (1.0, 40.0)]
    wholes.append(series(np.round(rows[: len(rows) // 2]) - 500, step=step))
    pairs = [(each.times.astype(np.int64), each.values) for each in wholes]
    group = Group(DAILY if engine is DAILY else HOURLY)
    together = group.read(group.join(np.full(3, float(step)), Tuning.of([Settings()] * 3)), pairs)
    for whole, found in zip(wholes, together, strict=True):
        alone = Detector().read(whole)
        for field in fields(Verdicts):
            assert_array_equal(getattr(found, field.name), getattr(alone, field.name))
