from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from houston.watch.outliers.series import Series, SeriesError

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_points_become_times_in_utc_and_values() -> None:
    found = Series.of([(NOON, 1), (datetime(2026, 1, 31, 14, tzinfo=timezone(timedelta(hours=1))), 2.5)])
    assert found.times.tolist() == [datetime(2026, 1, 31, 12), datetime(2026, 1, 31, 13)]  # noqa: DTZ001
    assert found.values.tolist() == [1.0, 2.5]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_values_that_are_not_finite_are_refused(value: float) -> None:
    with pytest.raises(SeriesError, match=r"point 2 \(2026-01-31T13:00:00, .*not a finite number"):
        Series.of([(NOON, 1), (NOON + timedelta(hours=1), value)])


def test_absurdly_large_values_are_refused() -> None:
    with pytest.raises(SeriesError, match=r"larger than 1e\+100"):
        Series.of([(NOON, 1e200)])


@pytest.mark.parametrize("hours", [0, -1])
def test_duplicate_and_unsorted_times_are_refused(hours: int) -> None:
    with pytest.raises(SeriesError, match="not after the point before it; sort by time"):
        Series.of([(NOON, 1), (NOON + timedelta(hours=hours), 2)])


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(SeriesError, match="no time zone"):
        Series.of([(NOON.replace(tzinfo=None), 1)])


def test_times_and_values_must_match() -> None:
    with pytest.raises(SeriesError, match="1 times but 2 values"):
        Series(times=np.array([0], dtype="datetime64[s]"), values=np.array([1.0, 2.0]))
