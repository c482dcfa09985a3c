"""An agency of the reviewers' own: other clients, metrics, units and jobs than the sample has."""

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAYS = 75
CLIENTS = ("Tern & Tallow", "Pebble Robotics", "Cafe Solstice", "Fjordline", "Quillmark Press", "Orla Bikes")
CHANNELS = ("instagram", "youtube", "referral", "app-push", "partners", "print")
SEGMENTS = ("gold", "silver", "walk-in", "corporate", "dormant")
FIRST = ("Aino", "Bram", "Celeste", "Dario", "Esme", "Farah", "Gustav", "Hana", "Ivo", "Jolanda")
LAST = ("Aalto", "Brandt", "Castell", "Dumont", "Egli", "Fontana", "Grieg", "Hollis")
NOTES = (
    ("Price list changed", "New prices since Monday, on average 4 percent higher."),
    ("Summer tickets on sale", "The early-bird offer runs for 10 days."),
    ("Pixel missing on checkout", "Fixed by the shop team."),
    ("Partner contract renewed", "Same terms as before."),
    ("Photo shoot next week", "Twelve new pictures for the app."),
    ("Survey goes out", "To everybody who bought twice."),
)


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What the metrics are called: money in and out, things sold, visitors, something physical, a mean."""

    currency: str
    income: str
    cost: str
    sold: str
    visits: str
    physical: tuple[str, str]
    mean: tuple[str, str]
    each: str
    rate: str


TRADES = (
    Trade(
        currency="£", income="recurring_revenue", cost="promo_cost", sold="subscriptions", visits="trials",
        physical=("watch_time", "h"), mean=("support_wait", "min"), each="cost_per_subscription",
        rate="trial_conversion",
    ),
    Trade(
        currency="€", income="ticket_income", cost="ads_budget_used", sold="tickets", visits="searches",
        physical=("fuel_use", "kWh"), mean=("departure_delay", "min"), each="cost_per_ticket",
        rate="booking_rate",
    ),
    Trade(
        currency="CHF", income="takings", cost="campaign_cost", sold="bookings", visits="footfall",
        physical=("water_use", "l"), mean=("response_time", "s"), each="cost_per_booking",
        rate="show_up_rate",
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    today: date
    trade: Trade


def write(folder: Path, rng: random.Random) -> Catalogue:
    """A folder of CSV files for each of three clients."""
    found = Catalogue(today=date(2026, rng.randint(5, 10), rng.randint(5, 27)), trade=rng.choice(TRADES))
    for client in rng.sample(CLIENTS, 3):
        home = folder / client.lower().replace(" & ", "-").replace(" ", "-")
        home.mkdir(parents=True)
        _csv(home / "metrics.csv", _metrics(rng, found))
        _csv(home / "customers.csv", _customers(rng, client, found.today))
        _csv(home / "notes.csv", _notes(rng, found.today))
    return found


def _metrics(rng: random.Random, found: Catalogue) -> Iterable[Sequence[object]]:
    trade, last = found.trade, found.today - timedelta(days=1)
    columns = ("timestamp", "metric", "channel", "value", "unit", "aggregate", "numerator", "denominator")
    rows: list[Sequence[object]] = [columns]
    for channel in rng.sample(CHANNELS, rng.randint(3, 4)):
        size, rate = rng.uniform(150, 2400), rng.uniform(0.03, 0.12)
        price, click, wait = rng.uniform(15, 140), rng.uniform(0.2, 2.5), rng.uniform(3, 40)
        for ago in range(DAYS, 0, -1):
            day = (found.today - timedelta(days=ago)).isoformat()
            visits = (
                size * rng.lognormvariate(0, 0.12) * (rng.choice((0.35, 2.6)) if rng.random() < 0.02 else 1)
            )
            sold = round(visits * rate * rng.lognormvariate(0, 0.1))
            for name, value, unit, made in (
                (trade.visits, round(visits), "", "sum"),
                (trade.sold, sold, "", "sum"),
                (trade.income, round(sold * price, 2), trade.currency, "sum"),
                (trade.cost, round(visits * click, 2), trade.currency, "sum"),
                (trade.physical[0], round(visits * 1.7, 1), trade.physical[1], "sum"),
                (trade.mean[0], round(wait * rng.lognormvariate(0, 0.15), 1), trade.mean[1], "mean"),
            ):
                rows.append((day, name, channel, value, unit, made, "", ""))
        rows.append((last, trade.each, channel, 0, trade.currency, "ratio", trade.cost, trade.sold))
        rows.append((last, trade.rate, channel, 0, "%", "ratio", trade.sold, trade.visits))
    return rows


def _customers(rng: random.Random, client: str, today: date) -> Iterable[Sequence[object]]:
    columns = ("customer_id", "name", "email", "segment", "created_at", "orders", "revenue")
    rows: list[Sequence[object]] = [columns]
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    for number, name in enumerate(rng.sample(names, rng.randint(25, 55))):
        orders, since = rng.choice((1, 1, 2, 2, 3, 5, 8, 12)), today - timedelta(days=rng.randint(1, 300))
        spent = round(orders * rng.uniform(12, 240), 2)
        address = f"{name.split()[0].lower()}.{number}@post.example"
        rows.append(
            (f"{client[0]}{4000 + number}", name, address, rng.choice(SEGMENTS), since, orders, spent)
        )
    return rows


def _notes(rng: random.Random, today: date) -> Iterable[Sequence[object]]:
    rows: list[Sequence[object]] = [("created_at", "title", "body", "status", "author", "private")]
    for title, body in rng.sample(NOTES, rng.randint(3, 6)):
        day = today - timedelta(days=rng.randint(1, 20))
        status = rng.choice(("open", "in_progress", "done"))
        rows.append((f"{day}T09:00:00+00:00", title, body, status, rng.choice(FIRST), "false"))
    return rows


def _csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
