"""Metrics that are a ratio or a mean, and what `calculate` makes of two totals."""

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
from tests.agent.grounding.reviewers.slots import Slot

RATIO = (
    "{Metric} for {client} was {total} {when}, {up} from {before} {before_when} ({sign}{pct}).",
    "{Metric} {rose} by {pct} to {total}.",
    "{client}'s {metric} {when}: {total:b}. {c0} is highest at {v0}, {cn} lowest at {vn}.",
    "{table}",
    "On {c0}, {metric} stood at {v0}; {before_when} it was {b0}.",
)
POINTS = ("{Metric} {rose} by {points:e}, from {before:e} to {total:e}.",)
PER = (
    "{client} took in {per} per {one_sold} {when} ({income:e} over {sold_n:e} {sold}).",
    "That works out at {per} in {income_name} per {one_sold}, from {sold_n} {sold}.",
    "{Cost_name} was {cost:e} {when}, {part} of {income_name} ({income:e}).",
    "For every unit of {cost_name} {client} got {back} back: {income:e} against {cost:e}.",
    "- {Income_name}: {income:b}\n- {Cost_name}: {cost:b}\n- Cost share: {part:b}",
)


async def ratio(desk: Desk, rng: random.Random, metric: str, period: Period, client: str) -> Scene:
    found = await desk.read(
        "channel_performance", metric=metric, by="channel", compare_to="previous_period", **period.span
    )
    other, rows, name = found["compared_to"], found["rows"], read_name(metric, rng)
    fields: dict[str, Field] = moved(other["difference"], rng) | {
        "metric": name,
        "Metric": name[0].upper() + name[1:],
        "client": client,
        "when": rng.choice(period.when),
        "before_when": rng.choice(period.before),
        "total": _shown(found, found["total"], other["total"], other["difference"]),
        "before": _shown(found, other["total"], found["total"], other["difference"]),
        "pct": percent(other["percent"]),
    }
    cells = []
    for key, row in [*((str(i), row) for i, row in enumerate(rows)), ("n", rows[-1])]:
        fields["c" + key] = row["channel"]
        fields["v" + key] = _shown(found, row["value"], row["compared_value"], row["difference"])
        fields["b" + key] = _shown(found, row["compared_value"], row["value"], row["difference"])
        fields["q" + key] = percent(row["percent"])
        sign = "+" if row["percent"] > 0 else "−"
        cells.append([f"{{c{key}}}", f"{{v{key}:e}}", f"{{b{key}:e}}", f"{sign}{{q{key}:e}}"])
    shown = table(("Channel", "{Metric}", "Before", "Change"), cells[:-1])
    tellings = [telling.replace("{table}", shown) for telling in RATIO]
    if _is_share(found):
        fields["points"] = _points(found)
        tellings += POINTS
    return Scene(kind="ratio", desk=desk, question=f"How is {metric}?", fields=fields, tellings=tellings)


def _is_share(found: Result) -> bool:
    return bool(found["unit"] == "%" or (not found["unit"] and found["total"] < 1))


def _points(found: Result) -> Slot:
    scale = 1 if found["total"] >= 1 or found["unit"] == "%" else 100
    return Slot(kind="points", value=found["compared_to"]["difference"] * scale, places=1)


def _shown(found: Result, value: float, *near: float) -> Slot:
    """A share of one is read in percent, any other ratio without a unit as so many times."""
    if not found["unit"] and found["total"] < 1:
        return percent(value * 100, *(each * 100 for each in near), places=2)
    if not found["unit"]:
        return Slot(kind="times", value=value, near=near)
    return figure(found["unit"], value, *near)


async def per(
    desk: Desk, rng: random.Random, names: tuple[str, str, str], period: Period, client: str
) -> Scene:
    """`names` are the metrics of income, cost and what was sold."""
    income, cost, sold = [
        await desk.read("channel_performance", metric=name, **period.span) for name in names
    ]
    one, two, three = income["ref"], cost["ref"], sold["ref"]
    each = await desk.read("calculate", expression=f"{one}.total / {three}.total")
    part = await desk.read("calculate", expression=f"share({two}.total, {one}.total)")
    back = await desk.read("calculate", expression=f"{one}.total / {two}.total")
    unit = income["unit"]
    fields: dict[str, Field] = {
        "client": client,
        "when": rng.choice(period.when),
        "per": figure(unit, each["value"]),
        "part": percent(part["value"]),
        "back": times(back["value"]),
        "income": figure(unit, income["total"]),
        "cost": figure(unit, cost["total"]),
        "sold_n": figure("", sold["total"]),
        "sold": names[2],
        "one_sold": names[2].removesuffix("s"),
        "income_name": names[0].replace("_", " "),
        "Income_name": names[0].replace("_", " ").capitalize(),
        "cost_name": names[1].replace("_", " "),
        "Cost_name": names[1].replace("_", " ").capitalize(),
    }
    question = f"What is {names[0]} per {names[2]}?"
    return Scene(kind="calculated", desk=desk, question=question, fields=fields, tellings=PER)
