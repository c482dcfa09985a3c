"""Notes and customers of the sample agency."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

NOTES = (
    ("Autumn campaign is live", "Two new ad groups on google-ads, budget up by a fifth.", "done"),
    (
        "Check the conversion tag",
        "The thank-you page was rebuilt; compare with the shop's own count.",
        "open",
    ),
    ("Newsletter goes out on Thursday", "Subject line test A/B, ten percent each.", "in_progress"),
    ("Meta pixel asks for consent now", "Expect fewer measured conversions from meta-ads.", "done"),
    ("Budget for next quarter", "Draft is with the client until Friday.", "in_progress"),
    ("Landing page is slow on phones", "Four seconds to the first paint; developers are told.", "open"),
    ("Black Friday plan", "Double the bids from Wednesday noon, back on Monday.", "open"),
    ("Audience list cleaned", "Removed buyers of the last thirty days.", "done"),
)
AUTHORS = ("Mira", "Jonas", "Ada")
FIRST = ("Alba", "Ben", "Clara", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jan", "Kaya", "Luca")
LAST = ("Abel", "Baur", "Costa", "Diaz", "Eder", "Frei", "Gallo", "Huber", "Ivanov", "Jost")
SEGMENTS = ("new", "returning", "loyal", "wholesale")
CUSTOMERS = 40


@dataclass(frozen=True, kw_only=True)
class NoteSample:
    title: str
    body: str
    status: str
    author: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class CustomerSample:
    customer_id: str
    name: str
    email: str
    segment: str
    created_at: datetime
    orders: int
    revenue: float


def notes(rng: np.random.Generator, slug: str, newest: datetime) -> tuple[NoteSample, ...]:
    return tuple(
        NoteSample(
            title=title,
            body=body,
            status=status,
            author=AUTHORS[int(rng.integers(len(AUTHORS)))],
            created_at=newest - timedelta(days=3 * i, hours=int(rng.integers(1, 20))),
        )
        for i, (title, body, status) in enumerate(NOTES)
    )


def customers(
    rng: np.random.Generator, slug: str, size: float, newest: datetime
) -> tuple[CustomerSample, ...]:
    return tuple(_customer(rng, slug, size, newest, i) for i in range(CUSTOMERS))


def _customer(rng: np.random.Generator, slug: str, size: float, newest: datetime, i: int) -> CustomerSample:
    first, last = FIRST[i % len(FIRST)], LAST[(i * 7 + i // len(LAST)) % len(LAST)]
    segment = SEGMENTS[int(rng.choice(len(SEGMENTS), p=(0.3, 0.4, 0.25, 0.05)))]
    orders = 1 if segment == "new" else int(rng.integers(2, 15))
    return CustomerSample(
        customer_id=f"{slug.upper()}-{1001 + i}",
        name=f"{first} {last}",
        email=f"{first}.{last}{i}@example.com".lower(),
        segment=segment,
        created_at=newest - timedelta(days=float(rng.uniform(0, 30 if segment == "new" else 400))),
        orders=orders,
        revenue=round(float(orders * rng.gamma(4.0, 14.0) * size), 2),
    )
