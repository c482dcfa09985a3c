"""Charts of each kind, as Houston makes them."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from houston.watch.alert_chart import RunSeen, alert_chart
from houston.watch.backtest_chart import backtest_chart
from houston.watch.captions import spacing
from houston.watch.chart import Band, Chart, Points
from houston.watch.outlier_chart import drawn
from store.tables import Event

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 3, 5, tzinfo=UTC)
"""Midnight in New York, two days after its clocks changed."""


def series(count: int, apart: timedelta = timedelta(days=1), *, last: float | None = None) -> Points:
    points = [(NOW - apart * back, 100.0 + 20 * math.sin(back)) for back in range(count)][::-1]
    return (*points[:-1], points[-1] if last is None else (NOW, last))


def outlier(
    points: Points, *, value: float, unit: str = "USD", channel: str = "", reason: str = "", band: bool = True
) -> Chart:
    told = {"metric": "ad_revenue", "channel": channel, "unit": unit, "value": value, "reason": reason}
    event = Event(
        id=1,
        type="outlier",
        subject="",
        severity="warning",
        occurred_at=NOW,
        recorded_at=NOW,
        dedupe_key="",
        payload=told,
    )
    around = Band(points=tuple((time, 75.0, 125.0) for time, _ in points) if band else ())
    return drawn(event, points, points, around, NEW_YORK, spacing(time for time, _ in points))


def backtest(**changes: Any) -> Chart:
    points = series(90)
    values: dict[str, Any] = {
        "name": "ad_revenue",
        "unit": "EUR",
        "zone": NEW_YORK,
        "points": points,
        "band": [(time, 75.0, 125.0) for time, _ in points],
        "fired": (points[20], points[40], points[60], points[80]),
        "no_longer": (points[50], points[70]),
    }
    return backtest_chart(**(values | changes))


def alert(*values: float | None, limit: float | None = 11_000.0, **changes: Any) -> Chart | None:
    start = NOW - timedelta(days=len(values) - 1)
    runs = [
        RunSeen(
            time=start + timedelta(days=day),
            value=value,
            limit=limit,
            broken=value is not None and limit is not None and value < limit,
        )
        for day, value in enumerate(values)
    ]
    told: dict[str, Any] = {
        "alert": "Daily Sales Alert",
        "condition": "Revenue < 11000",
        "unit": "USD",
        "zone": NEW_YORK,
        "breach": "below",
        "runs": runs,
    }
    return alert_chart(**(told | changes))
