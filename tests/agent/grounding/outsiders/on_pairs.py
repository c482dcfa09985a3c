"""Tellings of two totals together."""

from tests.agent.grounding.outsiders.pen import Pen, Told, moved, say


def two(pen: Pen) -> Told | None:
    first, second, made = pen.scene.found
    if not first["total"] or not second["total"] or not 0.1 < made["value"] < 50_000:
        return None
    told = say(
        "{} had {}{}{} against {}{}{} in the period {}. ",
        pen.whose,
        pen.value(first["total"], first, first["unit"], first["metric"]),
        pen.of(first["unit"]),
        pen.metric(first["metric"]),
        pen.value(second["total"], second, second["unit"], second["metric"]),
        pen.of(second["unit"]),
        pen.metric(second["metric"]),
        pen.span(first["period"]),
    )
    if not first["unit"] or second["unit"]:
        return told + say("The ratio between the two is {}.", pen.times(made["value"], made))
    each = pen.metric(second["metric"]).removesuffix("s")
    return told + say(
        "That works out at {} of {} per {}.",
        pen.value(made["value"], made, first["unit"], first["metric"]),
        pen.metric(first["metric"]),
        each,
    )


def table(pen: Pen) -> Told | None:
    rows = [one for one in pen.scene.found[:2] if (one.get("compared_to") or {}).get("percent")]
    if len(rows) < 2:
        return None
    told: Told = ("| Metric | This period | Prior period | Change |\n|---|---:|---:|---:|\n",)
    for one in rows:
        against, unit, metric = one["compared_to"], one["unit"], one["metric"]
        told += say(
            "| {} | {} | {} | {} |\n",
            pen.metric(metric).capitalize(),
            pen.value(one["total"], one, unit, metric, plain=True),
            pen.value(against["total"], one, unit, metric, plain=True),
            pen.percent(against["percent"], one, signed=True, plain=True),
        )
    return told


def whereas(pen: Pen) -> Told | None:
    first, second, _ = pen.scene.found
    one, other = first["compared_to"], second["compared_to"]
    if not one["percent"] or not other["percent"]:
        return None
    return say(
        "^{} {} {} to {}, whereas {} {} {} to {}.",
        pen.metric(first["metric"]),
        moved(one["percent"], "rose", "fell"),
        pen.percent(one["percent"], first),
        pen.value(first["total"], first, first["unit"], first["metric"]),
        pen.metric(second["metric"]),
        moved(other["percent"], "rose", "fell"),
        pen.percent(other["percent"], second),
        pen.value(second["total"], second, second["unit"], second["metric"]),
    )


TELLINGS = {
    "pair": (two, table, whereas),
}
