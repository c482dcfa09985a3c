"""Tellings of series, outliers, what explains them, and what is going on."""

from tests.agent.grounding.outsiders.pen import Pen, Told, moved, say


def course(pen: Pen) -> Told | None:
    found, sums = pen.scene.found[0], pen.scene.found[0]["summary"]
    if not sums or not sums["percent"]:
        return None
    first, last = found["points"][0], found["points"][-1]
    return say(
        "It opened at {} on {} and closed at {} on {}, {} {} end to end.",
        pen.value(sums["first"], first, found["unit"], found["metric"]),
        pen.day(first["time"]),
        pen.value(sums["last"], last, found["unit"], found["metric"]),
        pen.day(last["time"]),
        moved(sums["percent"], "up", "down"),
        pen.percent(sums["percent"], sums),
    )


def extremes(pen: Pen) -> Told | None:
    found, sums = pen.scene.found[0], pen.scene.found[0]["summary"]
    if not sums:
        return None
    high, low = sums["highest"], sums["lowest"]
    return say(
        "Daily {} ranged between {} (on {}) and {} (on {}).",
        pen.metric(found["metric"]),
        pen.value(low["value"], low, found["unit"], found["metric"]),
        pen.day(low["time"]),
        pen.value(high["value"], high, found["unit"], found["metric"]),
        pen.day(high["time"]),
    )


def expected(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    known = [point for point in found["points"] if "expected" in point]
    if not known:
        return None
    point = pen.rng.choice(known)
    unit, metric = found["unit"], found["metric"]
    return say(
        "On {} we'd have expected {} and got {}. Anything from {} to {} would count as normal.",
        pen.day(point["time"]),
        pen.value(point["expected"], point, unit, metric, plain=True),
        pen.value(point["value"], point, unit, metric, plain=True),
        pen.value(point["usual"][0], point, unit, metric, plain=True),
        pen.value(point["usual"][1], point, unit, metric, plain=True),
    )


def latest(pen: Pen) -> Told | None:
    found = pen.scene.found[0]
    one, many = found["outliers"][0], found["count"]
    told: Told = ()
    if many > 1:
        told = say("The checks flagged {} outliers. The most recent: ", pen.count(many, {"count": many}))
    return told + say(
        "{} on {} hit {} on {}, {} {} the {} that was expected.",
        pen.metric(one["metric"]),
        pen.name(one["channel"] or "all channels"),
        pen.value(one["value"], one, one["unit"], one["metric"], plain=True),
        pen.day(one["time"]),
        pen.percent(one["percent"], one),
        moved(one["percent"], "above", "below"),
        pen.value(one["expected"], one, one["unit"], one["metric"], plain=True),
    )


def each(pen: Pen) -> Told | None:
    told: Told = ("What stood out:\n\n",)
    for one in pen.scene.found[0]["outliers"][:4]:
        unit, metric = one["unit"], one["metric"]
        told += say(
            "- **{} / {}** ({}): {} instead of {}, usual range {}–{}\n",
            pen.metric(metric),
            pen.name(one["channel"] or "all"),
            pen.day(one["time"]),
            pen.value(one["value"], one, unit, metric, plain=True),
            pen.value(one["expected"], one, unit, metric, plain=True),
            pen.value(one["usual"][0], one, unit, metric, plain=True),
            pen.value(one["usual"][1], one, unit, metric, plain=True),
        )
    return told


TELLINGS = {
    "series": (course, extremes, expected),
    "outliers": (latest, each),
}
