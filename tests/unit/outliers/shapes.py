"""Series of known shape."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from houston.watch.outliers.series import Series

HOUR = 3_600
DAY = 86_400
#: a Monday
START = int(datetime(2025, 3, 3, tzinfo=UTC).timestamp())


def series(values: NDArray[np.float64], *, step: int, start: int = START) -> Series:
    times = start + step * np.arange(len(values), dtype=np.int64)
    return Series(times=times.astype("datetime64[s]"), values=np.asarray(values, dtype=np.float64))


def hourly_traffic(weeks: int = 6) -> NDArray[np.float64]:
    """Busy days, quiet nights, weekends at 60 %, with 5 % noise."""
    hours = np.arange(weeks * 7 * 24)
    day = 1 + 0.5 * np.sin(2 * np.pi * (hours % 24 - 8) / 24)
    week = np.where(hours // 24 % 7 >= 5, 0.6, 1.0)
    noise = np.random.default_rng(7).normal(1, 0.05, len(hours))
    return np.asarray(1000 * day * week * noise)


def daily_orders(weeks: int = 20) -> NDArray[np.float64]:
    """Weekends at half, with the noise of counts."""
    days = np.arange(weeks * 7)
    usual = np.where(days % 7 >= 5, 200.0, 400.0)
    return np.random.default_rng(11).poisson(usual).astype(np.float64)


def busy_site(days: int = 5) -> NDArray[np.float64]:
    """Requests every five minutes: a wave each day, with 5 % noise."""
    rows = np.arange(days * 288)
    noise = np.random.default_rng(3).normal(1, 0.05, len(rows))
    return np.asarray(400 * (1 + 0.5 * np.sin(2 * np.pi * rows / 288)) * noise)


def bursty(rows: int = 3_000) -> NDArray[np.float64]:
    """Mentions every five minutes: mostly a few, at times many, with no season."""
    return np.random.default_rng(8).pareto(2.5, rows) * 20


def irregular() -> Series:
    """Five-minute points with jitter and holes."""
    random = np.random.default_rng(5)
    steps = random.choice([280, 300, 320, 900, 14_400], p=[0.2, 0.5, 0.2, 0.09, 0.01], size=2_000)
    values = 50 + random.normal(0, 4, 2_000)
    values[1_500] = 140
    times = START + np.cumsum(steps).astype(np.int64)
    return Series(times=times.astype("datetime64[s]"), values=values)
