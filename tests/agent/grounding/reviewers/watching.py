"""Outliers and alerts."""

import random
from datetime import timedelta
from typing import Any

from tests.agent.grounding.analysts.desk import Desk
from tests.agent.grounding.reviewers.days import moment
from tests.agent.grounding.reviewers.scene import Field, Scene, figure, moved, percent, table, times

OUTLIERS = (
    "{metric} on {channel} hit {v} on {time}, {pct} {above} the expected {e}.",
    "There {were} {n:w} outlier{s} in the last two weeks. "
    "The newest: {client}, {metric} on {channel}, {v} where {e} was expected.",
    "On {time}, {metric} ({channel}) was {v:b}, outside the usual range of {low} to {high}.",
    "{metric} on {channel} was {diff} {above} what was expected ({e}).",
    "{table}",
)
ALERTS = (
    "{name} watches {report} and fires at {rule}; the last value was {last}.",
    "There is {n} alert, checked {schedule}. Its conversion rate stood at {last}, above the {least:e} limit.",
)


async def outliers(desk: Desk, rng: random.Random, client: str) -> Scene | None:
    """None where there were none."""
    span = {"start": desk.today - timedelta(days=13), "end": desk.today}
    found = await desk.read("outlier_occurrences", **span)
    if not found["outliers"]:
        return None
    first, count, cells = found["outliers"][0], found["count"], []
    fields = _outlier(first, rng) | {
        "client": client,
        "n": figure("", count),
        "were": "was" if count == 1 else "were",
        "s": "" if count == 1 else "s",
    }
    for i, each in enumerate(found["outliers"][:4]):
        unit = each["unit"]
        fields[f"v{i}"] = figure(unit, each["value"], each["expected"], *each["usual"], each["difference"])
        fields[f"e{i}"] = figure(unit, each["expected"], each["value"], *each["usual"], each["difference"])
        when = moment(each["time"], rng)
        cells.append([when, f"{each['metric']}/{each['channel']}", f"{{v{i}:e}}", f"{{e{i}:e}}"])
    shown = table(("When", "What", "Value", "Expected"), cells)
    tellings = [telling.replace("{table}", shown) for telling in OUTLIERS]
    return Scene(
        kind="outliers", desk=desk, question="Any outliers lately?", fields=fields, tellings=tellings
    )


def _outlier(one: dict[str, Any], rng: random.Random) -> dict[str, Field]:
    unit, (low, high) = one["unit"], one["usual"]
    value, expected, difference = one["value"], one["expected"], one["difference"]
    return moved(difference, rng) | {
        "metric": one["metric"].replace("_", " "),
        "channel": one["channel"],
        "time": moment(one["time"], rng),
        "v": figure(unit, value, expected, low, high, difference),
        "e": figure(unit, expected, value, low, high, difference),
        "low": figure(unit, low, high, value, expected),
        "high": figure(unit, high, low, value, expected),
        "diff": figure(unit, difference, value, expected),
        "pct": percent(one["percent"]),
        "x": times(value / expected) if expected else "",
    }


async def alerts(desk: Desk, _: random.Random) -> Scene | None:
    """Of the sample agency, whose only alert is on a conversion rate."""
    found = await desk.read("alerts")
    if len(found["alerts"]) != 1:
        return None
    one = found["alerts"][0]
    rule = one["conditions"][0]
    last, least = float(rule["last_value"].rstrip("%")), float(rule["text"].split("<")[1].rstrip("%"))
    fields: dict[str, Field] = {
        "name": one["name"],
        "report": one["report"],
        "rule": rule["text"],
        "last": percent(last, least),
        "least": percent(least, last),
        "n": "one",
        "schedule": one["schedule"],
    }
    return Scene(kind="alerts", desk=desk, question="Which alerts are there?", fields=fields, tellings=ALERTS)
