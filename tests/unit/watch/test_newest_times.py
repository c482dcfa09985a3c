from datetime import UTC, datetime, timedelta

from houston.watch.performance import Series, covered_until, newest_times

DAY = timedelta(days=1)
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = [FIRST + DAY * number for number in range(5)]


def test_a_ratio_of_several_channels_knows_how_far_apart_its_points_are() -> None:
    """Its sides hold every channel's points, several of one time."""
    merged = [(day, value) for day in DAYS for value in (1.0, 2.0, 3.0, 4.0)]
    series = [Series(channel="", numerator=merged, denominator=merged)]
    assert newest_times(series) == DAYS[-3:]
    assert covered_until(series, DAYS[-1]) == DAYS[-1] + DAY


def test_a_single_point_covers_its_moment_alone() -> None:
    assert covered_until([Series(channel="", values=[(FIRST, 1.0)])], FIRST) == FIRST
