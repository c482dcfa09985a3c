import pickle
from dataclasses import fields
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from houston.watch.outliers.detector import Detector, Verdicts
from houston.watch.outliers.series import Series, SeriesError
from houston.watch.outliers.settings import Direction, SeasonChoice, Sensitivity, Settings, SettingsError
from houston.watch.outliers.severity import SEVERITIES, Cause
from tests.unit.outliers.shapes import DAY, HOUR, START, daily_orders, hourly_traffic, irregular, series

pytestmark = pytest.mark.slow


def read(found: Series, settings: Settings | None = None) -> Verdicts:
    return Detector(settings).read(found)


def alerts(verdicts: Verdicts) -> list[int]:
    return [int(row) for row in np.flatnonzero(verdicts.is_outlier)]


def part(whole: Series, start: int, end: int | None = None) -> Series:
    return Series(times=whole.times[start:end], values=whole.values[start:end])


def assert_same(some: Verdicts, others: Verdicts) -> None:
    for field in fields(Verdicts):
        assert_array_equal(getattr(some, field.name), getattr(others, field.name))


WHOLES = {
    "hourly": series(hourly_traffic(), step=HOUR),
    "daily": series(daily_orders(), step=DAY),
    "irregular": irregular(),
    "turning negative": series(np.append(daily_orders(8), daily_orders(4) - 500), step=DAY),
}


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES.keys())
def test_reading_in_pieces_gives_what_reading_at_once_gives(whole: Series) -> None:
    detector, cuts = Detector(), [0, 1, 2, 40, 41, len(whole) * 2 // 3, len(whole)]
    pieces = [detector.read(part(whole, a, b)) for a, b in pairwise(cuts)]
    joined = {
        field.name: np.concatenate([getattr(piece, field.name) for piece in pieces])
        for field in fields(Verdicts)
    }
    assert_same(Verdicts(**joined), read(whole))


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES.keys())
def test_no_row_is_judged_by_what_comes_after_it(whole: Series) -> None:
    cut = len(whole) // 2
    changed = Series(times=whole.times, values=np.append(whole.values[:cut], 9 * whole.values[cut:]))
    assert_array_equal(read(whole).score[:cut], read(changed).score[:cut])


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES.keys())
def test_unit_and_year_do_not_matter(whole: Series) -> None:
    moved = Series(times=whole.times + np.timedelta64(3 * 52 * 7, "D"), values=4 * whole.values)
    if whole is not WHOLES["daily"]:  # daily points know dates of the month, which move against the week
        np.testing.assert_allclose(read(moved).score, read(whole).score, rtol=1e-6)
    assert alerts(read(moved)) == alerts(read(whole))


def test_says_nothing_while_warming_up_and_everything_after() -> None:
    verdicts = read(WHOLES["daily"])
    assert np.isnan(verdicts.expected[:14]).all()
    assert not verdicts.score[:14].any()
    assert np.isfinite(verdicts.expected[14:]).all()
    assert (verdicts.lower[14:] <= verdicts.expected[14:]).all()
    assert (verdicts.expected[14:] <= verdicts.upper[14:]).all()
    assert ((verdicts.score >= 0) & (verdicts.score <= 1)).all()


@pytest.mark.parametrize("whole", [WHOLES["hourly"], WHOLES["daily"]], ids=["hourly", "daily"])
def test_quiet_nights_and_weekends_are_no_outliers(whole: Series) -> None:
    learned = 15 * 24 if whole is WHOLES["hourly"] else 28
    assert not [row for row in alerts(read(whole)) if row >= learned]


@pytest.mark.parametrize(("factor", "row"), [(2.5, 700), (0.0, 710)], ids=["spike", "drop to zero"])
def test_a_spike_and_a_drop_to_zero_alert_on_their_first_row(factor: float, row: int) -> None:
    values = hourly_traffic()
    values[row : row + 3] *= factor
    verdicts = read(series(values, step=HOUR))
    assert row in alerts(verdicts)
    assert len([found for found in alerts(verdicts) if row - 24 < found < row + 48]) <= 2
    assert not verdicts.lower[row] <= values[row] <= verdicts.upper[row]
    assert verdicts.cause[row] in (Cause.VALUE, Cause.UNSEEN)


def test_a_level_shift_alerts_at_its_onset_and_then_becomes_usual() -> None:
    values = hourly_traffic()
    values[600:] *= 1.6
    verdicts = read(series(values, step=HOUR))
    found = [row for row in alerts(verdicts) if row >= 600]
    assert 600 <= found[0] < 624
    assert len(found) <= 3
    assert verdicts.severity[-1] == 0
    missed = np.abs(verdicts.expected[-168:] / values[-168:] - 1)
    assert np.median(missed) < 0.2


def test_a_slight_but_lasting_shift_is_found_by_its_rows_together() -> None:
    values = daily_orders()
    values[100:] = np.round(values[100:] * 0.83)
    verdicts = read(series(values, step=DAY))
    assert any(100 <= row < 110 for row in alerts(verdicts))


def test_a_line_that_stops_moving_alerts_once() -> None:
    values = hourly_traffic()
    values[700:] = values[700]
    verdicts = read(series(values, step=HOUR))
    stuck = [row for row in alerts(verdicts) if verdicts.cause[row] == Cause.STUCK]
    assert stuck
    assert stuck[0] < 720


def constant(level: float) -> NDArray[np.float64]:
    noise = np.random.default_rng(3).uniform(-1e-12, 1e-12, 1_000)
    return level * (1 + noise) + (noise if level == 0 else 0)


@pytest.mark.parametrize("level", [0.0, 0.3, 45.0, -7.5, 3e9])
def test_float_noise_on_a_constant_is_no_outlier_but_a_change_is(level: float) -> None:
    values = constant(level)
    assert not alerts(read(series(values, step=HOUR)))
    values[800] += max(abs(level), 1.0)
    assert alerts(read(series(values, step=HOUR)))[0] == 800


def test_jitter_and_holes_are_tolerated() -> None:
    whole = irregular()
    assert 1_500 in alerts(read(whole))
    assert len(alerts(read(whole))) <= 5


def test_payday_is_learned() -> None:
    values, whole = daily_orders(52), series(daily_orders(52), step=DAY)
    dates = whole.times.astype("datetime64[D]")
    payday = (dates - dates.astype("datetime64[M]")).astype(int) == 24
    values[payday] *= 1.8
    found = alerts(read(series(values, step=DAY)))
    assert len([row for row in found if payday[row] and row < 60]) == 2
    assert len([row for row in found if payday[row] and row > 120]) <= 1


@pytest.mark.parametrize("sides", [("up", 0.3), ("down", 2.5)])
def test_a_direction_leaves_the_other_side_alone(sides: tuple[Direction, float]) -> None:
    direction, factor = sides
    values = hourly_traffic()
    values[700] *= factor
    whole = series(values, step=HOUR)
    assert 700 in alerts(read(whole))
    assert 700 not in alerts(read(whole, Settings(direction=direction)))


def test_changes_under_the_minimum_are_no_outliers() -> None:
    values = hourly_traffic()
    values[700] += 900
    whole = series(values, step=HOUR)
    assert 700 in alerts(read(whole, Settings(minimum_change=500)))
    assert 700 not in alerts(read(whole, Settings(minimum_change=2_000)))
    assert 700 in alerts(read(whole, Settings(minimum_change_percent=30)))
    assert 700 not in alerts(read(whole, Settings(minimum_change_percent=400)))


def test_a_higher_sensitivity_finds_all_that_a_lower_one_does() -> None:
    values = hourly_traffic()
    for row, strength in zip(range(400, 1_000, 50), np.linspace(1.1, 2.0, 12), strict=True):
        values[row] *= strength
    whole = series(values, step=HOUR)
    low, normal, high = (
        set(alerts(read(whole, Settings(sensitivity=each)))) for each in get_args(Sensitivity)
    )
    assert low < normal < high


@pytest.mark.parametrize("choice", get_args(SeasonChoice))
def test_every_season_can_be_chosen(choice: Literal["auto", "none", "weekly", "daily_weekly"]) -> None:
    expected = read(WHOLES["hourly"], Settings(season=choice)).expected[-24:]
    swings = bool(np.ptp(expected) > 300)
    assert swings == (choice in ("auto", "daily_weekly"))


def test_severity_grows_with_distance_and_with_time() -> None:
    values = hourly_traffic()
    values[700:712] *= 4
    severity = read(series(values, step=HOUR)).severity
    assert severity[690:700].max() == 0
    assert severity[711] >= severity[700] >= 1
    assert SEVERITIES[severity[711]] == "critical"


def test_judging_learns_nothing() -> None:
    whole = WHOLES["hourly"]
    detector = Detector()
    detector.read(part(whole, 0, 800))
    late = Series(times=whole.times[700:702], values=np.array([9_000.0, whole.values[701]]))
    assert detector.judge(late).is_outlier.tolist() == [True, False]
    assert_array_equal(detector.read(part(whole, 800)).score, read(whole).score[800:])


def test_rows_that_are_not_after_the_last_one_are_refused() -> None:
    detector = Detector()
    detector.read(part(WHOLES["daily"], 0, 20))
    with pytest.raises(SeriesError, match="2025-03-22T00:00:00 is not after 2025-03-22T00:00:00"):
        detector.read(part(WHOLES["daily"], 19))


def test_nothing_to_read_is_fine() -> None:
    assert len(read(Series.of([])).score) == 0


def test_memory_does_not_grow_with_what_was_read() -> None:
    detector, values = Detector(), hourly_traffic(6)
    sizes = []
    for lap in range(3):
        detector.read(series(values, step=300, start=START + lap * len(values) * 300))
        sizes.append(len(pickle.dumps(detector)))
    assert sizes[-1] <= 1.01 * sizes[-2]


@pytest.mark.parametrize("wrong", [{"sensitivity": "huge"}, {"direction": "left"}, {"minimum_change": -1.0}])
def test_wrong_settings_name_the_setting(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        Settings(**wrong)  # type: ignore[arg-type]
