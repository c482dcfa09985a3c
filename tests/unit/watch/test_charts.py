import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houston.watch import captions
from houston.watch.chart import Line
from houston.watch.figures import number, span
from houston.watch.last_week import at, last_week
from tests.bot.views.charts import NEW_YORK, NOW, alert, backtest, outlier, series

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_words_of_an_outlier_say_what_the_picture_shows() -> None:
    points = series(60, last=5100.0)
    points = tuple((time, 10_200.0 if time == NOW - 7 * DAY else value) for time, value in points)
    chart = outlier(points, value=5100.0, channel="shop", reason="41 % under the usual 9.8–11.2 k")
    assert chart.alt == (
        "Ad revenue · shop, last 28 days: $5,100 on Tue, Nov 3, 41 % under the usual 9.8–11.2 k; "
        "last week $10,200."
    )
    assert (chart.title, chart.subtitle) == ("Ad revenue · shop", "last 28 days")


def test_hours_are_named_where_a_day_has_several_points() -> None:
    assert "last 7 days: $5 on Tue, Nov 3, 12:00 AM;" in outlier(series(600, HOUR, last=5.0), value=5.0).alt


@pytest.mark.parametrize(
    ("apart", "count", "shown", "said"),
    [
        (timedelta(minutes=5), 3000, 288, "last 24 hours"),
        (HOUR, 600, 168, "last 7 days"),
        (DAY, 90, 28, "last 28 days"),
        (7 * DAY, 200, 53, "last year"),
        (30 * DAY, 60, 37, "last 3 years"),
        (DAY, 5, 5, "last 5 days"),
        (DAY, 2, 2, "last 2 days"),
        (timedelta(minutes=1), 30, 30, "last hour"),
    ],
)
def test_so_much_is_shown_as_a_phone_has_room_for(
    apart: timedelta, count: int, shown: int, said: str
) -> None:
    chart = outlier(series(count, apart), value=1.0)
    assert (len(chart.lines[0].points), chart.subtitle) == (shown, said)


def test_an_old_gap_leaves_two_points_to_draw_a_line_between() -> None:
    points = ((NOW - 900 * DAY, 1.0), *series(1))
    assert len(outlier(points, value=1.0).lines[0].points) == 2


def test_a_band_is_drawn_where_it_is_known() -> None:
    assert outlier(series(60), value=1.0, band=False).band is None
    band = outlier(series(60), value=1.0).band
    assert band
    assert len(band.points) == 28


def test_last_week_is_the_same_time_on_the_clock() -> None:
    """New York's clocks went back on November 1, 2026."""
    midnights = [datetime(2026, 10, day, tzinfo=NEW_YORK).astimezone(UTC) for day in range(20, 32)]
    midnights += [datetime(2026, 11, day, tzinfo=NEW_YORK).astimezone(UTC) for day in range(1, 4)]
    points = tuple((time, float(place)) for place, time in enumerate(midnights))
    line = last_week(points, NEW_YORK, shown_from=midnights[7])
    assert line
    assert [time for time, _ in line.points] == midnights[7:]
    assert at(line, midnights[-1], within=DAY / 2) == points[-8][1]


def test_last_week_of_days_that_begin_at_midnight_utc_is_found_across_a_clock_change() -> None:
    line = last_week(series(60), NEW_YORK, shown_from=NOW - 28 * DAY)
    assert at(line, NOW, within=DAY / 2) == series(60)[-8][1]


def test_nothing_is_compared_where_there_is_no_week_to_compare() -> None:
    assert last_week(series(50, 7 * DAY), NEW_YORK, shown_from=NOW - 365 * DAY) is None
    assert last_week(series(5), NEW_YORK, shown_from=NOW - 5 * DAY) is None
    assert last_week((), NEW_YORK, shown_from=NOW) is None
    assert at(Line(label="", points=series(60)[:30]), NOW, within=HOUR) is None


def test_the_words_of_a_backtest_say_how_often_and_when() -> None:
    day, earlier = NOW - 9 * DAY, NOW - 19 * DAY
    chart = backtest(fired=((earlier, 60.0), (day, 50.0)), no_longer=((NOW, 140.0),))
    assert chart.alt == (
        "Ad revenue, last 90 days: would have fired 2 times: €50 on Sun, Oct 25, €60 on Thu, Oct 15; "
        "no longer: €140 on Tue, Nov 3."
    )
    assert (chart.mark_label, chart.gone_label) == ("Would have fired 2 times", "No longer once")


def test_a_backtest_that_never_fired_says_so() -> None:
    chart = backtest(fired=(), no_longer=())
    assert chart.alt == "Ad revenue, last 90 days: would never have fired."
    assert chart.mark_label == ""


def test_only_the_newest_of_many_are_named() -> None:
    assert backtest(fired=series(90), no_longer=()).alt.endswith(" and 87 more.")


def test_a_band_that_is_unknown_for_a_while_begins_later() -> None:
    band = [(time, math.nan if time < NOW - 30 * DAY else 75.0, 125.0) for time, _ in series(90)]
    drawn = backtest(band=band).band
    assert drawn
    assert len(drawn.points) == 31
    assert backtest(band=[(NOW, math.nan, math.nan)]).band is None


def test_the_words_of_an_alert_say_how_often_it_broke_and_how_it_stands() -> None:
    chart = alert(12_000.0, 8750.0, None, 10_000.0, 12_345.0)
    assert chart
    assert chart.alt == (
        "Daily Sales Alert, Revenue < 11000, last 5 days: broken 2 times in 5 runs, "
        "last on Mon, Nov 2 at $10,000; now $12,345."
    )
    assert [value for _, value in chart.marks] == [8750.0, 10_000.0]
    assert math.isnan(chart.lines[0].points[2][1])


def test_an_alert_that_never_broke_or_just_did_says_so() -> None:
    well, broken = alert(12_000.0, 13_000.0), alert(12_000.0, 9000.0)
    assert well
    assert broken
    assert well.alt.endswith("never broken in 2 runs; now $13,000.")
    assert broken.alt.endswith("broken once in 2 runs, last on Tue, Nov 3 at $9,000.")


def test_runs_without_values_are_no_picture() -> None:
    assert alert(None, None, 5.0) is None
    assert alert() is None


def test_a_condition_without_a_limit_is_drawn_without_one() -> None:
    chart = alert(1.0, 2.0, 3.0, limit=None)
    assert chart
    assert chart.limits == ()


@pytest.mark.parametrize(
    ("length", "said"),
    [(2 * HOUR, "last 2 hours"), (2 * DAY, "last 2 days"), (366 * DAY, "last year"), (HOUR / 2, "last hour")],
)
def test_stretches_are_said_as_people_say_them(length: timedelta, said: str) -> None:
    assert captions.stretch(length) == said


def test_figures_have_their_unit_where_people_write_it() -> None:
    assert [number(1234.0, unit) for unit in ("USD", "eur", "%", "clicks", "")] == [
        "$1,234", "€1,234", "1,234%", "1,234 clicks", "1,234",
    ]  # fmt: skip
    assert number(1.0, "x" * 40) == f"1 {'x' * 29}…"
    assert span(0.914, 1.2, "USD") == "$0.914 – $1.20"


def test_a_moment_is_told_in_the_readers_time_zone() -> None:
    assert captions.moment(NOW, ZoneInfo("UTC"), HOUR) == "Tue, Nov 3, 5:00 AM"
