"""Clients of other trades than the sample agency's, as a pure function of seed and now."""

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from houston.samples.agency import ClientSample, MetricSample
from houston.samples.people import CustomerSample, NoteSample
from houston.samples.pipelines import TaskRunSample
from tests.agent.grounding.outsiders.paper import ERRORS, JOBS, NOTES, PEOPLE
from tests.agent.grounding.outsiders.trades import TRADES, Trade

DAYS = 84


def clients(rng: random.Random, now: datetime) -> tuple[ClientSample, ...]:
    return tuple(_client(rng, trade, now) for trade in TRADES)


def _client(rng: random.Random, trade: Trade, now: datetime) -> ClientSample:
    return ClientSample(
        slug=trade.slug,
        name=trade.name,
        metrics=tuple(_metrics(rng, trade, now)),
        notes=tuple(_notes(rng, now)),
        customers=tuple(_customers(rng, trade, now)),
        task_runs=tuple(_runs(rng, trade, now)),
    )


def _metrics(rng: random.Random, trade: Trade, now: datetime) -> Iterator[MetricSample]:
    for place, channel in enumerate(trade.channels):
        size = (1.0, 0.62, 0.31, 0.17)[place] * rng.uniform(0.85, 1.2)
        for name, unit, usual, direction in trade.sums:
            yield MetricSample(
                name=name,
                channel=channel,
                unit=unit,
                aggregate="sum",
                direction=direction,
                points=_points(rng, usual * size, now, whole=not unit),
            )
        for name, unit, top, bottom, direction in trade.ratios:
            yield MetricSample(
                name=name,
                channel=channel,
                unit=unit,
                aggregate="ratio",
                direction=direction,
                numerator=top,
                denominator=bottom,
            )
    for name, unit, usual in trade.means:
        points = _points(rng, usual, now, whole=False, most=100.0 if unit == "%" else math.inf)
        yield MetricSample(name=name, channel="", unit=unit, aggregate="mean", direction="", points=points)


def _points(
    rng: random.Random, usual: float, now: datetime, *, whole: bool, most: float = math.inf
) -> tuple[tuple[datetime, float], ...]:
    """A value a day up to yesterday, with a weekly swing, a drift and now and then a jolt."""
    midnight, drift = now.replace(hour=0, minute=0, second=0, microsecond=0), rng.uniform(-0.002, 0.003)
    jolts = {rng.randrange(2, 14): rng.choice((0.45, 1.9)) for _ in range(rng.choice((0, 0, 1)))}
    found = []
    for ago in range(DAYS, 0, -1):
        day = midnight - timedelta(days=ago)
        swing = 1 + 0.12 * math.sin(day.weekday() * 0.9)
        value = usual * swing * (1 + drift * (DAYS - ago)) * rng.lognormvariate(0, 0.04) * jolts.get(ago, 1.0)
        value = min(value, most)
        found.append((day, float(round(value)) if whole else round(value, 2)))
    return tuple(found)


def _notes(rng: random.Random, now: datetime) -> Iterator[NoteSample]:
    for title, body, author in rng.sample(NOTES, rng.randint(5, 8)):
        status = rng.choice(("open", "in_progress", "done"))
        at = now - timedelta(hours=rng.randint(4, 600))
        yield NoteSample(title=title, body=body, status=status, author=author, created_at=at)


def _customers(rng: random.Random, trade: Trade, now: datetime) -> Iterator[CustomerSample]:
    for number, name in enumerate(rng.sample(PEOPLE, rng.randint(11, 18))):
        orders = rng.randint(1, 26)
        yield CustomerSample(
            customer_id=f"{trade.slug[:3].upper()}{number + 310}",
            name=name,
            email=f"{name.split()[-1].lower()}@{trade.slug}-mail.example",
            segment=rng.choice(trade.segments),
            created_at=now - timedelta(days=rng.randint(1, 240)),
            orders=orders,
            revenue=round(orders * rng.uniform(18, 640), 2),
        )


def _runs(rng: random.Random, trade: Trade, now: datetime) -> Iterator[TaskRunSample]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for job in rng.sample(JOBS, 3):
        for ago in range(rng.randint(9, 15), -1, -1):
            at = midnight - timedelta(days=ago) + timedelta(hours=2, minutes=rng.randint(0, 59))
            state = rng.choices(("succeeded", "failed", "dead_letter"), (9, 3, 1))[0]
            error = "" if state == "succeeded" else rng.choice(ERRORS)
            name = f"{trade.slug}-{job}"
            yield TaskRunSample(
                job=name, run_id=f"{name}-{at:%m%d}", state=state, error=error, occurred_at=at
            )
