"""A metric day by day, by weekday, by week, and as a series."""

import random
from datetime import timedelta

from tests.agent.grounding.analysts.desk import Desk, Result
from tests.agent.grounding.reviewers.days import Period, day
from tests.agent.grounding.reviewers.scene import Field, Scene, figure, moved, percent, read_name, table

BY_DAY = (
    "The best day {when} was {best} with {hi}; the weakest was {worst} ({lo}).",
    "{Metric} for {client}, day by day:\n\n{table}",
    "{Metric} peaked at {hi:e} on {best}, {over} above the daily average of {avg:e}.",
    "On {third} {metric} was {v2}, {up} {p2} on a week earlier ({b2}).",
    "{client} had {v2:b} on {third} and {v0} on {first}; the average was {avg} per day.",
    "{ups:w} of the {days:w} days were above the same day a week earlier. The total is {total}.",
)
WEEKDAYS = (
    "{best}s are the strongest: {hi} {metric} on average, against {lo} on {worst}s.",
    "On average per weekday:\n- {best}: {hi:b}\n- {worst}: {lo:b}",
    "The weakest weekday is {worst} with {lo} on average ({whole} over {n:w} {worst}s).",
)
WEEKS = (
    "{Metric} by week:\n\n{table}",
    "The week of {best} was the strongest with {hi}, the week of {worst} the weakest with {lo}.",
    "From the week of {first} to the week of {last}, {metric} {rose} {change}, from {v0:e} to {vn:e}.",
    "Over the four weeks {metric} added up to {total}, {lead} of it in the week of {best} ({hi:e}).",
)
SERIES = (
    "{Metric} ran between {lo} ({worst}) and {hi} ({best}) {when}.",
    "It started at {v0} on {first} and ended at {vn} on {last}, {up} {pct}.",
    "{Metric} went from {v0:e} to {vn:e} {when} ({sign}{diff:e}, {sign}{pct:e}). {note}",
    "The low point was {worst} with {lo}; by {last} it stood at {vn}.",
)


async def by_day(desk: Desk, rng: random.Random, metric: str, period: Period, client: str) -> Scene:
    found = await desk.read(
        "channel_performance", metric=metric, by="day", compare_to="previous_period", **period.span
    )
    unit, rows, way = found["unit"], found["rows"], rng.randrange(6)
    third = rows[2]
    fields = _named(rng, metric, period, client) | _ends(found, "day", way) | {
        "avg": figure(unit, found["average_per_day"], found["total"]),
        "days": figure("", found["days"]),
        "ups": figure("", sum(row["difference"] > 0 for row in rows)),
        "over": percent((found["highest"]["value"] / found["average_per_day"] - 1) * 100),
        "third": day(third["day"], way),
        "v2": figure(unit, third["value"], third["compared_value"], third["difference"]),
        "b2": figure(unit, third["compared_value"], third["value"], third["difference"]),
        "p2": percent(third["percent"]),
        "up": "up" if third["percent"] > 0 else "down",
    }  # fmt: skip
    cells = []
    for i, row in enumerate(rows):
        fields[f"t{i}"] = figure(unit, row["value"], row["compared_value"], row["difference"])
        fields[f"q{i}"] = percent(row["percent"])
        sign = "+" if row["percent"] > 0 else "-"
        cells.append([day(row["day"], way), f"{{t{i}:e}}", f"{sign}{{q{i}:e}}"])
    tellings = [
        telling.replace("{table}", table(("Day", "{Metric}", "vs. a week earlier"), cells))
        for telling in BY_DAY
    ]
    return Scene(kind="days", desk=desk, question=f"Show {metric} by day", fields=fields, tellings=tellings)


async def by_weekday(desk: Desk, rng: random.Random, metric: str, period: Period, client: str) -> Scene:
    span = {"start": period.end - timedelta(days=27), "end": period.end}
    found = await desk.read("channel_performance", metric=metric, by="weekday", **span)
    fields = _named(rng, metric, period, client) | _ends(found, "weekday", None)
    fields["whole"] = figure(found["unit"], found["lowest"]["total"], found["lowest"]["value"])
    fields["n"] = figure("", found["lowest"]["days"])
    question = f"Which weekday is best for {metric}?"
    return Scene(kind="weekdays", desk=desk, question=question, fields=fields, tellings=WEEKDAYS)


async def by_week(desk: Desk, rng: random.Random, metric: str, client: str, week: Period) -> Scene:
    """`week` is the last whole one, from a Monday."""
    span = {"start": week.start - timedelta(days=21), "end": week.end}
    found = await desk.read("channel_performance", metric=metric, by="week", **span)
    way = rng.randrange(4)
    fields = _named(rng, metric, week, client) | _ends(found, "week", way)
    rows = found["rows"]
    change = (rows[-1]["value"] / rows[0]["value"] - 1) * 100
    fields |= moved(change, rng) | {
        "change": percent(change),
        "lead": percent(found["highest"]["value"] / found["total"] * 100),
    }
    cells = []
    for i, row in enumerate(rows):
        fields[f"t{i}"] = figure(found["unit"], row["value"])
        cells.append([day(row["week"], way), f"{{t{i}}}"])
    tellings = [telling.replace("{table}", table(("Week of", "{Metric}"), cells)) for telling in WEEKS]
    return Scene(kind="weeks", desk=desk, question=f"{metric} by week?", fields=fields, tellings=tellings)


async def series(desk: Desk, rng: random.Random, metric: str, period: Period, channel: str) -> Scene:
    found = await desk.read("metric_series", metric=metric, channel=channel, every="day", **period.span)
    unit, seen, points, way = found["unit"], found["summary"], found["points"], rng.randrange(6)
    first, last, high, low = seen["first"], seen["last"], seen["highest"], seen["lowest"]
    fields = _named(rng, metric, period, "") | moved(seen["difference"], rng) | {
        "v0": figure(unit, first, last),
        "vn": figure(unit, last, first),
        "hi": figure(unit, high["value"], low["value"]),
        "lo": figure(unit, low["value"], high["value"]),
        "diff": figure(unit, seen["difference"], first, last),
        "pct": percent(seen["percent"]),
        "first": day(points[0]["time"], way),
        "last": day(points[-1]["time"], way),
        "best": day(high["time"], way),
        "worst": day(low["time"], way),
        "note": "Nothing in there was flagged as an outlier." if not found["outliers"] else "",
    }  # fmt: skip
    question = f"How did {metric} on {channel} develop?"
    tellings = SERIES if fields["worst"] != fields["last"] else SERIES[:-1]
    return Scene(kind="series", desk=desk, question=question, fields=fields, tellings=tellings)


def _ends(found: Result, by: str, way: int | None) -> dict[str, Field]:
    """The first and last rows, the highest and the lowest."""
    unit, rows = found["unit"], found["rows"]
    fields: dict[str, Field] = {"total": figure(unit, found["total"])}
    for name, value, row in (
        ("first", "v0", rows[0]),
        ("last", "vn", rows[-1]),
        ("best", "hi", found["highest"]),
        ("worst", "lo", found["lowest"]),
    ):
        fields[name] = row[by] if way is None else day(row[by], way)
        fields[value] = figure(unit, row["value"], row.get("compared_value"), row.get("total"))
    return fields


def _named(rng: random.Random, metric: str, period: Period, client: str) -> dict[str, Field]:
    name = read_name(metric, rng)
    return {"metric": name, "Metric": name.capitalize(), "client": client, "when": rng.choice(period.when)}
