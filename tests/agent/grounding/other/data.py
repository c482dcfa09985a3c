"""Results in the shapes that the tools return, of agencies that do not exist: nothing of the samples."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Result = Mapping[str, Any]
CHANNELS = (
    *("booking.com", "bing-ads", "tiktok-ads", "newsletter", "organic search", "affiliates", "Amazon.de"),
    *("direct", "pinterest", "YouTube", "3rd-party", "retargeting", "google-ads", "print"),
)
CLIENTS = (
    "Nordlicht GmbH",
    "Casa Verde",
    "Three Oaks",
    "Blue Harbour",
    "Kiwi & Co",
    "Bäckerei Süd",
    "Delta 9",
)
MONIES = ("revenue", "sales", "margin", "ad_spend", "gross_profit")
COUNTS = ("bookings", "orders_placed", "sign_ups", "visits", "leads", "calls")
JOBS = ("shop-import", "nightly_dbt", "crm export", "feed-sync-2", "Billing run")
PEOPLE = (
    "Ida Berg",
    "Omar Haddad",
    "Lucía Rey",
    "Tom O'Neill",
    "Wen Li",
    "Zoë Marx",
    "Piet de Vries",
    "Ana Silva",
)
LAST = date(2026, 11, 15)
MULTIPLES = (2.0, 3.0, 0.5)
PORTIONS = (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4)


@dataclass(frozen=True, kw_only=True)
class World:
    """One agency: who it works for, where, and in which money."""

    rng: random.Random
    clients: Sequence[str]
    channels: Sequence[str]
    symbol: str
    money: str
    counted: str
    size: float
    """Of a usual day's money."""

    @classmethod
    def of(cls, rng: random.Random) -> "World":
        return cls(
            rng=rng,
            clients=rng.sample(CLIENTS, 3),
            channels=rng.sample(CHANNELS, rng.choice((3, 4))),
            symbol=rng.choice("$€£"),
            money=rng.choice(MONIES),
            counted=rng.choice(COUNTS),
            size=10 ** rng.uniform(2.2, 5.5),
        )

    def source(self, **more: Any) -> dict[str, Any]:
        return {"client": self.clients[0], "rows": self.rng.randint(200, 999), "freshness": None, **more}


def period(last: date, days: int) -> dict[str, str]:
    return {"start": (last - timedelta(days=days - 1)).isoformat(), "end": last.isoformat()}


def compared(value: float, before: float) -> dict[str, float]:
    return {
        "compared_value": round(before, 2),
        "difference": round(value - before, 2),
        "percent": round((value - before) / before * 100, 1),
    }


def shares(world: World) -> list[float]:
    """Of each channel; the first has a share that there is a word for."""
    first = world.rng.choice(PORTIONS) * world.rng.uniform(0.99, 1.01)
    others = [world.rng.uniform(0.2, 1) for _ in world.channels[1:]]
    return [first, *((1 - first) * one / sum(others) for one in others)]


def by_name(world: World, key: str, metric: str, names: Sequence[str], total: float, days: int) -> Result:
    """A metric by channel or client, against the period before; whole numbers where it counts."""
    unit, digits = (world.symbol, 2) if metric == world.money else ("", 0)
    values = [round(total * share, digits) for share in shares(world)[: len(names)]]
    befores = [round(one / world.rng.uniform(0.6, 1.6), digits) for one in values]
    befores[0] = round(values[0] / (world.rng.choice(MULTIPLES) * world.rng.uniform(0.98, 1.02)), digits)
    whole, before = round(sum(values), 2), round(sum(befores), 2)
    rows = [
        {key: name, "value": one, "share_percent": round(one / whole * 100, 1), **compared(one, old)}
        for name, one, old in zip(names, values, befores, strict=False)
    ]
    change = compared(whole, before)
    earlier = period(LAST - timedelta(days=days), days)
    return {
        **{
            "metric": metric,
            "channel": None,
            "unit": unit,
            "totalled_by": "sum",
            "period": period(LAST, days),
            "by": key,
        },
        **{
            "total": whole,
            "rows": rows,
            "remarks": [],
            "average_per_day": round(whole / days, 2),
            "days": days,
        },
        "compared_to": {**earlier, "total": before, **{k: change[k] for k in ("difference", "percent")}},
        "source": world.source(**period(LAST, days)) | ({"client": None} if key == "client" else {}),
    }


def by_day(world: World, metric: str, size: float, days: int) -> Result:
    digits = 2 if metric == world.money else 0
    values = [round(size * world.rng.uniform(0.6, 1.5), digits) for _ in range(days)]
    each = [(LAST - timedelta(days=days - 1 - index)).isoformat() for index in range(days)]
    rows = [{"day": day, "value": value} for day, value in zip(each, values, strict=True)]
    return {
        **{
            "metric": metric,
            "channel": None,
            "unit": world.symbol if digits else "",
            "period": period(LAST, days),
        },
        **{"by": "day", "total": round(sum(values), 2), "rows": rows, "days": days},
        "average_per_day": round(sum(values) / days, 2),
        "source": world.source(**period(LAST, days)),
    }


def by_hour(world: World) -> Result:
    """The points of one day, as `metric_series` gives them."""
    level = world.size / 24
    points: list[dict[str, Any]] = []
    for hour in range(9, 19):
        expected = round(level * world.rng.uniform(0.8, 1.3), 2)
        usual = [round(expected * 0.7, 2), round(expected * 1.27, 2)]
        value = round(
            expected * (world.rng.uniform(1.9, 3) if hour == 14 else world.rng.uniform(0.9, 1.1)), 2
        )
        points.append(
            {"time": f"{LAST}T{hour:02}:00:00Z", "value": value, "expected": expected, "usual": usual}
        )
    ends = points[0]["value"], points[-1]["value"]
    change = compared(ends[1], ends[0])
    return {
        **{"metric": world.money, "channel": world.channels[0], "unit": world.symbol, "every": "hour"},
        **{"period": period(LAST, 1), "points": points, "count": len(points), "outliers": 1},
        "summary": {
            "first": ends[0],
            "last": ends[1],
            "difference": change["difference"],
            "percent": change["percent"],
        },
        "source": world.source(**period(LAST, 1)),
    }
