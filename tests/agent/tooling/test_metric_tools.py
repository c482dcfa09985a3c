import pytest

from houston.agent.tool import ToolError
from houston.agent.turn import ChartDrawn
from houston.errors import Invalid, NotFound
from tests.agent.tooling.office import NOVEMBER, Office

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
SPIKE_DAY = {"start": "2026-11-12", "end": "2026-11-12"}


async def test_a_weekday_is_the_average_of_such_days(office: Office) -> None:
    found = await office.run("channel_performance", metric="revenue", by="weekday", **NOVEMBER)
    rows = {row["weekday"]: row for row in found["rows"]}
    assert list(rows) == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert rows["Thursday"] == {"weekday": "Thursday", "value": 250, "total": 500, "days": 2}
    assert found["highest"]["weekday"] == "Thursday"
    assert (found["average_per_day"], found["days"]) == (164.29, 14)


async def test_an_hour_is_the_average_of_such_hours_in_the_askers_zone(office: Office) -> None:
    ctx = office.context(zone="Europe/Berlin")
    found = await office.run("channel_performance", ctx, metric="visits", by="hour", **NOVEMBER)
    rows = {row["hour"]: row["value"] for row in found["rows"]}
    assert (rows["12:00"], rows["13:00"]) == (10, 20)
    with pytest.raises(Invalid, match="no hours"):
        await office.run("channel_performance", metric="revenue", by="hour", **NOVEMBER)


async def test_a_month_is_a_row_and_compared_month_by_month(office: Office) -> None:
    found = await office.run(
        "channel_performance",
        metric="revenue",
        start="2026-09-01",
        end="2026-10-31",
        by="month",
        compare_start="2026-08-01",
        compare_end="2026-09-30",
    )
    assert [(row["month"], row["value"]) for row in found["rows"]] == [
        ("2026-09-01", 4500),
        ("2026-10-01", 4650),
    ]
    assert [row["compared_value"] for row in found["rows"]] == [4650, 4500]


async def test_every_client_is_a_row_without_a_client(office: Office) -> None:
    found = await office.run(
        "channel_performance",
        office.context(None),
        metric="revenue",
        by="client",
        compare_to="same_period_last_month",
        **NOVEMBER,
    )
    assert [(row["client"], row["value"], row["share_percent"]) for row in found["rows"]] == [
        ("Acme", 2300, 94.3),
        ("Globex", 140, 5.7),
    ]
    assert (found["total"], found["compared_to"]["total"]) == (2440, 2240)
    assert found["rows"][0]["difference"] == 200


async def test_a_ratio_over_clients_has_no_sum(office: Office) -> None:
    found = await office.run("channel_performance", metric="cost_per_click", by="client", **NOVEMBER)
    assert found["total"] is None
    assert found["rows"] == [{"client": "Acme", "value": 0.6667}]


async def test_a_share_in_percent_is_in_hundredths(office: Office) -> None:
    found = await office.run("channel_performance", metric="click_rate", start="2026-11-09", end="2026-11-14")
    assert (found["total"], found["unit"]) == (25, "%")


async def test_what_is_only_worked_out_is_listed_as_not_to_be_watched(office: Office) -> None:
    listed = {each["name"]: each for each in (await office.run("list_metrics"))["metrics"]}
    cannot = {name for name, each in listed.items() if each.get("can_be_watched") is False}
    assert cannot == {name for name, each in listed.items() if "ratio_of" in each} != set()
    everyones = await office.run("list_metrics", office.context(None))
    of_all = {each["name"]: each.get("can_be_watched", True) for each in everyones["metrics"]}
    assert (of_all["revenue"], of_all["cost_per_click"]) == (True, False)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Tokyo"])
async def test_a_daily_figure_belongs_to_its_date_wherever_one_is(office: Office, zone: str) -> None:
    ctx = office.context(zone=zone)
    found = await office.run("channel_performance", ctx, metric="revenue", by="day", **SPIKE_DAY)
    assert found["rows"] == [{"day": "2026-11-12", "value": 350}]
    series = await office.run("metric_series", ctx, metric="revenue", channel="google-ads", **SPIKE_DAY)
    assert [(point["time"][:19], point["value"]) for point in series["points"]] == [
        ("2026-11-12T00:00:00", 300)
    ]
    assert series["points"][0]["is_outlier"]
    outliers = await office.run("outlier_occurrences", ctx, **NOVEMBER)
    assert outliers["outliers"][0]["time"].startswith("2026-11-12T00:00:00")


async def test_a_period_that_begins_before_the_first_figures_is_said_not_to_be_whole(office: Office) -> None:
    july = {"compare_start": "2026-07-01", "compare_end": "2026-08-31"}
    found = await office.run("channel_performance", metric="orders", **NOVEMBER, **july)
    assert found["remarks"] == [
        "There are no figures before Sat 1 Aug 2026, so the other period is not whole."
    ]
    august = {"start": "2026-08-01", "end": "2026-08-31"}
    assert not (await office.run("channel_performance", metric="orders", **august))["remarks"]


async def test_too_many_rows_are_asked_for_coarser(office: Office) -> None:
    year = {"start": "2025-01-01", "end": "2026-11-01"}
    with pytest.raises(ToolError, match='by="week"'):
        await office.run("channel_performance", metric="revenue", by="day", **year)
    long = {"start": "2020-01-01", "end": "2026-11-01"}
    with pytest.raises(ToolError, match='by="month"'):
        await office.run("channel_performance", metric="revenue", by="week", **long)
    with pytest.raises(Invalid, match="every=week"):
        await office.run("metric_series", metric="revenue", every="day", **year)


async def test_a_misspelt_metric_is_named(office: Office) -> None:
    with pytest.raises(NotFound, match="Did you mean revenue"):
        await office.run("channel_performance", metric="revnue", **NOVEMBER)
    with pytest.raises(NotFound, match="Did you mean meta-ads"):
        await office.run("metric_series", metric="revenue", channel="meta ads", **NOVEMBER)


async def test_a_watched_series_has_its_band_and_its_outlier(office: Office) -> None:
    found = await office.run("metric_series", metric="revenue", channel="google-ads", **NOVEMBER)
    assert (found["count"], found["outliers"], found["watched_by"]) == (14, 1, "revenue")
    spike = next(point for point in found["points"] if point.get("is_outlier"))
    assert (spike["time"], spike["value"], spike["expected"]) == ("2026-11-12T00:00:00Z", 300, 100)
    assert spike["usual"][0] < 100 < spike["usual"][1] < 300
    assert found["summary"]["highest"] == {"time": "2026-11-12T00:00:00Z", "value": 300}


async def test_a_series_of_all_channels_is_their_sum_and_has_no_band(office: Office) -> None:
    found = await office.run("metric_series", metric="revenue", every="week", **NOVEMBER)
    assert [(point["time"][:10], point["value"]) for point in found["points"]] == [
        ("2026-11-01", 150),
        ("2026-11-02", 1050),
        ("2026-11-09", 1100),
    ]
    assert "usual" not in found["points"][0]
    assert "single points" in found["remarks"][0]


async def test_a_ratios_series_is_worked_out_row_by_row(office: Office) -> None:
    found = await office.run(
        "metric_series", metric="cost_per_click", channel="meta-ads", every="day", **SPIKE_DAY
    )
    assert [point["value"] for point in found["points"]] == [2]


async def test_a_chart_shows_the_band_and_the_period_before(office: Office) -> None:
    before = len(office.shown)
    found = await office.run(
        "draw_chart", metric="revenue", channel="google-ads", compare_to="previous_period", **NOVEMBER
    )
    drawn = office.shown[before]
    assert isinstance(drawn, ChartDrawn)
    chart = drawn.chart
    assert (found["band"], found["outliers"]) == (True, 1)
    assert chart.band is not None
    assert chart.compared is not None
    assert chart.compared.points[0][0] == chart.lines[0].points[0][0]
    assert [value for _, value in chart.marks] == [300]
    assert (found["lines"][0]["total"], found["compared"]["total"]) == (1600, 1400)
    assert "$300 on Thu, Nov 12" in chart.alt
    assert found["caption"] == "Revenue · google-ads for Acme, 1–14 Nov"


async def test_a_chart_has_a_line_for_each_channel_or_metric_of_one_unit(office: Office) -> None:
    found = await office.run("draw_chart", metric="revenue", by_channel=True, **NOVEMBER)
    assert [(line["label"], line["total"]) for line in found["lines"]] == [
        ("google-ads", 1600),
        ("meta-ads", 700),
    ]
    assert not found["band"]
    two = await office.run("draw_chart", metric="revenue", with_metric="spend", **NOVEMBER)
    assert [line["label"] for line in two["lines"]] == ["revenue", "spend"]
    with pytest.raises(ToolError, match="different units"):
        await office.run("draw_chart", metric="revenue", with_metric="clicks", **NOVEMBER)
    with pytest.raises(ToolError, match="one line only"):
        await office.run(
            "draw_chart", metric="revenue", by_channel=True, compare_to="previous_period", **NOVEMBER
        )
    with pytest.raises(Invalid, match="nothing to draw"):
        await office.run("draw_chart", metric="revenue", start="2020-01-01", end="2020-02-01")
