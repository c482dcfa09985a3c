"""Agencies that nobody has seen: clients, metrics, channels, people and notes by chance, as CSV files."""

import csv
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

CLIENTS = (
    "Harbor & Finch", "Kestrel Outdoor", "Mimosa Skincare", "Bright Dental", "Velo Nord", "Lumen Learning",
    "Oakhill Coffee", "Juniper Travel", "Pinto Pets", "Northwind Energy", "Sable Optics", "Tilda Home",
)  # fmt: skip
CHANNELS = ("google-ads", "meta-ads", "tiktok", "bing-ads", "linkedin", "podcast", "affiliates", "newsletter")
CURRENCIES = ("$", "€", "£", "CHF")
SALES = ("sales", "net_revenue", "bookings_value", "turnover")
COSTS = ("ad_spend", "media_cost", "spend")
COUNTS = ("orders", "signups", "leads", "purchases")
TRAFFIC = ("sessions", "visits", "clicks")
SEGMENTS = ("vip", "regular", "one-off", "trial", "lapsed", "business")
FIRST = ("Ines", "Tomas", "Rhea", "Olu", "Marta", "Jan", "Suki", "Piotr", "Noa", "Hedda", "Emil", "Yara")
LAST = ("Moreau", "Okoye", "Lindqvist", "Patel", "Rossi", "Novak", "Haas", "Tanaka", "Silva", "Byrne")
NOTES = (
    ("Spring sale starts Thursday", "15 percent off everything, ends after 5 days."),
    ("Landing page rebuilt", "Expect lower bounce; compare 14 days before and after."),
    ("Feed rejected again", "312 products were disapproved, mostly missing sizes."),
    ("New creatives live", "Six videos, two of them with captions."),
    ("Budget moved to brand", "A third of the generic budget, until further notice."),
    ("Tracking consent banner", "Expect 10 to 20 percent fewer measured visits."),
)
STATES = ("open", "in_progress", "done")
DAYS = 75


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    today: date
    clients: tuple[str, ...]


def write(folder: Path, rng: random.Random) -> Catalogue:
    """A folder of CSV files for each of three or four clients."""
    today = date(2026, rng.randint(4, 11), rng.randint(8, 27))
    clients = tuple(rng.sample(CLIENTS, rng.randint(3, 4)))
    names = [rng.choice(each) for each in (SALES, COSTS, COUNTS, TRAFFIC)]
    for client in clients:
        home = folder / client.lower().replace(" & ", "-").replace(" ", "-")
        home.mkdir(parents=True)
        channels = rng.sample(CHANNELS, rng.randint(2, 4))
        unit = rng.choice(CURRENCIES)
        _csv(home / "metrics.csv", _metrics(rng, names, channels, unit, today))
        _csv(home / "customers.csv", _customers(rng, client, today))
        _csv(home / "notes.csv", _notes(rng, today))
    return Catalogue(today=today, clients=clients)


def _metrics(
    rng: random.Random, names: Sequence[str], channels: Sequence[str], unit: str, today: date
) -> Iterable[Sequence[object]]:
    sales, cost, orders, visits = names
    columns = ("timestamp", "metric", "channel", "value", "unit", "aggregate", "numerator", "denominator")
    rows: list[Sequence[object]] = [columns]
    for channel in channels:
        size = math.exp(rng.uniform(4.5, 8))
        rate, price, click = rng.uniform(0.015, 0.06), rng.uniform(25, 160), rng.uniform(0.3, 2.2)
        for ago in range(DAYS, 0, -1):
            day = today - timedelta(days=ago)
            traffic = size * (0.8 if day.weekday() > 4 else 1.0) * rng.lognormvariate(0, 0.1)
            traffic *= rng.choice((0.3, 2.8)) if rng.random() < 0.012 else 1
            sold = round(traffic * rate * rng.lognormvariate(0, 0.08))
            for name, value, of in (
                (visits, round(traffic), ""),
                (orders, sold, ""),
                (sales, round(sold * price * rng.lognormvariate(0, 0.06), 2), unit),
                (cost, round(traffic * click * rng.lognormvariate(0, 0.05), 2), unit),
            ):
                rows.append((day.isoformat(), name, channel, value, of, "sum", "", ""))
        for name, of, over, shown in (
            ("conversion_rate", orders, visits, ""),
            (f"cost_per_{orders.rstrip('s')}", cost, orders, unit),
        ):
            rows.append(((today - timedelta(days=1)).isoformat(), name, channel, 0, shown, "ratio", of, over))
    return rows


def _customers(rng: random.Random, client: str, today: date) -> Iterable[Sequence[object]]:
    rows: list[Sequence[object]] = [
        ("customer_id", "name", "email", "segment", "created_at", "orders", "revenue")
    ]
    segments = rng.sample(SEGMENTS, rng.randint(3, 4))
    for number in range(rng.randint(24, 60)):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        orders = rng.choice((1, 1, 1, 2, 3, 4, 6, 9, 14))
        since = today - timedelta(days=rng.randint(1, 400))
        address = f"{name.split()[0].lower()}{number}@mail.example"
        spent = round(orders * rng.uniform(20, 180), 2)
        rows.append(
            (f"{client[:2].upper()}{700 + number}", name, address, rng.choice(segments), since, orders, spent)
        )
    return rows


def _notes(rng: random.Random, today: date) -> Iterable[Sequence[object]]:
    rows: list[Sequence[object]] = [("created_at", "title", "body", "status", "author", "private")]
    for title, body in rng.sample(NOTES, rng.randint(3, 5)):
        at = datetime(today.year, today.month, today.day, 10, tzinfo=UTC) - timedelta(days=rng.randint(1, 25))
        rows.append((at.isoformat(), title, body, rng.choice(STATES), rng.choice(FIRST), "false"))
    return rows


def _csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
