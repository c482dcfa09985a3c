"""Which tools the model called in each kind of conversation."""

import random
from typing import Any

from tests.agent.grounding.outsiders.office import Talk
from tests.agent.grounding.outsiders.scene import Ask, Reads

Found = list[dict[str, Any]]


async def totals(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    metric = ask.of(rng)["name"]
    return [await talk.read("channel_performance", metric=metric, compare_to="previous_period", **ask.span)]


async def pair(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    sums = [each["name"] for each in ask.metrics if each["totalled_by"] == "sum"]
    first, second = rng.sample(sums, 2)
    found = [
        await talk.read("channel_performance", metric=each, compare_to="previous_period", **ask.span)
        for each in (first, second)
    ]
    return [*found, await talk.read("calculate", expression="r1.total / r2.total")]


async def channels(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    metric = rng.choice([each for each in ask.metrics if len(each["channels"]) > 1])["name"]
    return [
        await talk.read(
            "channel_performance", metric=metric, by="channel", compare_to="previous_period", **ask.span
        )
    ]


def parts(by: str) -> Reads:
    async def read(talk: Talk, rng: random.Random, ask: Ask) -> Found:
        metric = ask.of(rng, "sum")["name"]
        return [await talk.read("channel_performance", metric=metric, by=by, **ask.span)]

    return read


async def by_client(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    metric = ask.of(rng, "sum")["name"]
    found = await talk.read("channel_performance", metric=metric, by="client", **ask.span)
    return [found] if len(found["rows"]) > 1 else []


async def series(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    metric = ask.of(rng, "sum")
    channel = rng.choice(metric["channels"]) if metric["channels"] else None
    return [await talk.read("metric_series", metric=metric["name"], channel=channel, every="day", **ask.span)]


async def outliers(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    found = await talk.read("outlier_occurrences", **ask.span)
    return [found] if found["outliers"] else []


async def explained(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    found = await talk.read("outlier_occurrences", **ask.span)
    if not found["outliers"]:
        return []
    id = rng.choice(found["outliers"])["id"]
    return [await talk.read("explain_outlier", outlier=id), found]


async def going_on(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("episodes")]


async def best_customers(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    found = [await talk.read("customers", limit=rng.choice((3, 5)))]
    share = "share(r1.customers[0].revenue, r1.matching.revenue)"
    return [*found, await talk.read("calculate", expression=share), await talk.read("list_metrics")]


async def customer_base(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("customer_summary", **ask.span), await talk.read("list_metrics")]


async def pipelines(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    found = await talk.read("task_runs", limit=5, **ask.span)
    return [found, await talk.read("calculate", expression="share(r1.counts.succeeded, r1.count)")]


async def noted(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("notes")]


async def reported(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("reports")]


async def report(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    listed = await talk.read("reports")
    chosen = rng.choice(listed["reports"])
    return [await talk.read("report_rows", report=chosen["id"]), listed]


async def days(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("calendar", country=rng.choice(("GB", "US", "DE")), **ask.span)]


async def lists(talk: Talk, rng: random.Random, ask: Ask) -> Found:
    return [await talk.read("list_metrics"), await talk.read("list_clients")]


READS: dict[str, tuple[str, Reads, int]] = {
    "totals": ("how is {metric} doing?", totals, 4),
    "pair": ("{metric} and the other one, please", pair, 2),
    "channels": ("split {metric} by channel for me", channels, 4),
    "day": ("walk me through {metric} day by day", parts("day"), 3),
    "weekday": ("which weekdays are good for {metric}?", parts("weekday"), 1),
    "client": ("{metric} per client?", by_client, 1),
    "series": ("show me the course of {metric}", series, 2),
    "outliers": ("anything odd lately?", outliers, 2),
    "explained": ("what is behind that jump?", explained, 2),
    "going on": ("what is firing at the moment?", going_on, 1),
    "customers": ("who are our best customers?", best_customers, 2),
    "base": ("how does the customer base look?", customer_base, 2),
    "pipelines": ("did the jobs run?", pipelines, 2),
    "notes": ("what is on the notepad?", noted, 1),
    "reports": ("which reports do we have?", reported, 1),
    "report": ("read me that report", report, 2),
    "calendar": ("how many working days is that?", days, 1),
    "lists": ("what do you track?", lists, 1),
}
