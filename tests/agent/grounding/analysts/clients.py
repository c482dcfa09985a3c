# ruff: noqa: E501 - a sentence is read best in one piece
"""Several clients: one metric of all, and two of them in turn."""

import random
from functools import partial

from tests.agent.grounding.analysts.desk import Place, Result
from tests.agent.grounding.analysts.names import capital
from tests.agent.grounding.analysts.pen import Pen
from tests.agent.grounding.analysts.scene import Scene, arranged, moved, span, sums, verb


async def across(place: Place, rng: random.Random) -> Scene:
    desk = await place.desk(None)
    known = await desk.read("list_metrics")
    counts = [each for each in sums(known) if place.is_sample or not each["unit"]]
    start, end = span(rng, desk.today)
    found = await desk.read(
        "channel_performance",
        metric=rng.choice(counts)["name"],
        start=start,
        end=end,
        by="client",
        compare_to="previous_period",
    )
    write = partial(_write_across, found)
    return Scene(kind="clients", question=f"{found['metric']} by client?", desk=desk, write=write)


def _write_across(found: Result, pen: Pen) -> str:
    rows, unit, metric = found["rows"], found["unit"], pen.metric(found["metric"])
    values = [row["value"] for row in rows]
    shares = [row["share_percent"] for row in rows]
    total = pen.amount(found["total"], unit, values)
    top, last = rows[0], rows[-1]
    lead = pen.one(
        f"{top['client']} leads with {pen.strong(pen.amount(top['value'], unit, values))} in {metric} ({pen.span(found['period'])}), {pen.percent(top['share_percent'], shares)} of the total.",
        f"Across all {pen.count(len(rows))} clients, {metric} came to {total} in {pen.span(found['period'])}, {moved(pen, found['compared_to'])} on the period before.",
        f"{top['client']} has the most {metric} ({pen.amount(top['value'], unit, values)}), {last['client']} the least ({pen.amount(last['value'], unit, values)}).",
    )
    points = [
        pen.one(
            f"{pen.strong(row['client'])}: {pen.amount(row['value'], unit, values)} ({pen.percent(row['share_percent'], shares)}), {moved(pen, row)}",
            f"{row['client']} – {pen.amount(row['value'], unit, values)}, {pen.difference(row['difference'], unit)} vs. before",
            f"{row['client']} {verb(pen, row['difference'] > 0)} from {pen.amount(row['compared_value'], unit)} to {pen.amount(row['value'], unit, values)}",
        )
        for row in rows
    ]
    if pen.rng.random() < 0.35:
        lines = [
            [
                row["client"],
                pen.amount(row["value"], unit, values),
                pen.percent(row["share_percent"], shares),
                pen.signed(row["percent"] or 0),
            ]
            for row in rows
        ]
        return f"{lead}\n\n{pen.table(['Client', capital(metric), 'Share', 'vs. before'], lines)}"
    return arranged(pen, lead, points, pen.one("", "", "I can drill into any of them."))


async def two_of_them(place: Place, rng: random.Random) -> Scene:
    one, two = rng.sample(place.slugs, 2)
    desk = await place.desk(one)
    entry = rng.choice(sums(await desk.read("list_metrics")))
    start, end = span(rng, desk.today)
    period = {"start": start, "end": end, "compare_to": "previous_period"}
    first = await desk.read("channel_performance", metric=entry["name"], **period)
    desk.client(two)
    await desk.read("list_metrics")
    second = await desk.read("channel_performance", metric=entry["name"], **period)
    refs = sorted((first, second), key=lambda each: -float(each["total"]))
    over = None
    if first["unit"] == second["unit"]:
        over = await desk.read("calculate", expression=f"{refs[0]['ref']}.total / {refs[1]['ref']}.total")
    question = f"{entry['name']} of {one} against {two}?"
    return Scene(kind="two clients", question=question, desk=desk, write=partial(_write_two, refs, over))


def _write_two(found: list[Result], over: Result | None, pen: Pen) -> str:
    big = found[0]
    metric = pen.metric(big["metric"])
    names = [each["source"]["client"] for each in found]
    totals = [
        pen.amount(each["total"], each["unit"], [found[1 - at]["total"]]) for at, each in enumerate(found)
    ]
    when = pen.span(big["period"])
    lead = pen.one(
        f"{names[0]} recorded {pen.strong(totals[0])} in {metric} in {when}, {names[1]} {totals[1]}.",
        f"{capital(metric)}, {when}: {names[0]} {totals[0]} vs. {names[1]} {totals[1]}.",
    )
    points = []
    for at, each in enumerate(found):
        before = each["compared_to"]
        was = pen.amount(before["total"], each["unit"])
        points += [
            f"{names[at]}: {moved(pen, before)} from {was}.",
            f"{names[at]} {verb(pen, before['difference'] > 0)} by {pen.percent(before['percent'] or 0)} vs. the prior period.",
        ]
        if "average_per_day" in each:
            mean = pen.amount(each["average_per_day"], each["unit"])
            points.append(f"{names[at]} averaged {mean} a day.")
    if over and over["value"] > 1.2:
        points.append(f"That makes {names[0]} {pen.times(over['value'])} as large as {names[1]}.")
    return arranged(pen, lead, points)
