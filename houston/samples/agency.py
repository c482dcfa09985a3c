"""An agency with three clients, as a pure function of seed and now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from houston.samples.people import CustomerSample, NoteSample, customers, notes
from houston.samples.pipelines import TaskRunSample, task_runs

HOURS = 24 * 35
CHANNELS = ("google-ads", "meta-ads", "email")
CLIENTS = (
    ("acme", "Acme Outfitters", 1.0),
    ("globex", "Globex Travel", 2.4),
    ("initech", "Initech Software", 0.6),
)
SHARES = {"google-ads": 1.0, "meta-ads": 0.7, "email": 0.15}
"""What a channel spends, relative to the first."""

DAY_SHAPE = 0.55 + 0.45 * np.sin((np.arange(24) - 8) * np.pi / 12)
WEEK_SHAPE = np.array([1.0, 1.04, 1.05, 1.03, 0.98, 0.72, 0.68])
"""Hours of the day, and Monday to Sunday."""

FRESH = ("acme", "google-ads")
"""Whose spend runs away in the newest hour: the alert that the demo begins with."""

PAST = (("globex", "meta-ads", 24 * 3 + 5, 0.05), ("acme", "meta-ads", 24 * 6 + 2, 2.6))
"""Client, channel, hours before the newest, factor: deviations of the past two weeks."""


@dataclass(frozen=True, kw_only=True)
class MetricSample:
    """One series; points are (time, value), oldest first. Ratios have none: they are computed."""

    name: str
    channel: str
    unit: str
    aggregate: str
    direction: str
    numerator: str = ""
    denominator: str = ""
    key: bool = False
    points: tuple[tuple[datetime, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClientSample:
    slug: str
    name: str
    metrics: tuple[MetricSample, ...]
    notes: tuple[NoteSample, ...]
    customers: tuple[CustomerSample, ...]
    task_runs: tuple[TaskRunSample, ...]


@dataclass(frozen=True, kw_only=True)
class Agency:
    clients: tuple[ClientSample, ...]
    watched_since: datetime


def agency(seed: int, now: datetime) -> Agency:
    """Five weeks of hourly marketing figures up to the last hour that is over."""
    newest = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    return Agency(
        clients=tuple(
            _client(np.random.default_rng([seed, i]), slug, name, size, newest)
            for i, (slug, name, size) in enumerate(CLIENTS)
        ),
        watched_since=newest - timedelta(days=14),
    )


def _client(rng: np.random.Generator, slug: str, name: str, size: float, newest: datetime) -> ClientSample:
    measured = [m for channel in CHANNELS for m in _channel(rng, slug, channel, size, newest)]
    return ClientSample(
        slug=slug,
        name=name,
        metrics=(*measured, *_ratios()),
        notes=notes(rng, slug, newest),
        customers=customers(rng, slug, size, newest),
        task_runs=task_runs(slug, newest),
    )


def _channel(
    rng: np.random.Generator, slug: str, channel: str, size: float, newest: datetime
) -> list[MetricSample]:
    times = [newest - timedelta(hours=HOURS - 1 - i) for i in range(HOURS)]
    shape = np.array([DAY_SHAPE[t.hour] * WEEK_SHAPE[t.weekday()] for t in times])
    spend = 60 * size * SHARES[channel] * shape * _noise(rng, 0.05)
    clicks = np.round(spend / (0.8 + 0.3 * SHARES[channel]) * _noise(rng, 0.05))
    spend = spend * _incidents(slug, channel)
    if (slug, channel) == FRESH:
        spend[-1] = 2.2 * spend.max()
    conversions = rng.poisson(clicks * 0.04).astype(float)
    revenue = conversions * 48 * _noise(rng, 0.04)
    series = (
        ("spend", "$", "", True, np.round(spend, 2)),
        ("clicks", "", "up", False, clicks),
        ("conversions", "", "up", False, conversions),
        ("revenue", "$", "up", True, np.round(revenue, 2)),
    )
    return [
        MetricSample(
            name=metric,
            channel=channel,
            unit=unit,
            aggregate="sum",
            direction=direction,
            key=key,
            points=tuple(zip(times, values.tolist(), strict=True)),
        )
        for metric, unit, direction, key, values in series
    ]


def _ratios() -> list[MetricSample]:
    ratios = (
        ("cost_per_click", "$", "down", "spend", "clicks"),
        ("conversion_rate", "", "up", "conversions", "clicks"),
        ("return_on_ad_spend", "", "up", "revenue", "spend"),
    )
    return [
        MetricSample(
            name=name,
            channel=channel,
            unit=unit,
            aggregate="ratio",
            direction=direction,
            numerator=numerator,
            denominator=denominator,
        )
        for name, unit, direction, numerator, denominator in ratios
        for channel in CHANNELS
    ]


def _noise(rng: np.random.Generator, sigma: float) -> NDArray[np.float64]:
    return np.exp(rng.normal(0, sigma, HOURS))


def _incidents(slug: str, channel: str) -> NDArray[np.float64]:
    factors = np.ones(HOURS)
    for client, where, hours_ago, factor in PAST:
        if (client, where) == (slug, channel):
            factors[HOURS - 1 - hours_ago :][:3] = factor
    return factors
