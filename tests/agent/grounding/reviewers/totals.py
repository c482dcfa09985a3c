"""Totals of a metric against another period, by channel and by client."""

import random

from tests.agent.grounding.analysts.desk import Desk, Result
from tests.agent.grounding.reviewers.days import Period
from tests.agent.grounding.reviewers.scene import (
    Field,
    Scene,
    figure,
    moved,
    percent,
    read_name,
    table,
    times,
)

TOTAL = (
    "{Metric} for {client} came to {total} {when}, {up} {pct} on {before_when} ({before}).",
    "{client}'s {metric} came to {total:a} {when}. "
    "That's {diff} {more} than {before_when}, {a_rise} of {pct}.",
    "**{total:e}**\n\nThat is {client}'s {metric} {when}. It {rose} from {before}, a change of {sign}{pct}.",
    "{Metric}, {client}, {when}:\n"
    "- Total: {total:b}\n- {Before_when}: {before:e}\n- Change: {sign}{diff:e} ({sign}{pct:e})",
    "{client} averaged {avg} a day in {metric} {when}, {total} in all.",
    "Yes, {metric} is {up}: {total} {when} compared with {before} {before_when} ({sign}{pct}).",
    "{Metric} {rose} {pct} {when}, from {before:a} to {total:a}.",
)
CHANNELS = (
    "{c0} led {when} with {v0} in {metric}, {s0} of the {total} total; {cn} came last at {vn}.",
    "{Metric} by channel for {client}, {when}:\n{bullets}",
    "Here is {metric} by channel {when}:\n\n{table}\n\n{c0} is the largest with {s0:a} of the total.",
    "{c0} ({v0:e}) and {c1} ({v1:e}) together come to {sum01}, or {s01} of {client}'s {total:e}.",
    "The biggest change was on {m}: {metric} there {rose_m} {pm}, from {bm} to {vm}.",
    "{c0} had {d01} more {metric} than {c1} {when} ({v0:e} vs {v1:e}).",
    "{c0}'s {metric} was {x0n} that of {cn} ({v0:e} against {vn:e}).",
)
CLIENTS = (
    "{c0} had the highest {metric} {when}: {v0}, ahead of {c1} with {v1} and {cn} with {vn}.",
    "{table}\n\nAll clients together: {total}.",
    "Across all {n:w} clients {metric} came to {total} {when}. {c0} accounts for {s0}, {cn} for just {sn}.",
    "{c0}'s {metric} ({v0:e}) was {x0n} that of {cn} ({vn:e}) {when}.",
    "{c0} is ahead of {c1} by {d01} ({v0:e} vs. {v1:e}).",
    "- {c0}: {v0:b}, {s0} of all\n- {c1}: {v1:b}, {s1}\n- {cn}: {vn:b}, {sn}",
)


async def total(desk: Desk, rng: random.Random, metric: str, period: Period, client: str) -> Scene:
    await _looked_around(desk, rng)
    found = await desk.read("channel_performance", metric=metric, compare_to="previous_period", **period.span)
    fields = _common(rng, metric, period, client) | compared(found, rng)
    fields["avg"] = figure(found["unit"], found["average_per_day"], found["total"])
    return Scene(kind="total", desk=desk, question=f"How did {metric} do?", fields=fields, tellings=TOTAL)


async def by_channel(desk: Desk, rng: random.Random, metric: str, period: Period, client: str) -> Scene:
    found = await desk.read(
        "channel_performance", metric=metric, by="channel", compare_to="previous_period", **period.span
    )
    rows = [row for row in found["rows"] if row["percent"] is not None]
    fields = _common(rng, metric, period, client) | _ranked(found, rng, "channel")
    mover = max(rows, key=lambda row: abs(row["percent"]))
    fields |= moved(mover["difference"], rng, "_m") | {
        "m": mover["channel"],
        "pm": percent(mover["percent"], mover.get("share_percent")),
        "bm": figure(found["unit"], mover["compared_value"], mover["value"], mover["difference"]),
        "vm": figure(found["unit"], mover["value"], mover["compared_value"], mover["difference"]),
    }
    parts = [f"- {{c{i}}}: {{v{i}:b}} ({{s{i}:e}} of the total)" for i in range(len(found["rows"]))]
    cells = [[f"{{c{i}}}", f"{{v{i}:e}}", f"{{s{i}:e}}"] for i in range(len(found["rows"]))]
    shown = {"{bullets}": "\n".join(parts), "{table}": table(("Channel", "{Metric}", "Share"), cells)}
    return _scene("channels", desk, f"Which channel had the most {metric}?", fields, CHANNELS, shown)


async def by_client(desk: Desk, rng: random.Random, metric: str, period: Period) -> Scene:
    found = await desk.read("channel_performance", metric=metric, by="client", **period.span)
    fields = _common(rng, metric, period, "") | _ranked(found, rng, "client")
    cells = [[f"{{c{i}}}", f"{{v{i}:e}}", f"{{s{i}:e}}"] for i in range(len(found["rows"]))]
    shown = {"{table}": table(("Client", "{Metric} {when}", "Share"), cells)}
    return _scene("clients", desk, f"Which client had the most {metric}?", fields, CLIENTS, shown)


def compared(found: Result, rng: random.Random) -> dict[str, Field]:
    """The total of a result, and that of the period before."""
    unit, now, other = found["unit"], found["total"], found["compared_to"]
    return moved(other["difference"], rng) | {
        "total": figure(unit, now, other["total"], other["difference"], found.get("average_per_day")),
        "before": figure(unit, other["total"], now, other["difference"]),
        "diff": figure(unit, other["difference"], now, other["total"]),
        "pct": percent(other["percent"]),
    }


def _ranked(found: Result, rng: random.Random, by: str) -> dict[str, Field]:
    unit, rows, whole = found["unit"], found["rows"], found["total"]
    first, second, last = rows[0], rows[1], rows[-1]
    fields: dict[str, Field] = {"total": figure(unit, whole), "n": figure("", len(rows))}
    for name, row in [*((str(i), row) for i, row in enumerate(rows)), ("n", last)]:
        fields["c" + name] = row[by]
        fields["v" + name] = figure(unit, row["value"], row.get("compared_value"), whole)
        fields["s" + name] = percent(row["share_percent"], row.get("percent"))
    pair = first["value"] + second["value"]
    return fields | {
        "sum01": figure(unit, pair, whole, first["value"], second["value"]),
        "s01": percent(pair / whole * 100),
        "d01": figure(unit, first["value"] - second["value"], whole),
        "x0n": times(first["value"] / last["value"]),
    }


def _common(rng: random.Random, metric: str, period: Period, client: str) -> dict[str, Field]:
    name, before = read_name(metric, rng), rng.choice(period.before)
    return {
        "metric": name,
        "Metric": name.capitalize(),
        "client": client,
        "when": rng.choice(period.when),
        "before_when": before,
        "Before_when": before.capitalize(),
    }


def _scene(
    kind: str,
    desk: Desk,
    question: str,
    fields: dict[str, Field],
    tellings: tuple[str, ...],
    shown: dict[str, str],
) -> Scene:
    made = []
    for telling in tellings:
        for name, text in shown.items():
            telling = telling.replace(name, text)
        made.append(telling)
    return Scene(kind=kind, desk=desk, question=question, fields=fields, tellings=made)


async def _looked_around(desk: Desk, rng: random.Random) -> None:
    if rng.random() < 0.5:
        await desk.read("list_metrics")
