"""Tellings of totals by day and weekday."""

from tests.agent.grounding.outsiders.figure import WORDS
from tests.agent.grounding.outsiders.on_parts import rows_of
from tests.agent.grounding.outsiders.pen import Pen, Told, say


def peak(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "day")
    return say(
        "The strongest day was {} with {}; {} was the quietest at {}.",
        pen.day(rows[0]["day"]),
        pen.value(rows[0]["value"], rows[0], unit, metric),
        pen.day(rows[-1]["day"]),
        pen.value(rows[-1]["value"], rows[-1], unit, metric),
    )


def above(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "day")
    found = pen.scene.found[0]
    mean = found["average_per_day"]
    over = sum(row["value"] > mean for row in rows)
    number = WORDS[over] if over < len(WORDS) else str(over)
    return say(
        "On average it was {} a day, and {} of the {} days beat that. The high was {} on {}.",
        pen.value(mean, {"mean": mean}, unit, metric),
        number,
        pen.count(found["days"], {"days": found["days"]}, plain=True),
        pen.value(rows[0]["value"], rows[0], unit, metric),
        pen.day(rows[0]["day"]),
    )


def lately(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    told: Told = ("The last few days look like this:\n\n",)
    for row in found["rows"][-4:]:
        figure = pen.value(row["value"], row, found["unit"], found["metric"])
        told += say("- {} — {}\n", pen.day(row["day"]), figure)
    return told


def weekday(pen: Pen) -> Told | None:
    rows, unit, metric = rows_of(pen, "weekday")
    return say(
        "{}s do best: {}{}{} on average. {}s are at the other end with {}.",
        rows[0]["weekday"],
        pen.value(rows[0]["value"], rows[0], unit, metric),
        pen.of(unit),
        pen.metric(metric),
        rows[-1]["weekday"],
        pen.value(rows[-1]["value"], rows[-1], unit, metric),
    )


TELLINGS = {
    "day": (peak, above, lately),
    "weekday": (weekday,),
}
