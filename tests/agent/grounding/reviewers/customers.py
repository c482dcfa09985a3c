"""Customers: the best of them, and all in numbers."""

import random
from datetime import timedelta

from tests.agent.grounding.analysts.desk import Desk
from tests.agent.grounding.reviewers.scene import Field, Scene, bare, figure, percent, table

TOP = (
    "{client}'s top customer is {n0} with {r0} across {o0} orders ({a0} per order).",
    "Top customers by revenue:\n\n{table}",
    "{n0} ({r0:e}) and {n1} ({r1:e}) together spent {sum01}, that's {share} of the {all:e} of all customers.",
    "1. {n0}: {r0:b}\n2. {n1}: {r1:b}\n3. {n2}: {r2:b}\n\n{count} customers in total.",
)
SUMMARY = (
    "{client} has {total} customers, {new} of them new in the last 30 days.",
    "{more} of the {total} customers ({rate}) have ordered more than once.",
    "{total} customers placed {orders} orders, an average of {average} per order.",
    "The {segment} segment is the largest in revenue: {sr} from {sc} customers, {so} orders.",
    "- Customers: {total:b}\n- New: {new}\n- Returning: {back}\n- Ordered once: {once}",
)


async def top(desk: Desk, _: random.Random, client: str) -> Scene:
    found = await desk.read("customers", limit=5)
    whole, fields, cells = found["matching"]["revenue"], dict[str, Field](client=client), []
    for i, one in enumerate(found["customers"]):
        fields[f"n{i}"] = one["name"]
        fields[f"r{i}"] = bare(one["revenue"], one["average_order"])
        fields[f"o{i}"] = figure("", one["orders"])
        fields[f"a{i}"] = bare(one["average_order"], one["revenue"])
        cells.append([one["name"], f"{{o{i}:e}}", f"{{r{i}:e}}"])
    pair = sum(one["revenue"] for one in found["customers"][:2])
    fields |= {"sum01": bare(pair), "share": percent(pair / whole * 100), "all": bare(whole)}
    fields["count"] = figure("", found["count"])
    tellings = [
        telling.replace("{table}", table(("Customer", "Orders", "Revenue"), cells)) for telling in TOP
    ]
    return Scene(
        kind="customers", desk=desk, question="Who are the best customers?", fields=fields, tellings=tellings
    )


async def summary(desk: Desk, _: random.Random, client: str) -> Scene:
    found = await desk.read("customer_summary", start=desk.today - timedelta(days=29), end=desk.today)
    best = max(found["by_segment"], key=lambda each: each["revenue"])
    counts = [found[name] for name in ("total", "new", "returning", "ordered_more_than_once", "ordered_once")]
    fields: dict[str, Field] = {
        "client": client,
        "rate": percent(found["ordered_more_than_once"] / found["total"] * 100),
        "orders": figure("", found["orders"]),
        "average": bare(found["average_order"]),
        "segment": best["segment"],
        "sr": bare(best["revenue"]),
        "sc": figure("", best["customers"], best["new"]),
        "so": figure("", best["orders"]),
    }
    for name, value in zip(("total", "new", "back", "more", "once"), counts, strict=True):
        fields[name] = figure("", value, *(each for each in counts if each != value))
    return Scene(
        kind="summary", desk=desk, question="How are our customers?", fields=fields, tellings=SUMMARY
    )
