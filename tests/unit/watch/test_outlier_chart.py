import math
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from houston.watch.outlier_chart import OutlierChart
from store import Store
from store.tables import Event, Metric, Point
from tests.bot.views.charts import NEW_YORK, NOW
from tests.store.agency import open_agency
from tests.store.databases import Clock, fresh_url, new_store

DAYS = 60


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = new_store(fresh_url("sqlite", tmp_path), Clock())
    await store.open()
    yield store
    await store.close()


async def outlier(store: Store, count: int) -> Event:
    """Of a metric with a value a day, of which the last is far too low."""
    agency = await open_agency(store, NOW)
    async with store.begin() as uow:
        metric = await uow.metrics.save(
            metric=Metric(client_id=agency.acme, name="revenue", channel="shop", unit="USD")
        )
        assert metric.id
        values = [10_000 + 300 * math.sin(back) for back in range(count)][::-1]
        times = [NOW - timedelta(days=back) for back in range(count)][::-1]
        values[-1:] = [5100.0] if values else []
        points = [
            Point(metric_id=metric.id, time=time, value=value)
            for time, value in zip(times, values, strict=True)
        ]
        await uow.points.put(points=points)
        await uow.commit()
    told = {"metric_id": metric.id, "definition_id": 7, "metric": "revenue", "channel": "shop", "unit": "USD"}
    return Event(
        id=1,
        type="outlier",
        client_id=agency.acme,
        subject="revenue/shop",
        severity="critical",
        occurred_at=NOW,
        recorded_at=NOW,
        dedupe_key="1",
        payload=told | {"value": 5100.0, "reason": "48 % under the usual 9.7–10.3 k"},
    )


async def test_an_outlier_is_drawn_from_its_points_with_the_week_before(store: Store) -> None:
    chart = await OutlierChart(store=store)(await outlier(store, DAYS), NEW_YORK)
    assert chart
    assert (chart.title, chart.subtitle, len(chart.lines[0].points)) == ("Revenue · shop", "last 28 days", 28)
    assert chart.marks == ((NOW, 5100.0),)
    assert chart.band
    lower, upper = chart.band.points[-1][1:]
    assert 5100.0 < lower < 10_000 < upper
    assert chart.compared
    assert len(chart.compared.points) == 28
    assert "$5,100 on Tue, Nov 3, 48 % under the usual 9.7–10.3 k; last week $10,197." in chart.alt


async def test_what_came_after_the_outlier_is_not_in_its_picture(store: Store) -> None:
    event = await outlier(store, DAYS)
    async with store.begin() as uow:
        later = Point(metric_id=event.payload["metric_id"], time=NOW + timedelta(days=1), value=1.0)
        await uow.points.put(points=[later])
        await uow.commit()
    chart = await OutlierChart(store=store)(event, NEW_YORK)
    assert chart
    assert chart.lines[0].points[-1] == (NOW, 5100.0)


@pytest.mark.parametrize("count", [0, 1])
async def test_a_series_without_a_line_is_not_drawn(store: Store, count: int) -> None:
    assert await OutlierChart(store=store)(await outlier(store, count), NEW_YORK) is None
